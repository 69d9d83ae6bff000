"""基层减负: what a form asked although it was known, forms filled, forms given back by ground."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from people import BAZHOU, ENYANG
from sqlalchemy import select

from extensions import db
from issues.burden import known
from issues.burden.forms import FORMS
from issues.ground import clock
from issues.models import Event
from issues.queries.burden import events as queries, figures
from issues.vocabulary import Action, Status
from issues.web.ticket import values

HOME = "/burden"
TEXT = "封堵排口两处，正在清理河道，共完成三成。"
PLAIN = ({"text": "清运", "deadline": "2026-06-30"},)


@pytest.fixture
def reported(make_issue):
    """A ticket of 巴州区 on which chen has reported once, over the page's form or not."""
    issue = make_issue(Status.RECTIFYING, primary_unit=BAZHOU, region=BAZHOU, measures=PLAIN)
    make_issue.act(Action.REPORT_PROGRESS, issue, "chen", text=TEXT)
    return issue


def ask(browser, issue):
    """chenlead fills the form of an extension on the page."""
    url = f"/issues/{issue.number}/acts/request_extension"
    lead = browser.as_("chenlead")
    form = lead.get(url).form(url).drawn()
    lead.send(url, **form | {"cause": "汛期", "deadline": "2026-09-20"} | {
        "progress": form["progress"] or "过半"})  # fmt: skip
    return form


def last(issue, action):
    db.session.rollback()
    rows = select(Event).where(Event.subject_id == issue.id, Event.action == action.value)
    return db.session.scalars(rows.order_by(Event.id.desc())).first()


def of(actor, code=""):
    db.session.rollback()
    return figures.figures(actor, 2025, code).total


def test_the_form_comes_filled_with_what_is_known_and_the_figure_is_nothing(
    browser, people, reported
):
    assert ask(browser, reported)["progress"] == TEXT

    told = last(reported, Action.REQUEST_EXTENSION).detail
    assert (told["asked"], told["filled"]) == ([], ["progress"])
    total = of(people.sun)
    assert (total.asked, total.filled, total.forms) == (0, 1, 3)


def test_what_is_known_and_asked_all_the_same_is_counted_by_field(
    browser, people, reported, monkeypatch
):
    monkeypatch.setattr(values, "drawn", lambda *_: frozenset())
    ask(browser, reported)

    assert of(people.sun).asked == 1
    page = browser.as_("sun").get(f"{HOME}/events", what="asked", year=2025)
    assert "目前进展" in page.text
    event = last(reported, Action.REQUEST_EXTENSION)
    assert f"/issues/{reported.number}#event-{event.id}" in page.links
    lines = browser.as_("sun").get(f"/issues/{reported.number}").text
    assert "asked" not in lines


def test_a_form_whose_answer_nobody_knows_is_asked_for_nothing_known(people, make_issue, browser):
    issue = make_issue(Status.RECTIFYING, primary_unit=BAZHOU, region=BAZHOU, measures=PLAIN)
    assert ask(browser, issue)["progress"] == ""

    told = last(issue, Action.REQUEST_EXTENSION).detail
    assert (told["asked"], told["filled"]) == ([], [])
    assert of(people.sun).asked == 0


def test_an_instruction_is_answered_from_what_was_reported_since(browser, make_issue, reported):
    make_issue.act(
        Action.INSTRUCT, reported, "zhao", text="请说明进展。", due_on="2025-11-28", unit=BAZHOU
    )
    url = f"/issues/{reported.number}/acts/reply_instruction"
    lead = browser.as_("chenlead")
    assert lead.get(url).form(url).drawn()["text"] == TEXT

    clock.stand_still(date(2025, 11, 27))
    other = make_issue(Status.RECTIFYING, primary_unit=ENYANG, region=ENYANG, measures=PLAIN)
    make_issue.act(Action.REPORT_PROGRESS, other, "wu", text=TEXT)
    clock.stand_still(date(2025, 11, 28))
    make_issue.act(
        Action.INSTRUCT, other, "zhao", text="请说明进展。", due_on="2025-11-28", unit=ENYANG
    )
    url = f"/issues/{other.number}/acts/reply_instruction"
    assert (
        browser.as_("wulead").get(url).form(url).drawn()["text"] == ""
    )  # told before it was asked


@pytest.mark.parametrize("action", [one.act for one in FORMS if isinstance(one.act, Action)])
def test_every_form_is_drawn_with_all_that_is_known(people, make_issue, reported, action):
    make_issue.act(
        Action.INSTRUCT, reported, "zhao", text="请说明进展。", due_on="2025-11-28", unit=BAZHOU
    )
    names = known.names(action, reported, people.chenlead)
    assert names <= values.drawn(action, reported, people.chenlead)


