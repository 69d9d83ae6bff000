"""Another city, from an empty database to its first signed notice, by hand in a real browser.

Every field filled, file chosen, and button, link or entry of the menu pressed counts as one.
"""

import base64
import io
import re
from urllib.parse import unquote

import newcomers
import pytest
from databases import EMPTY
from openpyxl import load_workbook
from pypdf import PdfReader
from windows import DESK, PHONE, SIDEWAYS, Window

from tools.browsing.loopback import answering

pytestmark = pytest.mark.browser
PASSWORD = "Kapok-7391-tree"
MOST = 60
ADMINISTRATORS = {"xitong": "sysadmin", "anquan": "secadmin", "shenji": "auditor"}
OTHERS = re.compile(r"巴中|(?<![\w.-])BZ-|巴州|恩阳|巴环委|0827-")
"""What of the example no other city may read anywhere."""
LINK = re.compile(r"http\S+(?:\n\S+)?")
FETCHED = """async action => {
  const form = [...document.forms].find(one => one.action.includes(action));
  const answer = await fetch(form.action, {method: 'POST', body: new FormData(form)});
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return btoa(Array.from(bytes, one => String.fromCharCode(one)).join(''));
}"""
"""A PDF that the browser would show in a window of its own."""


def words_of(file):
    return "".join(page.extract_text() for page in PdfReader(file).pages)


def sheets_of(file):
    rows = [row for sheet in load_workbook(file) for row in sheet.iter_rows(values_only=True)]
    return "\n".join(str(cell) for row in rows for cell in row if cell is not None)


class Desk:
    """One person at a desk. `taken` are the interactions, `read` every page they had."""

    def __init__(self, window):
        self.window, self.page = window, window.page
        self.taken, self.read = 0, {}

    def seen(self):
        self.page.wait_for_load_state()
        self.read[self.page.url] = self.page.content()
        self.page.set_viewport_size(PHONE)
        assert self.page.evaluate(SIDEWAYS) <= 0, f"wider than a phone: {self.page.url}"
        self.page.set_viewport_size(DESK)

    def fill(self, **fields):
        for name, value in fields.items():
            self.taken += 1
            self.page.locator(f"main [name='{name}']").first.fill(value)

    def choose(self, content, called):
        self.taken += 1
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        file = {"name": called, "mimeType": kind, "buffer": content}
        self.page.locator("main [name=workbook]").set_input_files(file)

    def press(self, label):
        self._click(self.page.locator("main").get_by_role("button", name=label, exact=True))

    def follow(self, label):
        self._click(self.page.locator("main").get_by_role("link", name=label))

    def _click(self, found):
        self.taken += 1
        with self.page.expect_navigation():
            found.first.click()
        self.seen()

    def go(self, url):
        """By the menu: its group and its entry."""
        self.taken += 2
        self.window.open(url)
        self.seen()

    def sign_in(self, name, password):
        self.window.open("/login")
        self.fill(username=name, password=password)
        self.press("登录")


@pytest.fixture
def desks(place, running):
    """A server on a database that has the three administrators and nothing else."""
    contexts = []
    with place.fresh(EMPTY) as app, answering(app) as address:
        once = {}
        for name, role in ADMINISTRATORS.items():
            ran = app.test_cli_runner().invoke(args=["users", "add", name, "--role", role])
            once[name] = ran.stdout.split()[-1]

        def sit():
            contexts.append(running.new_context(viewport=DESK, locale="zh-CN"))
            return Desk(Window(contexts[-1], address))

        yield sit(), sit(), sit(), once
        for context in contexts:
            context.close()


def test_from_an_empty_database_to_the_first_signed_notice(desks):
    keeper, granter, clerk, once = desks
    slips = the_city_and_its_people(keeper, once["xitong"])
    the_roles(granter, once["anquan"])
    open_an_account(clerk, slips["jingban"])
    the_words(clerk)
    the_first_ledger(clerk)
    number = the_first_notice(clerk)
    read_on(clerk)

    assert number.startswith("绵环委办交〔2025〕1号")
    taken = sum(desk.taken for desk in (keeper, granter, clerk))
    assert taken <= MOST, taken
    for desk in (keeper, granter, clerk):
        for url, page in desk.read.items():
            assert not OTHERS.search(page), (url, OTHERS.search(page))
        assert desk.window.complaints == []


