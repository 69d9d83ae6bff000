"""`python -m tools.screenshots`: every page of the product as a picture, at three widths.

Everything is made in a temporary place and served on a free port; the pictures go to the ignored
folder instance/screenshots. `--readme` draws the two small ones of docs/images instead.
"""

import argparse
import secrets
import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import flask_migrate
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser as Chromium, BrowserContext, sync_playwright

from app import create_app
from config import ROOT, Config
from extensions import db
from seed import example
from tools.browsing import chromium
from tools.browsing.loopback import answering
from tools.pictured import PAGES
from tools.staged import set_stage

FOLDER = ROOT / "instance" / "screenshots"
IMAGES = ROOT / "docs" / "images"
PASSWORD = secrets.token_urlsafe(12)
SIZES = {"desk": (1366, 768), "wide": (1920, 1080), "phone": (390, 844)}
CHINESE = "--lang=zh-CN"
README_SIZE, README_WIDTH, QUALITY, LARGEST = (1440, 900), 1200, 82, 150 * 1024

Opened = Callable[[], BrowserContext]
Page = tuple[str, str, str]
"""The person who opens it, the picture's name, the address."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.screenshots", description="页面截图")
    parser.add_argument("--readme", action="store_true", help="只更新 docs/images 的两张")
    asked = parser.parse_args()
    path = chromium.path()
    if path is None:
        print("没有找到 Chromium，不能截图。", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        app = _city(Path(folder))
        browser = playwright.chromium.launch(executable_path=path, args=[*chromium.QUIET, CHINESE])
        with answering(app) as address:
            pages = _pages(app)
            if asked.readme:
                _for_readme(lambda: browser.new_context(viewport=_size()), address, pages)
            else:
                _all(browser, address, pages)
        browser.close()
    print(f"截图在 {(IMAGES if asked.readme else FOLDER).relative_to(ROOT)}")
    return 0


def _all(browser: Chromium, address: str, pages: list[Page]) -> None:
    for name, (width, height) in SIZES.items():
        size = {"width": width, "height": height}
        _photograph(lambda s=size: browser.new_context(viewport=s), address, pages, name)


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
    set_stage(app)
    return app


def _pages(app: Flask) -> list[Page]:
    """The person, the picture's name and the address of each page the city can show."""
    with app.test_request_context():
        found = [(page, page.address()) for page in PAGES]
        pages = [(page.person, page.name, url) for page, url in found if url is not None]
        db.session.remove()
    missing = [page.name for page, url in found if url is None]
    if missing:
        print(f"  示例城市里没有：{'、'.join(missing)}")
    return pages


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
