"""A real Chromium on a real server of the product, both of this test alone."""

import shutil

import pytest
from needs import need
from playwright.sync_api import sync_playwright
from windows import DESK, QUIET, Window

from tools.loopback import answering


@pytest.fixture(scope="module")
def chromium():
    """One browser a file: Playwright keeps an event loop running in this thread until it stops,
    and a later file may have to run one of its own (a digital signature does)."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    need(path, "没有安装 Chromium（Debian 软件包 chromium），浏览器测试无法进行")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture
def server(app):
    """The address the app of this test answers on, on a free port of this machine."""
    with answering(app) as address:
        yield address


@pytest.fixture
def window(chromium, server):
    """`window(PHONE)` opens a window of its own; without JavaScript by `javascript=False`."""
    contexts = []

    def opened(viewport=DESK, *, javascript=True):
        context = chromium.new_context(
            viewport=viewport, locale="zh-CN", java_script_enabled=javascript
        )
        contexts.append(context)
        return Window(context, server)

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
