"""A window of a real browser, used as a person uses it."""

from urllib.parse import urljoin

from page import SESSION
from people import PASSWORD

DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
PATIENCE_MS = 15_000
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LOOSE = """() => [...document.querySelectorAll('tr > *')]
    .filter(cell => getComputedStyle(cell.parentElement).display === 'table-row'
        && !['table-cell', 'none'].includes(getComputedStyle(cell).display))
    .map(cell => cell.outerHTML.slice(0, 80))"""


class Window:
    """Whatever the browser complains of (script, console, policy, failed files) is kept.

    `cookie(name)` is the session of one of the cast, where the app of this process is asked.
    """

    def __init__(self, context, server, cookie=None):
        self.context = context
        self.server = server
        self.cookie = cookie
        self.complaints = []
        self._is_before_home = False
        self._page = context.new_page()
        self._page.set_default_timeout(PATIENCE_MS)
        self._page.on("console", self._note)
        self._page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self._page.on("response", self._note_failure)

    @property
    def page(self):
        """The open page; my work, where one has signed in and gone nowhere yet."""
        if self._is_before_home:
            self.open("/")
        return self._page

    def _note(self, message):
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _note_failure(self, response):
        if response.status >= 400:
            self.complaints.append(f"{response.url} answered {response.status}")

    def sign_in(self, name):
        """With the session the login gives: its page has tests of its own."""
        if self.cookie is None:
            return self.sign_in_on_page(name)
        said = {"name": SESSION, "value": self.cookie(name), "url": self.server}
        self.context.add_cookies([said | {"httpOnly": True, "sameSite": "Lax"}])
        self._is_before_home = True
        return self

    def sign_in_on_page(self, name):
        self.open("/login")
        self.page.fill("[name=username]", name)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(lambda url: "/login" not in url)
        return self

    def open(self, url):
        self._is_before_home = False
        answer = self._page.goto(urljoin(self.server, url))
        assert answer.status == 200, f"{url} answered {answer.status}"
        return self._page

    @property
    def heading(self):
        return self.page.locator("h1").inner_text()

    @property
    def text(self):
        return self.page.locator("main").inner_text()

    @property
    def menu(self):
        """Where the main navigation leads."""
        links = self.page.locator(".main-nav a").all()
        return [link.get_attribute("href") for link in links]

    def sideways(self):
        """How many pixels the page is wider than its window."""
        return self.page.evaluate(SIDEWAYS)

    def loose_cells(self):
        """Cells that stand in a row of a table and are drawn as no part of it."""
        return self.page.evaluate(LOOSE)

    def act(self, number, action, ticked=(), **fields):
        """Fill the act's own page and send it. `ticked`: (name, value) of boxes."""
        self.open(f"/issues/{number}/acts/{action.value}")
        self.fill(fields)
        for name, value in ticked:
            self.page.check(f"main [name='{name}'][value='{value}']")
        if self.page.locator("#f-confirmed").count():
            self.page.check("#f-confirmed")
        self.press(action.label)
        assert f"/issues/{number}" in self.page.url, self.text
        assert "已办理" in self.text, self.text

    def fill(self, fields):
        for name, value in fields.items():
            field = self.page.locator(f"main [name='{name.replace('__', '-')}']").first
            self.reveal(field)
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            elif value is True:
                field.check()
            else:
                field.fill(value)

    def reveal(self, part):
        """Open the step of a long form that the part stands in."""
        step = part.evaluate("part => part.closest('.act-step[hidden]')?.id || ''")
        if step:
            self.page.locator(f".step-list [aria-controls={step}]").click()

    def press(self, label):
        """The one button of the page that says this, and the page it leads to."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button", name=label, exact=True).click()

    def upload(self, number, kind, path):
        """One file through the form of the ticket's page, until the page shows it kept."""
        self.open(f"/issues/{number}")
        self.page.locator(".upload-more summary").click()
        self.page.select_option(".upload [name=kind]", kind)
        self.page.set_input_files("#f-file", path)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="上传 1 个文件").click()
        assert "已保存" in self.text or path.name in self.page.content()


class Line:
    """The phone's connection: how fast it sends, and whether it is there at all."""

    def __init__(self, page):
        self.session = page.context.new_cdp_session(page)
        self.session.send("Network.enable")

    def is_(self, *, bytes_a_second=-1, offline=False):
        said = {"offline": offline, "latency": 5, "downloadThroughput": -1}
        said["uploadThroughput"] = bytes_a_second
        self.session.send("Network.emulateNetworkConditions", said)
