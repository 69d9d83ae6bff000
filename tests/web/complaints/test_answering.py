"""By when a letter is to be answered: shown, filtered, reminded of, and at rest once answered."""

from datetime import date, timedelta

import pytest
from caller import Callers
from hypothesis import given, settings, strategies as st

from extensions import transaction
from issues.ground import clock
from issues.queries.complaints.answering import clock_of, owed
from issues.queries.messages.deadlines import coming
from issues.rules.dates.letters import answer_due
from issues.rules.policy import Policy
from issues.vocabulary import Status

HANDED_OVER = date(2025, 3, 1)


def test_the_last_day_is_ten_days_after_and_of_a_starred_letter_seven():
    policy = Policy.default()
    assert answer_due(HANDED_OVER, policy, is_starred=False) == date(2025, 3, 11)
    assert answer_due(HANDED_OVER, policy, is_starred=True) == date(2025, 3, 8)


@settings(max_examples=30, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 366), st.integers(1, 366))
def test_the_days_are_those_of_the_policy(day, plain, starred):
    policy = Policy.from_document({"letter_days": plain, "starred_letter_days": starred})
    assert (answer_due(day, policy, is_starred=False) - day).days == plain
    assert (answer_due(day, policy, is_starred=True) - day).days == starred


@pytest.mark.both
def test_a_letter_is_owed_near_and_late_until_it_is_settled_for_now(make_issue, people, app):
    issue = make_issue(Status.RECTIFYING, source="YX")
    make_issue(Status.ASSIGNED)  # no letter
    start, api = issue.first_assigned_on, Callers(app).sun
    today = clock.today()

    def stands(days, *, starred=False, **changes):
        """Handed over so many days ago; what page, filter, reminder and ticket say."""
        with transaction():
            issue.first_assigned_on = today - timedelta(days=days)
            issue.is_starred = starred
            for name, value in changes.items():
                setattr(issue, name, value)
        counts = owed(people.sun, today)
        for name in ("owed", "near", "overdue"):
            found = api.get(f"/issues?letter={name}")["items"]
            assert len(found) == getattr(counts, name), name
        told = clock_of(issue, today)
        reminded = [one for one in coming(today, today + timedelta(days=3)) if one.sort == "letter"]
        assert len(reminded) == counts.near
        assert all(one.on == told.due for one in reminded)
        return tuple(counts), told and told.left

    assert start is not None
    assert stands(6) == ((1, 0, 0), 4)
    assert stands(7) == ((1, 1, 0), 3)
    assert stands(10) == ((1, 1, 0), 0)
    assert stands(11) == ((1, 0, 1), -1)
    assert stands(7, starred=True) == ((1, 1, 0), 0)
    assert stands(8, starred=True) == ((1, 0, 1), -1)
    assert stands(20, interim_on=today) == ((0, 0, 0), None)
    assert stands(20, interim_on=None, claimed_on=today) == ((0, 0, 0), None)
    assert stands(20, claimed_on=None, round=2) == ((0, 0, 0), None)
    assert api.get("/issues?letter=nonsense")["items"] == []


def test_ticket_and_letters_page_tell_the_day_and_only_who_sees_it_is_counted(
    make_issue, people, browser
):
    issue = make_issue(Status.RECTIFYING, source="YX")
    due = issue.first_assigned_on + timedelta(days=10)

    assert f"答复期限{due}" in browser.as_("sun").get(f"/issues/{issue.number}").text
    assert "letter=owed" in browser.as_("sun").get("/complaints").html
    assert owed(people.sun, clock.today()).owed == 1
    assert owed(people.wu, clock.today()).owed == 0