def first_sign_in(desk, name, once):
    desk.sign_in(name, once)
    desk.fill(current=once, new=PASSWORD, again=PASSWORD)
    desk.press("修改密码")
    assert "密码已修改" in desk.window.text


PAGES = (
    "/", "/board", "/board/map", "/issues", "/notices", "/rounds", "/lookbacks", "/policy",
    "/points", "/issues/new", "/issues/import", "/notices/new", "/notices/templates",
    "/admin/aliases",
    "/admin/regions", "/admin/calendar", "/account", "/messages", "/first-week", "/api/docs",
    "/help", "/help/office", "/help/wording", "/help/colours", "/help/papers", "/help/glossary",
)  # fmt: skip
FILES = {"/issues/export.xlsx": sheets_of, "/board.xlsx": sheets_of, "/board.pdf": words_of}


def read_on(clerk):
    """Other pages, and what leaves the house: words, and names of files."""
    paper = f"{clerk.page.url.partition('?')[0]}.pdf"
    for url in PAGES:
        answer = clerk.page.request.get(f"{clerk.window.server}{url}")
        assert answer.status == 200, url
        clerk.read[url] = answer.text()
    for url, read in (FILES | {paper.removeprefix(clerk.window.server): words_of}).items():
        answer = clerk.page.request.get(f"{clerk.window.server}{url}")
        assert answer.status == 200, url
        clerk.read[url] = read(io.BytesIO(answer.body()))
        clerk.read[f"name of {url}"] = unquote(answer.headers["content-disposition"])


def the_city_and_its_people(keeper, once):
    """The links of everybody by their accounts, as the slips say them."""
    first_sign_in(keeper, "xitong", once)
    keeper.go("/admin/regions/city")
    keeper.fill(q="绵阳")
    keeper.press("查找")
    keeper.follow("绵阳市")
    keeper.press("选定绵阳市")
    assert "9个单位" in keeper.window.text
    keeper.follow("本市设置")
    keeper.fill(number_prefix="MY")
    keeper.press("保存城市")
    keeper.go("/admin/units/import")
    keeper.choose(newcomers.roster_of_units(), "单位.xlsx")
    keeper.press("上传并核对")
    keeper.press("确认：新建20个单位")
    keeper.follow("接着导入人员")
    keeper.choose(newcomers.roster_of_people(), "人员.xlsx")
    keeper.press("上传并核对")
    keeper.press("确认：新建30个账号")
    keeper.taken += 1
    printed = base64.b64decode(keeper.page.evaluate(FETCHED, "slips"))
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages]
    assert len(texts) == 30
    assert not any(OTHERS.search(text) for text in texts)
    return {
        re.search(r"账号：(\w+)", text)[1]: LINK.search(text)[0].replace("\n", "")
        for text in texts
    }  # fmt: skip


def the_roles(granter, once):
    first_sign_in(granter, "anquan", once)
    granter.go("/admin/grants/asked")
    granter.fill(reason="首次启用")
    granter.press("授予勾选的角色")
    assert "已授予30项" in granter.window.text


def open_an_account(clerk, link):
    clerk.window.open(link[link.index("/opening") :])
    clerk.fill(new=PASSWORD, again=PASSWORD)
    clerk.press("设定密码")
    clerk.sign_in("jingban", PASSWORD)


def the_words(clerk):
    """What is proposed from the city's name is looked at and kept."""
    assert clerk.page.url.endswith("/setup"), "where one begins until it is done"
    clerk.follow("采用全部建议")
    clerk.press(re.search(r"采用以上 \d+ 项", clerk.window.text)[0])
    clerk.fill(contact_name="督办科")
    clerk.press("保存联系人")
    assert "签发文书所需的都已完成" in clerk.window.text


def the_first_ledger(clerk):
    clerk.go("/issues/import")
    clerk.choose(newcomers.ledger(), "台账.xlsx")
    clerk.press("上传并识别")
    clerk.follow("确认导入")
    clerk.press("导入 20 个问题")
    assert "已导入20个问题" in clerk.window.text


def the_first_notice(clerk):
    """Its 文号."""
    clerk.follow("MY-AF-2025-001")
    clerk.press("交办")
    clerk.follow("交办通知")
    clerk.press("核对并签发")
    assert "绵阳市生态环境保护委员会办公室" in clerk.window.text
    clerk.press("确认签发")
    return re.search(r"绵环委办交〔2025〕\d+号", clerk.window.text)[0]
