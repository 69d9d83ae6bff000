"""`python -m tools.screenshots`: the example city's main pages as pictures, at three widths.

Everything is made in a temporary place and served on a free port; the pictures go to the ignored
folder instance/screenshots. `--readme` also draws the two small ones of docs/images anew.
"""

import argparse
import secrets
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import flask_migrate
import waitress
from flask import Flask
from PIL import Image
from playwright.sync_api import BrowserContext, sync_playwright
from sqlalchemy import func, select

from app import create_app
from config import ROOT, Config
from extensions import db
from issues.models import Evidence, Issue, Notice
from issues.vocabulary import OPEN, NoticeKind, NoticeStatus, Status
from seed import example

FOLDER = ROOT / "instance" / "screenshots"
IMAGES = ROOT / "docs" / "images"
PASSWORD = secrets.token_urlsafe(12)
SIZES = {"desk": (1366, 768), "wide": (1920, 1080), "phone": (390, 844)}
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--lang=zh-CN",
)  # fmt: skip
README_SIZE, README_WIDTH, QUALITY, LARGEST = (1440, 900), 1200, 82, 150 * 1024

Opened = Callable[[], BrowserContext]
Page = tuple[str, str, str]
"""The person who opens it, the picture's name, the address."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.screenshots", description="页面截图")
    parser.add_argument("--readme", action="store_true", help="同时更新 docs/images")
    asked = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("没有找到 Chromium,不能截图。", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        app = _city(Path(folder))
        browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        with _serving(app) as address:
            pages = _pages(app)
            for name, (width, height) in SIZES.items():
                size = {"width": width, "height": height}
                _photograph(lambda s=size: browser.new_context(viewport=s), address, pages, name)
            if asked.readme:
                _for_readme(lambda: browser.new_context(viewport=_size()), address, pages)
        browser.close()
    print(f"截图在 {FOLDER.relative_to(ROOT)}")
    return 0


def _size() -> dict[str, int]:
    return dict(zip(("width", "height"), README_SIZE, strict=True))


def _city(folder: Path) -> Flask:
    app = create_app(
        Config.from_env(
            {
                "DATABASE_URL": f"sqlite:///{folder / 'city.db'}",
                "EVIDENCE_URL": (folder / "evidence").as_uri(),
                "SECRET_KEY": secrets.token_urlsafe(32),
                "DEMO": "1",
                "DEMO_PASSWORD": PASSWORD,
            }
        )
    )
    with app.app_context():
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
    example.load(app, print)
    return app


@contextmanager
def _serving(app: Flask) -> Iterator[str]:
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        server.task_dispatcher.shutdown()
        thread.join(timeout=10)


def _pages(app: Flask) -> list[Page]:
    with app.app_context():
        files = select(Evidence.issue_id).join(Issue, Issue.id == Evidence.issue_id)
        files = files.where(Issue.status.in_(OPEN)).group_by(Evidence.issue_id)
        fullest = files.order_by(func.count().desc(), Evidence.issue_id).limit(1)
        full = db.session.scalar(select(Issue.number).where(Issue.id == db.session.scalar(fullest)))
        planning, draft = _first(Status.PLANNING), _first(Status.DRAFT)
        unsigned = select(Notice.id).where(Notice.status == NoticeStatus.DRAFT)
        notice = db.session.scalar(unsigned.order_by(Notice.kind == NoticeKind.N8).limit(1))
        db.session.remove()
    wanted = (
        ("", "sign-in", "/login"),
        ("sun", "work", "/"),
        ("chenlead", "unit-work", "/"),
        ("zhao", "board", "/board"),
        ("sun", "register", "/issues"),
        ("sun", "register-red", "/issues?colour=red&sort=deadline"),
        ("sun", "ticket", f"/issues/{full}"),
        ("sun", "evidence", f"/issues/{full}/evidence"),
        ("sun", "raise-card", f"/issues/{full}/acts/raise_card"),
        ("sun", "new-ticket", "/issues/new"),
        ("sun", "import", "/issues/import"),
        ("sun", "notices", "/notices"),
        ("zhou", "notice", f"/notices/{notice}"),
        ("sun", "rounds", "/rounds"),
        ("sun", "policy", "/policy"),
        ("sysadmin", "accounts", "/admin/accounts"),
        ("secadmin", "grants", "/admin/grants"),
        ("auditor", "history", "/history"),
        ("chenlead", "plan", f"/issues/{planning}/acts/submit_plan" if planning else ""),
        ("sun", "draft", f"/issues/{draft}" if draft else ""),
    )
    return [page for page in wanted if page[2] and not page[2].endswith("/None")]


def _first(status: Status) -> str | None:
    rows = select(Issue.number).where(Issue.status == status)
    return db.session.scalar(rows.order_by(Issue.id).limit(1))


def _photograph(
    opened: Callable[[], BrowserContext], address: str, pages: list[Page], size: str
) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    contexts: dict[str, BrowserContext] = {}
    for person, name, url in pages:
        if person not in contexts:
            contexts[person] = _signed_in(opened(), address, person)
        shown = contexts[person].new_page()
        answer = shown.goto(address + url)
        shown.wait_for_load_state("networkidle")
        if answer.ok:
            shown.screenshot(path=str(FOLDER / f"{name}-{size}.png"), full_page=True)
        else:
            print(f"  {url}:{answer.status}")
        shown.close()
    for context in contexts.values():
        context.close()


def _signed_in(context: BrowserContext, address: str, person: str) -> BrowserContext:
    if person:
        page = context.new_page()
        page.goto(f"{address}/login")
        page.fill("[name=username]", person)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: "/login" not in url)
        page.close()
    return context


def _for_readme(opened: Opened, address: str, pages: list[Page]) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    for person, name, url in pages:
        if name not in ("board", "ticket"):
            continue
        context = _signed_in(opened(), address, person)
        shown = context.new_page()
        shown.goto(address + url)
        shown.wait_for_load_state("networkidle")
        _keep_small(shown.screenshot(), IMAGES / f"{name}.webp")
        context.close()


def _keep_small(taken: bytes, path: Path) -> None:
    with Image.open(BytesIO(taken)) as picture:
        height = picture.height * README_WIDTH // picture.width
        small = picture.convert("RGB").resize((README_WIDTH, height), Image.Resampling.LANCZOS)
    small.save(path, "WEBP", quality=QUALITY, method=6)
    if path.stat().st_size > LARGEST:
        raise RuntimeError(f"{path.name} is larger than {LARGEST} bytes")


if __name__ == "__main__":
    sys.exit(main())
