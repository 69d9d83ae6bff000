"""Why a rule fires and what ends it, with the arithmetic as of a day."""

from datetime import date, timedelta

from paper import EVERYTHING, compiled, firing, quantified, ticket

from issues.rules.firings import Firing
from issues.vocabulary import Rule

LATE = date(2027, 1, 1)


def test_an_unpublished_year_is_named_where_it_was_used():
    facts = ticket(reporting_from=date(2026, 11, 2))
    sure = ticket(reporting_from=date(2025, 11, 2))

    assert "该年度放假安排未公布" in firing(facts, Rule.Y4).because(date(2027, 1, 20))
    assert "未公布" not in firing(sure, Rule.Y4).because(date(2026, 1, 20))


def test_the_lag_is_explained_with_its_sum():
    """80 days into a line of 100, half done: exactly 30 points behind, red tomorrow."""
    facts = ticket(measures=(quantified(30),))

    assert firing(facts, Rule.Y2).because(date(2025, 3, 22)) == (
        "措施2完成30/60个，今日序时应完成48个，滞后30个百分点，已到黄色线10、未过红色线30；再过1天转红"
    )
    assert firing(facts, Rule.R2).since == date(2025, 3, 23)
    assert firing(facts, Rule.R2).because(date(2025, 3, 23)) == (
        "措施2完成30/60个，今日序时应完成48.6个，滞后31个百分点，已过红色线30"
    )


def test_a_lag_just_over_the_line_is_not_rounded_onto_it():
    measure = quantified(199_999, target=1_000_000)
    found = firing(ticket(measures=(measure,)), Rule.R2)

    assert found.since == date(2025, 2, 20)
    assert "滞后30.0001个百分点，已过红色线30" in found.because(found.since)


def test_nearness_is_explained_with_its_sum():
    found = firing(ticket(assigned=date(2025, 11, 1)), Rule.Y1)

    assert found.because(found.since) == (
        "时限2025年12月31日，还剩15天，未申请验收；办理期限60天的25%为15天，限3至30天，提前15天为临期"
    )


def test_every_firing_says_why_and_what_ends_it_and_survives_json():
    found = compiled(ticket(unable_on=date(2025, 6, 1), **EVERYTHING))

    for one in found:
        for day in (one.since - timedelta(days=9), one.since, LATE):
            assert "None" not in one.because(day)
        assert one.remedy()
        assert Firing.from_document(one.document()) == one
