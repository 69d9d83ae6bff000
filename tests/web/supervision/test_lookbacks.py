"""The plan of look-backs on its pages: due, planned, done; by hand; drawn by lot; and a relapse."""

from datetime import date

import pytest
from sqlalchemy import select

from extensions import db, transaction
from issues.ground import clock
from issues.models import Lookback
from issues.vocabulary import Status

FIRST_OF_QUARTER = date(2026, 1, 5)


@pytest.fixture
def closed(make_issue):
    return make_issue(Status.CLOSED, source="SD")


def plan(issue, day, why="群众反映", **more):
    with transaction():
        db.session.add(Lookback(issue_id=issue.id, planned_on=day, why=why, **more))


def test_each_view_holds_its_own(browser, closed):
    plan(closed, date(2025, 12, 1), "近期要看")

    due = browser.as_("lin").get("/lookbacks")
    later = browser.as_("lin").get("/lookbacks?view=planned")

    assert "近期要看" in due.text
    assert "来源规定" not in due.text
    assert "来源规定" in later.text
    assert "近期要看" not in later.text
    assert f"/issues/{closed.number}/acts/record_lookback" in due.links


@pytest.mark.parametrize("name", ["chen", "liu", "zhao", "he", "sysadmin", "auditor"])
def test_nobody_else_opens_the_plan(browser, closed, name):
    for url in ("/lookbacks", "/lookbacks/sample", "/lookbacks/new?number=BZ-AF-2025-001"):
        browser.as_(name).get(url, 403)


def test_planning_begins_with_a_number(browser, closed):
    sun = browser.as_("sun")

    refused = sun.get("/lookbacks/new?number=BZ-AF-2025-999", 422)
    assert "没有编号为“BZ-AF-2025-999”的事项" in refused.text
    page = sun.get(f"/lookbacks/new?number={closed.number}", follow=True)

    assert page.heading == f"安排回头看 {closed.number}"


def test_a_relapse_goes_from_the_plan_to_a_new_round_on_the_board(browser, make_issue):
    issue = make_issue(Status.CLOSED)
    plan(issue, date(2025, 11, 20))
    url = f"/issues/{issue.number}/acts/"

    browser.as_("lin").post(
        url + "record_lookback", result="relapse", text="再次直排。", inspectors="林督察、林二"
    )
    home = browser.as_("sun").get("/")
    assert "认定虚假或反弹，待重新整改" in home.text
    assert url + "reopen" in home.links
    browser.as_("sun").post(
        url + "reopen", reason="问题反弹", deadline="2026-03-31", confirmed="true"
    )

    db.session.refresh(issue)
    assert (issue.status, issue.round, issue.card) == (Status.PLANNING, 2, "red")
    assert "1 件" in browser.as_("sun").get("/issues?colour=red").text or (
        issue.number in browser.as_("sun").get("/issues?colour=red").text
    )
    assert "整改反弹" in browser.as_("lin").get("/lookbacks?view=done").text


def test_the_draw_shows_its_seed_and_writes_the_plan_once(browser, make_issue):
    drawn_from = [make_issue(Status.CLOSED) for _ in range(3)]
    clock.stand_still(FIRST_OF_QUARTER)
    lin = browser.as_("lin")

    page = lin.get("/lookbacks/sample")
    assert "2026-01-01" in page.text
    assert all(issue.number in page.text for issue in drawn_from)
    lin.post("/lookbacks/sample")
    again = lin.get("/lookbacks/sample")

    rows = db.session.scalars(select(Lookback).where(Lookback.why == "季度抽查")).all()
    assert [row.planned_on for row in rows] == [date(2026, 3, 31)]
    assert not again.has_form("/lookbacks/sample")


def test_a_page_past_the_end_of_the_draw_is_the_last_one(browser, make_issue, monkeypatch):
    for _ in range(3):
        make_issue(Status.CLOSED)
    clock.stand_still(FIRST_OF_QUARTER)
    monkeypatch.setattr("issues.web.supervision.lookbacks.LOTS", 2)
    asked = [browser.as_("lin").get(f"/lookbacks/sample?page={page}") for page in (1, 2, 3, 999)]

    assert [len(page.rows()) for page in asked] == [2, 1, 1, 1]
    assert all("共 3 件" in page.text and "共 3 条" in page.text for page in asked)
    assert len({page.tree.one("main").text for page in asked}) == 2
