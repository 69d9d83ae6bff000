"""The way from the real city: who sees it, where it leads, who makes everything anew."""

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from extensions import db
from issues.ground import clock
from issues.models import Event
from issues.practice.place import Place, Standing
from issues.practice.settings import Practice
from issues.practice.tickets import Door, ticket_for
from issues.vocabulary import SettingAct

KEY = "a key both have"
PAGES = ("/practice", "/practice/entry", "/practice/reset")


class Beside:
    """A practice city without its process."""

    is_offered = True
    now = None
    begun = 0

    def __init__(self, folder):
        self.practice = Practice(folder, is_offered=True, key=KEY)
        self.place = Place(folder)
        self.place.city.mkdir(parents=True)

    def begin(self):
        self.begun += 1

    def standing(self):
        return self.now

    def reset(self):
        return self.place.reset()


@pytest.fixture
def beside(app, tmp_path, monkeypatch):
    held = Beside(tmp_path)
    monkeypatch.setitem(app.extensions, "practice", held)
    return held


@pytest.mark.parametrize("page", PAGES)
def test_where_there_is_none_nothing_tells_of_it(browser, page):
    browser.as_("sun").get(page, expect=404)
    assert "练习城市" not in browser.as_("sun").get("/").text
    assert "练习城市" not in browser.stranger.get("/login").text


def test_everybody_who_is_signed_in_finds_it_and_nobody_else(browser, beside):
    for name in ("chen", "auditor", "zhao"):
        assert "/practice" in browser.as_(name).get("/account").links
    assert "没有启动" in browser.as_("chen").get("/practice").text
    for page in PAGES:
        browser.stranger.get(page, expect=302)
    assert beside.begun == 0


def test_the_first_who_comes_begins_it_and_waits(browser, beside):
    page = browser.as_("chen").get("/practice/entry")

    assert beside.begun == 1
    assert page.answer.headers["Refresh"]
    assert "正在启动" in page.heading


def test_what_could_not_be_begun_is_tried_again_when_somebody_asks(browser, beside):
    beside.now = Standing(is_failed=True, step="练习城市启动失败，请系统管理员查看日志")

    page = browser.as_("chen").get("/practice/entry")

    assert "启动失败" in page.text
    assert "Refresh" not in page.answer.headers
    assert beside.begun == 0
    assert "/practice/entry?again=1" in page.links
    browser.as_("chen").get("/practice/entry", again=1)
    assert beside.begun == 1


def test_who_comes_when_it_stands_is_sent_there_with_a_ticket_for_once(browser, beside, people):
    beside.now = Standing("http://127.0.0.1:8010", is_ready=True)

    page = browser.as_("chen").get("/practice/entry", expect=302)

    there = urlsplit(page.location)
    assert (there.netloc, there.path) == ("127.0.0.1:8010", "/practice/enter")
    (ticket,) = parse_qs(there.query)["ticket"]
    assert Door(KEY, clock.real_now()).taken(ticket) == people.chen.id
    assert beside.begun == 0


def test_the_office_and_the_system_administrator_make_it_anew(browser, beside):
    for name in ("chen", "zhou", "auditor"):
        browser.as_(name).post("/practice/reset", 403)
    for name in ("sun", "sysadmin"):
        beside.place.fill()
        page = browser.as_(name).post("/practice/reset")
        assert "正在恢复原样" in page.text
        assert not beside.place.filled()

    acts = db.session.scalars(select(Event.action)).all()
    assert acts.count(SettingAct.RESET_PRACTICE.value) == 2


def test_of_two_resets_at_once_the_second_is_told_and_stands_in_no_history(browser, beside):
    beside.place.fill()
    browser.as_("sun").post("/practice/reset")

    page = browser.as_("sysadmin").post("/practice/reset", 409)

    assert "没有再次重置" in page.text
    acts = db.session.scalars(select(Event.action)).all()
    assert acts.count(SettingAct.RESET_PRACTICE.value) == 1


def test_a_ticket_opens_nothing_in_the_real_city(browser, beside):
    browser.stranger.get("/practice/enter", expect=404, ticket=ticket_for(1, KEY))
