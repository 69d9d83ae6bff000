"""Inside: nobody without a mark, and the word on every page, paper and file."""

import io
import re
from zipfile import ZipFile

import pytest
from page import Form
from people import PASSWORD
from pressed import planned
from pypdf import PdfReader
from sqlalchemy import select

from extensions import db
from issues.ground import clock, practice
from issues.models import Notice
from issues.practice.place import Place
from issues.practice.settings import Practice
from issues.practice.tickets import Door, ticket_for
from issues.web.door.firsts import settings
from issues.web.practice import gate

KEY = "a key both have"
HOME = "https://hjzg.example.gov.cn"


class Inside:
    is_offered = False

    def __init__(self, folder):
        self.practice = Practice(folder, home=HOME, key=KEY)
        self.place = Place(folder)
        self.place.city.mkdir(parents=True)
        self.place.fill()


@pytest.fixture
def inside(app, tmp_path, monkeypatch):
    """The app as a practice city."""
    held = Inside(tmp_path)
    monkeypatch.setitem(app.extensions, "practice", held)
    monkeypatch.setitem(app.extensions, gate.DOOR, Door(KEY, clock.real_now()))
    monkeypatch.setattr(practice._Told, "is_one", True)  # noqa: SLF001 - what create_app tells
    return held


@pytest.fixture
def visitor(inside, browser):
    """One who came in from the real city, and is nobody yet."""
    came = browser.stranger
    came.get("/practice/enter", expect=302, ticket=ticket_for(7, KEY))
    return came


def signed_in(visitor, name):
    """By the button that bears their name, as a person does."""
    form = next(one for one in visitor.get("/login").tree.all("form") if one.all("li"))
    assert form.all("button", name="username", value=name)
    visitor.send("/login", 302, follow=False, username=name, **Form(form).drawn())
    return visitor


def addresses(app):
    """One of each pattern that can be asked for."""
    for rule in app.url_map.iter_rules():
        filled = re.sub(r"<[^<>]+>", "1", rule.rule)
        if rule.endpoint not in gate.OPEN:
            yield from ((method, filled) for method in rule.methods & {"GET", "POST", "PATCH"})


def opened(app):
    """What answers one who does not come from the real city."""
    client = app.test_client()
    answers = ((method, url, client.open(url, method=method)) for method, url in addresses(app))
    return [
        (method, url, answer.status_code) for method, url, answer in answers
        if answer.status_code != 404 or "登录正式系统" not in answer.get_data(as_text=True)
    ]  # fmt: skip


def test_no_address_answers_who_does_not_come_from_the_real_city(app, inside, monkeypatch):
    assert opened(app) == []

    monkeypatch.setattr(gate, "entered", lambda *_: gate.Entered(1, inside.place.filled()))
    assert len(opened(app)) > 100  # with the guard off


def test_its_password_opens_nothing_from_outside(inside, browser):
    browser.stranger.send("/login", 404, username="sun", password=PASSWORD)


def test_a_ticket_used_or_forged_leads_back_to_the_real_city(inside, browser):
    ticket = ticket_for(7, KEY)
    browser.stranger.get("/practice/enter", expect=302, ticket=ticket)
    for shown in (ticket, ticket_for(7, "another")):
        page = browser.stranger.get("/practice/enter", expect=404, ticket=shown)
        assert f"{HOME}/practice" in page.links


def test_its_sign_in_page_shows_who_one_may_be(visitor):
    page = visitor.get("/login")

    assert settings_password(page) == PASSWORD
    for words in ("孙经办", "系统管理员", "巴州区"):
        assert words in page.text


def settings_password(page):
    return page.tree.one("code").text


PAGES = (
    "/",
    "/board",
    "/issues",
    "/issues/print",
    "/notices",
    "/board/map",
    "/nowhere",
    "/account",
)


def test_every_page_says_so(visitor):
    signed_in(visitor, "sun")
    for url in PAGES:
        page = visitor.get(url, expect=404 if url == "/nowhere" else 200)
        assert "数据不作数" in page.text, url
        assert "练习城市" in page.tree.one("title").text, url
        assert "is-practice" in page.tree.one("body")["class"], url


FILES = ("/board.pdf", "/board.xlsx", "/issues/export.xlsx", "/points.xlsx")


def test_every_paper_and_file_says_so(visitor, people):
    issue = planned(people)
    signed_in(visitor, "sun")
    sent = [visitor.get(url) for url in FILES]
    visitor.post("/notices", via="/notices/new", kind="N3", issues=issue.number)
    notice = db.session.scalars(select(Notice).where(Notice.trigger == "by_hand")).one().id
    sent.append(visitor.get(f"/notices/{notice}.pdf"))

    for page in sent:
        name = page.answer.headers["Content-Disposition"]
        assert "filename*=UTF-8''%E7%BB%83%E4%B9%A0-" in name, page.url
        data = page.answer.data
        if page.answer.mimetype == "application/pdf":
            reader = PdfReader(io.BytesIO(data))
            assert reader.metadata.title.startswith("练习-")
            assert all("练习" in sheet.extract_text() for sheet in reader.pages), page.url
        elif page.url.endswith(".xlsx"):
            with ZipFile(io.BytesIO(data)) as book:
                sheets = [name for name in book.namelist() if "worksheets/sheet" in name]
                assert sheets
                assert all("练习，数据不作数".encode() in book.read(one) for one in sheets), (
                    page.url
                )


def test_who_checks_a_paper_is_told_that_it_is_none(visitor, inside, people, browser):
    issue = planned(people)
    signed_in(visitor, "sun")
    visitor.post("/notices", via="/notices/new", kind="N0", issues=issue.number)
    row = db.session.scalars(select(Notice).where(Notice.trigger == "by_hand")).one()
    visitor.sign(f"/notices/{row.id}")
    token = db.session.get(Notice, row.id, populate_existing=True).token

    assert "不是公文" in visitor.get(f"/verify/{token}").text
    page = browser.stranger.get(f"/verify/{token}", expect=404)
    assert "这里是练习城市" in page.text


def test_who_was_inside_is_told_that_all_was_made_anew(visitor, inside):
    signed_in(visitor, "sun")
    inside.place.reset()
    inside.place.fill()

    page = visitor.get("/issues", 302)
    shown = visitor.get(page.location)

    assert "恢复原样，请重新登录" in shown.text
    assert "恢复原样" not in visitor.get("/login").text


def test_a_failure_says_so_too(visitor, monkeypatch):
    monkeypatch.setattr("issues.web.account.login.parts", lambda: 1 / 0)

    page = visitor.get("/login", expect=500)

    assert "数据不作数" in page.text


def test_what_is_not_one_says_nothing(browser):
    page = browser.as_("sun").get("/board")

    assert "数据不作数" not in page.text
    assert "练习" not in page.tree.one("title").text
    assert settings().demo
