"""The working-day calendar: filled from the yearly notice, and what it moves at once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from extensions import db
from issues.models import CalendarDay, Event
from issues.policies import workdays
from issues.vocabulary import Status

LINES = "2027-01-01至2027-01-03 休 元旦\n2027-01-10 班 元旦"


def fill(browser, name="sun", expect=200, **changes):
    said = {"year": "2027", "document": "国办发明电〔2026〕7号", "days": LINES} | changes
    return browser.as_(name).post("/admin/calendar", expect, **said)


def test_a_filled_year_counts_as_published(browser):
    assert workdays().guessed(date(2027, 1, 1), date(2027, 1, 31))

    fill(browser)

    known = workdays()
    assert not known.guessed(date(2027, 1, 1), date(2027, 12, 31))
    assert [known.is_workday(date(2027, 1, day)) for day in (1, 4, 9, 10)] == [
        False, True, False, True,
    ]  # fmt: skip


def test_history_names_the_notice(browser):
    fill(browser)

    row = db.session.scalars(select(Event).where(Event.subject == "calendar")).one()
    assert (row.subject_id, row.reason) == (2027, "国办发明电〔2026〕7号")


def test_a_publicity_that_runs_over_the_holidays_ends_later(browser, make_issue):
    issue = make_issue(Status.PUBLICITY)
    before = issue.publicity_until

    fill(browser, year="2025", days="2025-11-10至2025-11-14 休 试验")

    db.session.refresh(issue)
    assert issue.publicity_until == before + timedelta(days=7)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"year": "1900"}, "年份应在2000至2099之间"),
        ({"document": " "}, "请填写放假通知的文号"),
        ({"days": "2027-01-01 休\n2027-01-01 休"}, "与第1行重复"),
        ({"days": "2026-12-31 休"}, "不在2027年内"),
        ({"days": "2027-01-05 班"}, "本是工作日"),
        ({"days": "2027-02-30 休"}, "不是日历上有的日子"),
        ({"days": "元旦放假"}, "应写作"),
    ],
)
def test_what_cannot_be_read_is_told_by_line_and_nothing_is_kept(browser, changes, sentence):
    page = fill(browser, expect=422, **changes)

    assert sentence in page.text
    assert db.session.scalar(select(func.count(CalendarDay.day))) == 0


def test_who_fills_and_who_reads(browser):
    fill(browser, name="sysadmin")
    browser.as_("lin").get("/admin/calendar")
    fill(browser, name="lin", expect=403)
    browser.as_("chen").get("/admin/calendar", 403)