@pytest.mark.postgresql
def test_returns_count_for_who_filed_by_the_ground_that_is_said(
    browser, make_issue, people, reported
):
    url = f"/issues/{reported.number}/acts/return_progress"
    browser.as_("liu").get(url)
    make_issue.act(Action.RETURN_PROGRESS, reported, "sun", reason="缺盖章", ground="form")
    make_issue.act(Action.REPORT_PROGRESS, reported, "chen", text=f"{TEXT}已盖章。")
    make_issue.act(Action.RETURN_PROGRESS, reported, "sun", reason="数字不实", ground="substance")
    make_issue.act(Action.REPORT_PROGRESS, reported, "chen", text=f"{TEXT}已更正。")
    make_issue.act(Action.RETURN_PROGRESS, reported, "sun", reason="再核")

    for code in ("", BAZHOU):
        total = of(people.sun, code)
        assert (total.form, total.substance, total.unsaid, total.forms) == (1, 1, 1, 4)
    assert of(people.sun, ENYANG).form == 0
    page = browser.as_("sun").get(f"{HOME}/events", what="form", year=2025, act="report_progress")
    assert "缺盖章" in page.text
    assert "数字不实" not in page.text
    assert "退回的形式、实质自2025-11-25起计" in browser.as_("sun").get(HOME, year=2025).text
    assert "退回属于：形式" in browser.as_("sun").get(f"/issues/{reported.number}").text


def test_a_units_leader_sees_the_own_unit_and_nothing_else(browser, make_issue, reported):
    other = make_issue(Status.RECTIFYING, primary_unit=ENYANG, region=ENYANG, measures=PLAIN)
    make_issue.act(Action.REPORT_PROGRESS, other, "wu", text=TEXT)
    lead = browser.as_("chenlead")

    page = lead.get(HOME, year=2025)
    assert "巴州区" in page.text
    assert "恩阳区" not in page.text
    lead.get(HOME, 404, year=2025, unit=ENYANG)
    lead.get(f"{HOME}/events", 404, year=2025, unit=ENYANG, what="forms")
    listed = lead.get(f"{HOME}/events", year=2025, what="forms")
    assert reported.number in listed.text
    assert other.number not in listed.text
    for name in ("zhao", "zhou", "sun"):
        assert "恩阳区" in browser.as_(name).get(HOME, year=2025).text
    for name in ("chen", "he", "lin", "sysadmin"):
        browser.as_(name).get(HOME, 403)


def test_each_number_leads_to_as_many_acts(browser, make_issue, reported):
    make_issue.act(Action.RETURN_PROGRESS, reported, "sun", reason="缺盖章", ground="form")
    page = browser.as_("sun").get(HOME, year=2025)

    for cell in page.tree.all("a", class_="num"):
        listed = browser.as_("sun").get(cell["href"])
        assert len(listed.tree.one("table").all("tr")) - 1 == int(cell.text)


def test_the_workbook_says_what_the_page_says(browser, people, reported):
    ask(browser, reported)
    answer = browser.as_("sun").get("/burden.xlsx", year=2025)
    book = load_workbook(io.BytesIO(answer.answer.data))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    own = next(row for row in rows if row[0] == "巴州区")

    assert own[1:7] == of(people.sun, BAZHOU)[2:]


def test_the_page_asks_the_same_of_many_acts(browser, make_issue, reported):
    sun = browser.as_("sun")
    sun.get(HOME, year=2025)
    few = len(sun.get(HOME, year=2025).statements)
    for _ in range(4):
        one = make_issue(Status.RECTIFYING, primary_unit=ENYANG, region=ENYANG, measures=PLAIN)
        make_issue.act(Action.REPORT_PROGRESS, one, "wu", text=TEXT)
    assert len(sun.get(HOME, year=2025).statements) == few


def test_what_is_no_kind_of_figure_is_not_there(browser, reported):
    browser.as_("sun").get(f"{HOME}/events", 404, what="nothing", year=2025)
    assert "没有填表和退回的记录" in browser.as_("sun").get(HOME, year=2019).text


def test_a_page_past_the_end_is_the_last_one(browser, reported, monkeypatch):
    monkeypatch.setattr(queries, "PER_PAGE", 1)
    sun = browser.as_("sun")
    asked = {"year": 2025, "what": "forms"}
    first, beyond = (sun.get(f"{HOME}/events", page=page, **asked) for page in (1, 9999))

    assert "共 2 条" in first.text
    assert (
        beyond.tree.one("main").text
        == sun.get(f"{HOME}/events", page=2, **asked).tree.one("main").text
    )
    assert beyond.tree.one("table").text != first.tree.one("table").text
