"""The calendar of one's deadlines: by a secret of one's own, with the rights of the moment."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings, strategies as st
from people import ENYANG
from sqlalchemy import select

from auth import people as accounts
from extensions import db, transaction
from issues import acts
from issues.messages import feeds
from issues.messages.ical import WIDTH, Entry, calendar
from issues.models import FeedPass, IssueUnit
from issues.vocabulary import Action, Status

URL = "/api/v1/feeds/deadlines.ics"
AT = datetime(2025, 11, 25, 4, 0, tzinfo=UTC)
TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\x85\u2028\u2029")
)


def parsed(text):
    """The events of a calendar, read as RFC 5545 says and not as it was written."""
    assert text.endswith("\r\n")
    unfolded = []
    for line in text[:-2].split("\r\n"):
        assert "\n" not in line
        assert len(line.encode()) <= WIDTH
        if line.startswith(" "):
            unfolded[-1] += line[1:]
        else:
            unfolded.append(line)
    events = []
    for line in unfolded:
        name, value = line.split(":", 1)
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and name != "END":
            events[-1][name] = unescaped(value)
    return events


def unescaped(value):
    told, signs = "", iter(value)
    for sign in signs:
        following = next(signs) if sign == "\\" else ""
        told += ("\n" if following in {"n", "N"} else following) if sign == "\\" else sign
    return told


@settings(max_examples=60)
@given(TEXT, TEXT, st.dates(date(2000, 1, 1), date(2099, 12, 30)))
def test_whatever_is_written_is_read_again(uid, summary, on):
    text = calendar("督办时限", [Entry(uid, on, summary, "https://d.cn/x")], AT)

    (event,) = parsed(text)
    assert (event["UID"], event["SUMMARY"]) == (uid, summary)
    assert event["DTSTART;VALUE=DATE"] == f"{on:%Y%m%d}"
    assert event["DTSTAMP"] == "20251125T040000Z"


def test_lines_that_are_not_folded_or_escaped_are_found(monkeypatch):
    entry = Entry("a", date(2025, 1, 1), "督办" * 40 + "，;\\", "https://d.cn/x")
    monkeypatch.setattr("issues.messages.ical.folded", str)
    with pytest.raises(AssertionError):
        parsed(calendar("x", [entry], AT))


def secret_of(person):
    with transaction():
        return feeds.make(person)


@pytest.mark.both
def test_ones_deadlines_and_nobody_elses_by_number_and_link(people, make_issue, browser):
    issue = make_issue(Status.RECTIFYING, title="某砂石厂夜间偷排")
    mine, other = secret_of(people.chen), secret_of(people.wu)
    page = browser.stranger.get(URL, token=mine)
    events = parsed(page.answer.text)

    assert page.answer.mimetype == "text/calendar"
    assert [(one["SUMMARY"], one["DTSTART;VALUE=DATE"]) for one in events] == [
        (f"整改时限 {issue.number}", "20260630"),
        (f"措施时限 {issue.number} 措施1", "20260331"),
        (f"措施时限 {issue.number} 措施2", "20260630"),
    ]
    assert all(one["URL"].endswith(f"/issues/{issue.number}") for one in events)
    assert "砂石厂" not in page.answer.text
    assert parsed(browser.stranger.get(URL, token=other).answer.text) == []
    uids = [one["UID"] for one in events]
    again = parsed(browser.stranger.get(URL, token=mine).answer.text)
    assert [one["UID"] for one in again] == uids


@pytest.mark.both
def test_rights_are_those_of_the_moment(people, make_issue, browser):
    issue = make_issue(Status.RECTIFYING)
    secret = secret_of(people.wu)
    with transaction():
        detail = {"fields": {"supporting_units": [ENYANG]}, "reason": "一并负责"}
        acts.do(Action.AMEND, issue, people.sun, detail)
    assert issue.number in browser.stranger.get(URL, token=secret).answer.text
    with transaction():
        which = IssueUnit.issue_id == issue.id, IssueUnit.unit_id == people.wu.unit_id
        for row in db.session.scalars(select(IssueUnit).where(*which)):
            db.session.delete(row)

    assert issue.number not in browser.stranger.get(URL, token=secret).answer.text
    with transaction():
        accounts.disable(people.sysadmin, people.wu.id)
    browser.stranger.get(URL, 404, token=secret)


@pytest.mark.both
def test_the_secret_is_kept_by_nobody_and_ended_by_its_owner(people, browser, caplog):
    chen = browser.as_("chen")
    made = chen.post("/account/feed", via="/account/addresses")
    secret = re.search(r"token=([\w-]+)", made.html)[1]
    row = db.session.scalars(select(FeedPass)).one()
    assert secret not in row.digest
    caplog.set_level("DEBUG")
    browser.stranger.get(URL, token=secret)
    assert secret not in caplog.text
    assert secret not in chen.get("/account/addresses").html

    chen.post("/account/feed", via="/account/addresses")
    browser.stranger.get(URL, 404, token=secret)
    for wrong in ("", "x", "x" * 500):
        browser.stranger.get(URL, 404, token=wrong)
    chen.post("/account/feed/end", via="/account/addresses")
    assert [one.ended_at is None for one in db.session.scalars(select(FeedPass))] == [False, False]
    browser.as_("chen").get(URL, 404)
