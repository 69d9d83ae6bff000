"""The big screen: by a pass in the address or by a session, and nothing of a person on it."""

from datetime import timedelta

import pytest

from extensions import db, transaction
from issues.ground import clock
from issues.models import Event, WallPass
from issues.supervision import walls


@pytest.fixture
def red(make_issue):
    late = [{"text": "完成整治", "deadline": "2025-11-20"}]
    return make_issue(
        deadline="2025-11-20", title="逾期的事项", measures=late, sponsor="王副区长",
        contact="李某 13900001111",
    )  # fmt: skip


def made(browser, **said):
    page = browser.as_("sun").post("/admin/walls", place="指挥大厅", days="30", **said)
    return next(url for url in page.links if "token=" in url)


def test_the_address_shows_the_whole_city_without_signing_in(red, browser):
    page = browser.stranger.get(made(browser))

    assert page.heading == "红黄绿督办大屏"
    assert red.number in page.text
    assert "数据时间 2025-11-25" in page.text
    assert "示例数据" in page.text


def test_it_shows_nobody_and_leads_nowhere(red, browser):
    page = browser.stranger.get(made(browser))

    assert "王副区长" not in page.html
    assert "1390000" not in page.html
    assert page.links == set()
    assert page.tree.all("form") == []


def test_the_address_opens_nothing_else(red, browser):
    token = made(browser).partition("token=")[2]
    for url in ("/board", "/issues", f"/issues/{red.number}", "/api/v1/board", "/board.pdf"):
        answer = browser.stranger.client.get(url, query_string={"token": token})
        assert answer.status_code in {302, 303, 401}, url


def test_the_address_is_shown_once_and_only_its_digest_is_kept(browser):
    token = made(browser).partition("token=")[2]

    assert token not in browser.as_("sun").get("/admin/walls").html
    row = db.session.query(WallPass).one()
    assert token not in (row.digest, row.place)


def test_it_ends_by_itself(browser):
    url = made(browser)
    with transaction():
        row = db.session.query(WallPass).one()
        row.made_at -= timedelta(days=30)
        row.until -= timedelta(days=30)

    assert "已经到期或已被停用" in browser.stranger.get(url, expect=403).text
    assert "已到期" in browser.as_("sun").get("/admin/walls").text


def test_every_open_address_is_listed_and_the_last_of_the_others(browser, monkeypatch):
    """One that is open and not listed could not be ended."""
    monkeypatch.setattr(walls, "KEPT", 1)
    for _ in range(4):
        made(browser)
    with transaction():
        for row in db.session.query(WallPass).order_by(WallPass.id).limit(3).offset(1):
            row.made_at -= timedelta(days=30)
            row.until -= timedelta(days=30)

    page = browser.as_("sun").get("/admin/walls")
    told = [row[4] for row in page.rows()]

    assert told == ["已到期", "有效"]
    assert "停用和到期的列出最近 1 个" in page.text


def test_the_office_ends_it_at_once_and_the_history_tells(browser):
    url = made(browser)
    number = db.session.query(WallPass).one().id
    page = browser.as_("sun").post(f"/admin/walls/{number}/end", via="/admin/walls")

    assert "已停用" in page.text
    browser.stranger.get(url, expect=403)
    acts = db.session.query(Event).filter_by(subject="wall").order_by(Event.seq)
    assert [row.action for row in acts] == ["open", "end"]
    page = browser.as_("auditor").get("/history?subject=wall")
    assert "生成大屏地址" in page.text
    assert "停用大屏地址" in page.text


@pytest.mark.parametrize("asked", ["", "?token=", "?token=guess"])
def test_a_stranger_without_a_good_address_sees_nothing(red, browser, asked):
    answer = browser.stranger.client.get(f"/board/wall{asked}")

    assert answer.status_code in {302, 303, 403}
    assert red.number not in answer.text


def test_a_signed_in_person_sees_what_is_theirs(red, browser):
    assert red.number in browser.as_("zhao").get("/board/wall").text
    assert red.number in browser.as_("chen").get("/board/wall").text
    assert red.number not in browser.as_("wu").get("/board/wall").text
    browser.as_("sysadmin").get("/board/wall", expect=403)


@pytest.mark.parametrize(
    ("said", "field"),
    [({"place": " "}, "place"), ({"days": "365"}, "days"), ({"days": "x"}, "days")],
)
def test_a_place_and_an_end_must_be_named(browser, said, field):
    form = {"place": "指挥大厅", "days": "30"} | said
    page = browser.as_("sun").post("/admin/walls", 422, **form)

    assert page.tree.all("p", class_="field-error") or page.error(field)
    assert db.session.query(WallPass).count() == 0


@pytest.mark.parametrize("name", ["zhou", "lin", "chen", "zhao", "he", "sysadmin"])
def test_only_the_office_makes_addresses(browser, name):
    browser.as_(name).get("/admin/walls", expect=403)
    browser.as_(name).post("/admin/walls", 403, place="家里", days="30")


def test_a_pass_is_no_account():
    assert not walls.VIEWER.is_authenticated
    assert walls.VIEWER.unit_id is None


@pytest.mark.both
def test_only_an_unended_secret_of_today_opens(people):
    with transaction():
        row, secret = walls.make(people.sun, "大厅", 1)
    assert walls.opened_by(secret)
    assert not walls.opened_by(secret[:-1])
    assert row.until - clock.real_now() <= timedelta(days=1)
    with transaction():
        walls.end(people.sun, row.id)
    assert not walls.opened_by(secret)
