"""Each rule's small print (docs/rules.md)."""

from datetime import date, timedelta

import pytest
from paper import (
    ASSIGNED,
    DEFAULT,
    DUE,
    EVERYTHING,
    compiled,
    firing,
    quantified,
    rules_on,
    since,
    ticket,
)

from issues.rules.dates.workdays import Workdays
from issues.rules.facts import ClaimFacts, MeasureFacts
from issues.rules.firings import first_days
from issues.rules.policy import Policy
from issues.vocabulary import (
    LASTING,
    OFF_BOARD,
    OPEN,
    DeadlineKind,
    Rule,
    Source,
    Status,
)

LATE = date(2027, 1, 1)


def test_every_rule_fires_where_its_facts_exist():
    assert rules_on(ticket(**EVERYTHING), LATE) == set(Rule)


@pytest.mark.parametrize("status", sorted(OFF_BOARD))
def test_tickets_on_no_board_fire_nothing(status):
    assert compiled(ticket(status=status, **EVERYTHING)) == []


def test_a_closed_ticket_keeps_only_what_was_found_on_it():
    assert rules_on(ticket(status=Status.CLOSED, **EVERYTHING), LATE) == {Rule.R6}


@pytest.mark.parametrize("status", sorted(OPEN - {Status.RECTIFYING, Status.STANDING}))
def test_reports_are_missed_only_while_rectifying_or_standing(status):
    assert rules_on(ticket(status=status, **EVERYTHING), LATE) == set(Rule) - {Rule.Y4}


def test_by_measures_rests_the_ticket_deadline():
    facts = ticket(kind=DeadlineKind.BY_MEASURES, **EVERYTHING)

    assert rules_on(facts, LATE) == set(Rule) - {Rule.Y1, Rule.R1}


@pytest.mark.parametrize("case", [{"kind": DeadlineKind.STANDING}, {"status": Status.STANDING}])
def test_standing_never_fires_y1_r1_r2(case):
    assert rules_on(ticket(**case, **EVERYTHING), LATE) == set(Rule) - {Rule.Y1, Rule.R1, Rule.R2}


@pytest.mark.parametrize("kind", sorted(LASTING - {DeadlineKind.STANDING}))
def test_then_standing_behaves_as_its_first_word_until_closed(kind):
    assert rules_on(ticket(kind=kind), LATE) == {Rule.Y1, Rule.R1}


def test_nothing_is_dated_before_the_assignment_of_the_round():
    facts = ticket(assigned=date(2025, 12, 20), **EVERYTHING)

    assert min(f.since for f in compiled(facts)) == date(2025, 12, 20)


def test_a_late_claim_rests_nothing():
    facts = ticket(status=Status.SITE_CHECK, claims=(ClaimFacts(date(2026, 1, 2)),))

    assert rules_on(facts, date(2026, 1, 2)) == {Rule.Y1, Rule.R1}
    assert firing(facts, Rule.R1).because(date(2026, 1, 5)) == (
        "时限2025年12月31日，已过5天，2026年1月2日才申请验收"
    )


def test_a_claim_on_the_deadline_day_is_in_time():
    facts = ticket(status=Status.FIRST_ACCEPTANCE, claims=(ClaimFacts(DUE),))

    assert rules_on(facts, LATE) == set()


def test_an_upheld_objection_ends_the_claim_and_is_no_return():
    claim = ClaimFacts(date(2025, 12, 1), date(2026, 2, 1), is_return=False)

    assert rules_on(ticket(claims=(claim,)), date(2026, 2, 1)) == {Rule.Y1, Rule.R1}


def test_a_second_claim_in_time_rests_again():
    claims = (ClaimFacts(date(2025, 11, 1), date(2025, 11, 9)), ClaimFacts(date(2025, 12, 30)))

    assert rules_on(ticket(status=Status.SITE_CHECK, claims=claims), LATE) == {Rule.Y5}


def test_grace_moves_overdue_alone():
    policy = Policy.from_document({"overdue_grace": 5})

    assert since(ticket(), Rule.R1, policy) == date(2026, 1, 6)
    assert since(ticket(), Rule.Y1, policy) == date(2025, 12, 1)


def test_a_lag_without_a_start_counts_from_the_assignment():
    measure = quantified(0, start=None, deadline=ASSIGNED + timedelta(days=100))
    facts = ticket(measures=(measure,))

    assert since(facts, Rule.Y2) == ASSIGNED + timedelta(days=10)
    assert since(facts, Rule.R2) == ASSIGNED + timedelta(days=31)


def test_more_than_nine_tenths_never_lags_and_exactly_nine_tenths_does_on_the_deadline():
    assert since(ticket(measures=(quantified(54),)), Rule.Y2) == date(2025, 4, 11)
    assert since(ticket(measures=(quantified(54.01),)), Rule.Y2) is None
    assert since(ticket(measures=(quantified(42),)), Rule.R2) is None


@pytest.mark.parametrize(
    "measure",
    [
        quantified(0, done=True),
        quantified(60),
        quantified(61),
        MeasureFacts(1, date(2025, 1, 1), None),
    ],
)
def test_a_finished_or_undated_measure_colours_nothing(measure):
    assert rules_on(ticket(measures=(measure,)), date(2025, 6, 1)) == set()


@pytest.mark.parametrize("start", [date(2025, 4, 11), date(2025, 5, 1)])
def test_a_measure_that_starts_on_its_deadline_or_later_lags_from_its_deadline(start):
    facts = ticket(measures=(quantified(0, start=start),))

    assert since(facts, Rule.Y2) == since(facts, Rule.R2) == date(2025, 4, 11)


@pytest.mark.parametrize(
    ("source", "reporting_from", "last_report", "due"),
    [
        (Source.AF, date(2025, 1, 5), None, date(2025, 2, 28)),
        (Source.AF, date(2025, 1, 31), None, date(2025, 2, 28)),
        (Source.AF, date(2025, 1, 5), date(2025, 1, 30), date(2025, 2, 28)),
        (Source.AF, date(2025, 1, 5), date(2025, 3, 1), date(2025, 4, 30)),
        (Source.AF, date(2025, 12, 2), None, date(2026, 1, 31)),
        (Source.GZ, date(2025, 1, 5), None, date(2025, 3, 31)),
        (Source.GZ, date(2025, 3, 1), None, date(2025, 6, 30)),
        (Source.GZ, date(2025, 1, 5), date(2025, 4, 2), date(2025, 6, 30)),
    ],
)
def test_the_first_report_not_covered(source, reporting_from, last_report, due):
    facts = ticket(source=source, reporting_from=reporting_from, last_report_on=last_report)

    assert firing(facts, Rule.Y4).facts["due"] == due.isoformat()


def test_first_days_hold_the_earliest_of_each_rule():
    measures = tuple(MeasureFacts(n, None, date(2025, n, 1)) for n in (6, 3, 9))
    days = first_days(compiled(ticket(measures=measures)))

    assert days[Rule.Y3] == date(2025, 3, 2)
    assert set(days) == {Rule.Y1, Rule.R1, Rule.Y3, Rule.R3}


def test_a_deadline_at_the_end_of_the_calendar_never_fires():
    facts = ticket(due=date.max, measures=(MeasureFacts(1, None, date.max),))

    assert rules_on(facts, date(9999, 1, 1)) == set()
    assert Rule.R1 not in first_days(compiled(facts, DEFAULT, Workdays()))
