"""Deadlines counted from the assignment have their day from the assignment on."""

from datetime import date

import pytest
from make import FOUND_ON

from issues.colour.facts_of import measures_of
from issues.ground.refusals import Incomplete
from issues.vocabulary import Action, DeadlineKind, Status

pytestmark = pytest.mark.both
WORDS = {"deadline": None, "deadline_text": "交办之日起15个工作日内"}
STEP = {"text": "排查管网", "deadline_text": "交办之日起10日内"}
BY_THE_CALENDAR = date(2025, 10, 29)
"""9 October is a Thursday; Saturday the 11th is worked."""


def days(issue):
    return [issue.deadline, *(measure.deadline for measure in measures_of(issue))]


def test_the_day_comes_with_the_assignment_and_goes_with_it(make_issue):
    draft = make_issue(Status.DRAFT, **WORDS)
    make_issue.act(Action.EDIT, draft, "sun", measures=[STEP])
    assert (draft.deadline_kind, days(draft)) == (DeadlineKind.FIXED, [None, None])

    make_issue.advance(draft, Status.ASSIGNED, FOUND_ON)
    assert days(draft) == [BY_THE_CALENDAR, date(2025, 10, 19)]

    make_issue.act(Action.DECLINE, draft, "chen", reason="不属本单位")
    assert days(draft) == [None, None]


def test_a_measure_that_would_end_after_its_ticket_stops_the_assignment(make_issue):
    draft = make_issue(Status.DRAFT, **WORDS)
    late = {"text": "修复管网", "deadline_text": "交办之日起60日内"}
    make_issue.act(Action.EDIT, draft, "sun", measures=[late])

    with pytest.raises(Incomplete) as refused:
        make_issue.advance(draft, Status.ASSIGNED, FOUND_ON)

    assert refused.value.errors == {
        "measures": ["措施1：措施时限2025年12月8日晚于本事项的整改时限2025年10月29日"]
    }


def test_a_day_beside_the_words_is_not_lost_without_a_word(make_issue):
    with pytest.raises(Incomplete) as refused:
        make_issue(Status.DRAFT, deadline="2025-10-31", deadline_text="交办之日起15日内")

    assert "交办时才有日期" in refused.value.errors["deadline"][0]


def test_the_plan_of_an_assigned_ticket_is_counted_from_its_assignment(make_issue):
    step = dict(STEP, start="2025-10-12")
    issue = make_issue(
        Status.PLAN_REVIEW, deadline=None, deadline_text="2025年底前", measures=[step]
    )

    assert [measure.deadline for measure in measures_of(issue)] == [date(2025, 10, 19)]
