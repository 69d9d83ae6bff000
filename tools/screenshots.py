"""`python -m tools.screenshots`: every page of the product as a picture, at three widths.

Everything is made in a temporary place and served on a free port; the pictures go to the ignored
folder instance/screenshots. `--readme` draws the two small ones of docs/images instead, `--manual`
those the manual shows.
"""

import argparse
import secrets
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import flask_migrate
from flask import Flask
from playwright.sync_api import Browser as Chromium, BrowserContext, sync_playwright

from app import create_app
from config import ROOT, Config
from extensions import db
from issues.works.starting import Starter
from seed import example
from tools.browsing import chromium, small
from tools.browsing.loopback import answering
from tools.pictured import MANUAL, PAGES, PAPER
from tools.staged import set_stage

FOLDER = ROOT / "instance" / "screenshots"
IMAGES = ROOT / "docs" / "images"
PASSWORD = secrets.token_urlsafe(12)
SIZES = {"desk": (1366, 768), "wide": (1920, 1080), "phone": (390, 844)}
CHINESE = "--lang=zh-CN"
README_SIZE = (1440, 900)
README = {"board": "board", "ticket": "ticket"}

Opened = Callable[[], BrowserContext]
Page = tuple[str, str, str]
"""The person who opens it, the picture's name, the address."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.screenshots", description="页面截图")
    parser.add_argument("--readme", action="store_true", help="只更新 docs/images 的两张")
    parser.add_argument("--manual", action="store_true", help="只更新操作手册的插图")
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
                _small(_opened(browser, README_SIZE), address, pages, README, small.README)
            elif asked.manual:
                opened = _opened(browser, SIZES["desk"])
                _small(opened, address, pages, MANUAL, small.MANUAL)
                _paper(app, opened, address)
            else:
                _all(browser, address, pages)
        browser.close()
    drawn = IMAGES if asked.readme or asked.manual else FOLDER
    print(f"截图在 {drawn.relative_to(ROOT)}")
    return 0


def _all(browser: Chromium, address: str, pages: list[Page]) -> None:
    for name, size in SIZES.items():
        _photograph(_opened(browser, size), address, pages, name)


def _opened(browser: Chromium, size: tuple[int, int]) -> Opened:
    viewport = dict(zip(("width", "height"), size, strict=True))
    return lambda: browser.new_context(viewport=viewport)


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
    app.extensions["works"] = Starter(
        is_idle=True
    )  # a worker would read this machine's own settings
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


def _small(
    opened: Opened, address: str, pages: list[Page], wanted: dict[str, str], kept: small.Kept
) -> None:
    """The pictures of docs/images, by which page each is of: what is seen without scrolling."""
    known = {name: (person, url) for person, name, url in pages}
    for picture, name in wanted.items():
        person, url = known[name]
        context = _signed_in(opened(), address, person)
        shown = context.new_page()
        shown.goto(address + url)
        shown.wait_for_load_state("networkidle")
        small.keep(shown.screenshot(), IMAGES / f"{picture}.webp", kept)
        context.close()


def _paper(app: Flask, opened: Opened, address: str) -> None:
    with app.test_request_context():
        url = PAPER.address()
        db.session.remove()
    context = _signed_in(opened(), address, PAPER.person)
    content = context.request.get(f"{address}{url}").body()
    small.keep(small.first_page(content), IMAGES / f"{PAPER.name}.webp", small.PAPER)
    context.close()


if __name__ == "__main__":
    sys.exit(main())
