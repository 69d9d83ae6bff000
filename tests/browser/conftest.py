"""A real Chromium on a real server of the product: one browser a worker, a window a test."""

import os
import signal
import subprocess
import time

import pytest
from needs import need
from page import SESSION, Browser
from PIL import Image
from playwright.sync_api import sync_playwright
from windows import DESK, Window

from extensions import db
from tools.browsing import chromium
from tools.browsing.loopback import answering

STARTS_WITHIN = 30
HEADLESS = ("--headless=new", "--remote-debugging-port=0", "--hide-scrollbars")


@pytest.fixture(scope="session")
def browser_process(tmp_path_factory):
    """The address one Chromium of this worker listens on, on this machine alone."""
    path = chromium.path()
    need(path, "没有安装 Chromium（Debian 软件包 chromium-headless-shell），浏览器测试无法进行")
    home = tmp_path_factory.mktemp("chromium")
    command = [path, *chromium.QUIET, *HEADLESS, f"--user-data-dir={home}", "about:blank"]
    process = subprocess.Popen(  # noqa: S603 - the browser found above
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield f"http://127.0.0.1:{_port(process, home / 'DevToolsActivePort')}"
    finally:
        os.killpg(process.pid, signal.SIGTERM)  # what a distribution installs may be a script
        process.wait(STARTS_WITHIN)


def _port(process, told):
    """The port the browser chose; it writes it down once it listens."""
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end:
        if told.is_file() and (lines := told.read_text().splitlines()):
            return int(lines[0])
        assert process.poll() is None, "the browser ended before it listened"
        time.sleep(0.05)
    raise AssertionError("the browser did not say where it listens")


@pytest.fixture(scope="module")
def running(browser_process):
    """The browser as one file of tests drives it. Playwright keeps an event loop running in this
    thread until it stops, and a later file may have to run one of its own (a digital signature
    does), so it is let go of after each file while the browser itself goes on."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.connect_over_cdp(browser_process)
        yield opened
        opened.close()


@pytest.fixture
def server(app):
    """The address the app of this test answers on, on a free port of this machine."""
    with answering(app) as address:
        yield address


@pytest.fixture
def cookie(request):
    """The session of one of the cast; None where another process than this one is asked."""
    if "app" not in request.fixturenames:
        return None
    app = request.getfixturevalue("app")

    def signed_in(name):
        visitor = Browser(app).as_(name)
        db.session.rollback()  # what the browser will write is to be seen from here
        return visitor.client.get_cookie(SESSION).value

    return signed_in


@pytest.fixture
def window(running, server, cookie):
    """`window(PHONE)` opens a window of its own; without JavaScript by `javascript=False`."""
    contexts = []

    def opened(viewport=DESK, *, javascript=True):
        context = running.new_context(
            viewport=viewport, locale="zh-CN", java_script_enabled=javascript
        )
        contexts.append(context)
        return Window(context, server, cookie)

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def desk(window):
    """Each person of the cast at a desk of their own: `desk("chen")`."""
    people = {}

    def of(name):
        if name not in people:
            people[name] = window().sign_in(name)
        return people[name]

    return of


@pytest.fixture
def photo(tmp_path):
    """A picture as a phone takes it; each call another one, large enough to watch its way."""

    def taken(name):
        path = tmp_path / f"{name}.jpg"
        noise = Image.effect_noise((1800, 1400), 60 + len(name)).convert("RGB")
        noise.save(path, "JPEG", quality=92)
        return path

    return taken
