"""The working-day calendar: filled from the yearly notice, and what it moves at once."""

import io
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from extensions import db, transaction
from issues.colour.policies import workdays
from issues.ground import clock
from issues.models import CalendarDay, Event, Issue
from issues.vocabulary import Action, Status

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


def csv(text):
    return (io.BytesIO(text.encode("gb18030")), "放假.csv")


def send(browser, file, expect=200):
    sun = browser.as_("sun")
    said = sun.bare({"year": "2027", "document": "国办发明电〔2026〕7号"})
    return sun.send("/admin/calendar", expect, file=file, **said)


def test_a_year_is_uploaded_as_a_table(browser):
    text = "日期,安排,名称\n2027-01-01,2027-01-03,休,元旦\n2027-01-10,班,元旦\n"

    send(browser, csv(text))

    assert [workdays().is_workday(date(2027, 1, day)) for day in (1, 3, 4, 10)] == [
        False, False, True, True,
    ]  # fmt: skip


def test_rows_that_overlap_are_refused_and_nothing_is_kept(browser):
    page = send(browser, csv("2027-02-01,2027-02-07,休,春节\n2027-02-05,休,春节\n"), 422)

    assert "第2行：2027-02-05与第1行重复" in page.text
    assert db.session.scalar(select(func.count(CalendarDay.day))) == 0


def test_a_guessed_year_is_marked_where_it_was_used_until_it_is_filled(browser, make_issue):
    issue = make_issue(Status.PUBLICITY)
    with transaction():
        row = db.session.get(Issue, issue.id)
        row.publicity_from, row.publicity_until = date(2027, 3, 1), date(2027, 3, 15)
    address = f"/issues/{issue.number}"
    mark = "2027-03-15 （该年度放假安排未公布，按周一至周五推算）"
    assert mark in browser.as_("sun").get(address).text

    fill(browser)

    assert "该年度放假安排未公布，按周一至周五推算" not in browser.as_("sun").get(address).text


def test_a_missed_report_is_dated_anew_when_its_year_is_filled(browser, make_issue):
    clock.stand_still(date(2026, 11, 10))
    issue = make_issue(
        found_on=date(2026, 11, 2), deadline="2027-06-30", measures=({"text": "清运"},)
    )
    clock.stand_still(date(2026, 12, 20))
    make_issue.act(Action.REPORT_PROGRESS, issue, "chen", text="正在清运。")
    (before,) = [one for one in issue.firings if one["rule"] == "Y4"]
    assert before["facts"]["guessed"]

    fill(browser, days="2027-02-01至2027-02-07 休 春节")

    db.session.refresh(issue)
    (after,) = [one for one in issue.firings if one["rule"] == "Y4"]
    assert not after["facts"]["guessed"]
    assert after["since"] > before["since"]
