"""The worked examples of docs/rules.md, one by one: window 365 days, due 2025-12-31."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from paper import ASSIGNED, CALENDAR, DEFAULT, DUE, compiled, quantified, rules_on, ticket

from issues.rules.colour import computed_colour, next_change, thresholds
from issues.rules.dates.windows import near_days
from issues.rules.facts import ClaimFacts, ExposureFacts, MeasureFacts
from issues.vocabulary import Colour, DeadlineKind, Rule, Status


def colour_of(facts, day):
    yellow_from, red_from = thresholds(compiled(facts))
    row = SimpleNamespace(status=facts.status, yellow_from=yellow_from, red_from=red_from, card="")
    return computed_colour(row, day)


@pytest.mark.parametrize(("window", "near"), [(365, 30), (60, 15), (20, 5), (10, 3), (0, 3)])
def test_the_nearness_of_a_window(window, near):
    assert near_days(DUE - timedelta(days=window), DUE, DEFAULT) == near


def test_thirty_days_before_the_deadline_it_turns_yellow():
    assert colour_of(ticket(), date(2025, 11, 30)) is Colour.GREEN
    assert colour_of(ticket(), date(2025, 12, 1)) is Colour.YELLOW
    assert rules_on(ticket(), date(2025, 12, 1)) == {Rule.Y1}


def test_the_deadline_day_is_still_in_time():
    assert colour_of(ticket(), date(2025, 12, 31)) is Colour.YELLOW
    assert colour_of(ticket(), date(2026, 1, 1)) is Colour.RED
    assert rules_on(ticket(), date(2026, 1, 1)) == {Rule.Y1, Rule.R1}


@pytest.mark.parametrize(
    ("confirmed_of_1000", "colour"),
    [
        (401, Colour.GREEN),  # 9.9 points behind on the fiftieth day of a hundred
        (400, Colour.YELLOW),  # exactly 10
        (200, Colour.YELLOW),  # exactly 30
        (199, Colour.RED),  # 30.1
    ],
)
def test_points_of_lag_on_the_fiftieth_day_of_a_hundred(confirmed_of_1000, colour):
    measure = quantified(confirmed_of_1000, target=1000)

    assert colour_of(ticket(measures=(measure,)), date(2025, 2, 20)) is colour


def test_a_claim_made_in_time_and_under_review_leaves_the_other_rules_only():
    claim = ClaimFacts(claimed_on=date(2025, 12, 30))
    under_review = ticket(status=Status.SITE_CHECK, claims=(claim,))

    assert rules_on(under_review, date(2026, 1, 5)) == set()


def test_that_claim_returned_is_dated_as_if_never_made():
    claim = ClaimFacts(claimed_on=date(2025, 12, 30), ended_on=date(2026, 1, 4))
    returned = ticket(claims=(claim,))

    assert colour_of(returned, date(2026, 1, 5)) is Colour.RED
    assert rules_on(returned, date(2026, 1, 5)) == {Rule.Y1, Rule.R1, Rule.Y5}
    assert thresholds(compiled(returned)) == (date(2025, 12, 1), date(2026, 1, 1))


def test_a_measure_fifteen_days_late_is_yellow_and_sixteen_is_red():
    facts = ticket(measures=(MeasureFacts(1, date(2025, 4, 10), date(2025, 8, 31)),))

    assert colour_of(facts, date(2025, 8, 31)) is Colour.GREEN
    assert rules_on(facts, date(2025, 9, 1)) == {Rule.Y3}
    assert colour_of(facts, date(2025, 9, 15)) is Colour.YELLOW
    assert rules_on(facts, date(2025, 9, 16)) == {Rule.Y3, Rule.R3}


def test_a_quarterly_report_four_working_days_late_is_yellow():
    facts = ticket(
        status=Status.STANDING,
        kind=DeadlineKind.STANDING,
        due=None,
        reporting_from=date(2025, 3, 5),
        last_report_on=date(2025, 7, 1),
    )
    fourth = CALENDAR.add(date(2025, 9, 30), 4)

    assert fourth == date(2025, 10, 13)  # after the holiday: 9, 10, 11 (made up), 13 October
    assert rules_on(facts, date(2025, 10, 12)) == set()
    assert rules_on(facts, fourth) == {Rule.Y4}
    assert colour_of(facts, fourth) is Colour.YELLOW


def test_a_provincial_bulletin_is_red_at_once():
    facts = ticket(exposures=(ExposureFacts(date(2025, 5, 6), "省级通报"),))

    assert colour_of(facts, date(2025, 5, 5)) is Colour.GREEN
    assert rules_on(facts, date(2025, 5, 6)) == {Rule.R5}
    assert colour_of(facts, date(2025, 5, 6)) is Colour.RED


def test_the_next_change_of_the_interface_example():
    """The example of the API: on 2025-09-10 yellow by Y3 since 09-01, red by R3 on 09-16."""
    measure = MeasureFacts(1, date(2025, 4, 10), date(2025, 8, 31))
    found = compiled(ticket(assigned=date(2025, 4, 10), measures=(measure,)))
    day = date(2025, 9, 10)

    assert found[0].since == date(2025, 9, 1)
    assert found[0].because(day) == "措施1时限2025年8月31日，已过10天，未确认完成"
    change = next_change(found, day, Status.RECTIFYING)
    assert change == (date(2025, 9, 16), Colour.RED, (Rule.R3,))


def test_the_window_of_the_examples_is_a_year():
    assert (DUE - ASSIGNED).days == 365
