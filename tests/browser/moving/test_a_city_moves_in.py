"""Another city, from an empty database to its first signed notice, by hand in a real browser.

Every field filled, box ticked, file chosen and button or link pressed counts as one.
"""

import io
import re

import newcomers
import pytest
from databases import EMPTY
from pypdf import PdfReader
from windows import Window

from tools.browsing.loopback import answering

pytestmark = pytest.mark.browser
PASSWORD = "Fucheng-2026-new"  # noqa: S105 - of this test's people alone
MOST = 60
ADMINISTRATORS = ("xitong", "anquan", "shenji")
ROLES = ("sysadmin", "secadmin", "auditor")
OTHERS = re.compile(r"巴中|BZ-|巴州|恩阳|巴环委")
"""What of the example no other city may read anywhere."""


class Hand:
    """One person at a desk; `seen` are the pages they had before them."""

    taken = 0

    def __init__(self, window):
        self.window, self.page = window, window.page
        self.seen = []
        self.page.on("load", lambda page: self.seen.append((page.url, page.content())))

    def count(self):
        Hand.taken += 1

    def fill(self, name, value):
        self.count()
        self.page.locator(f"main [name='{name}']").first.fill(value)

    def choose(self, name, content, called):
        self.count()
        file = {"name": called, "mimeType": "application/vnd.ms-excel", "buffer": content}
        self.page.locator(f"main [name='{name}']").first.set_input_files(file)

    def press(self, label):
        self.count()
        self.window.press(label)

    def follow(self, label):
        self.count()
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("link", name=label).first.click()

    def go(self, place):
        """By the menu, which is one press, two where the group is closed."""
        self.count()
        self.window.open(place)

    def first_sign_in(self, name, once):
        self.window.open("/login")
        self.fill("username", name)
        self.fill("password", once)
        self.count()
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(lambda url: "/login" not in url)
        self.fill("old", once)
        self.fill("new", PASSWORD)
        self.fill("again", PASSWORD)
        self.count()
        self.page.locator("main form button[type=submit]").first.click()
        self.page.wait_for_load_state()


@pytest.fixture
def empty_city(place, running):
    """A server on a database that has the three administrators and nothing else."""
    contexts = []
    with place.fresh(EMPTY) as app, answering(app) as address:
        once = {}
        for name, role in zip(ADMINISTRATORS, ROLES, strict=True):
            ran = app.test_cli_runner().invoke(args=["users", "add", name, "--role", role])
            once[name] = ran.stdout.strip().splitlines()[-1]

        def hand():
            contexts.append(running.new_context(viewport={"width": 1366, "height": 768},
                                                locale="zh-CN", accept_downloads=True))
            return Hand(Window(contexts[-1], address))

        yield hand, once
        for context in contexts:
            context.close()


def test_from_an_empty_database_to_the_first_signed_notice(empty_city):
    hand, once = empty_city
    Hand.taken = 0
    keeper, granter, clerk = hand(), hand(), hand()
    keeper.first_sign_in("xitong", once["xitong"])
    print("signed in", keeper.page.url, Hand.taken)
    print(keeper.window.text[:800])
