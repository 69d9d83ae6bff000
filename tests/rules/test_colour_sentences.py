"""Why a rule fires and what ends it, with the arithmetic as of a day."""

import re
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st
from paper import EVERYTHING, compiled, firing, quantified, ticket

from issues.queries.ground.colouring import reasons_of
from issues.rules.colour import reasons
from issues.rules.firings import Firing
from issues.vocabulary import Rule

LATE = date(2027, 1, 1)
DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
OWED = re.compile(r"完成[\d.]+/([\d.]+)个，今日序时应完成([\d.]+)个")


def test_an_unpublished_year_is_named_where_it_was_used():
    facts = ticket(reporting_from=date(2026, 11, 2))
    sure = ticket(reporting_from=date(2025, 11, 2))

    assert "该年度放假安排未公布" in firing(facts, Rule.Y4).because(date(2027, 1, 20))
    assert "未公布" not in firing(sure, Rule.Y4).because(date(2026, 1, 20))


def test_the_lag_is_explained_with_its_sum():
    """80 days into a line of 100, half done: exactly 30 points behind, red tomorrow."""
    facts = ticket(measures=(quantified(30),))

    assert firing(facts, Rule.Y2).because(date(2025, 3, 22)) == (
        "措施2（2025年1月1日至2025年4月11日）完成30/60个，今日序时应完成48个，滞后30个百分点，"
        "已到黄色线10、未过红色线30；本措施再过1天超过红色线"
    )
    assert firing(facts, Rule.R2).since == date(2025, 3, 23)
    assert firing(facts, Rule.R2).because(date(2025, 3, 23)) == (
        "措施2（2025年1月1日至2025年4月11日）完成30/60个，今日序时应完成48.6个，滞后31个百分点，"
        "已过红色线30"
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
        assert one.remedy(LATE)
        assert Firing.from_document(one.document()) == one


@pytest.mark.parametrize("days", [-30, 0, 1, 15, 16, 60, 400])
def test_no_advice_is_past_its_day(days):
    """“在9月30日前申请验收即解除”, read in November, is no advice."""
    for one in compiled(ticket(unable_on=date(2025, 6, 1), **EVERYTHING)):
        day = one.since + timedelta(days=days)
        named = [date(*map(int, found)) for found in DAY.findall(one.remedy(day))]

        assert all(on >= day for on in named), f"{one.rule.value} on {day}: {one.remedy(day)}"


def test_advice_to_claim_in_time_is_given_while_there_is_time():
    near = firing(ticket(assigned=date(2025, 11, 1)), Rule.Y1)

    assert "在2025年12月31日（含当日）前申请验收即解除" in near.remedy(date(2025, 12, 31))
    assert "申请验收即解除" not in near.remedy(date(2026, 1, 1))


@given(st.integers(0, 59), st.integers(1, 400))
def test_what_is_owed_can_be_worked_out_from_the_sentence_alone(done, after):
    found = compiled(ticket(measures=(quantified(done),)))
    day = date(2025, 1, 1) + timedelta(days=after)
    for one in (one for one in found if one.rule in {Rule.Y2, Rule.R2}):
        said = one.because(day)
        start, end = (date(*map(int, part)) for part in DAY.findall(said)[:2])
        target, owed = (Fraction(part) for part in OWED.search(said).groups())

        share = min(Fraction((day - start).days, (end - start).days), Fraction(1))
        assert abs(owed - share * target) <= Fraction(1, 20)


def test_a_lighter_rule_of_the_same_thing_stands_within_the_graver():
    """Of the same measure, and only once the graver one is in force."""
    late = quantified(0)
    facts = ticket(measures=(late, replace(quantified(50), no=3)))
    found = compiled(facts)
    day = date(2025, 3, 1)

    before = reasons_of(found, firing(facts, Rule.Y2).since)
    now = reasons_of(found, day)

    assert [(one.rule, one.within) for one in before] == [(Rule.Y2, ())]
    told = {one.rule: [lighter.rule for lighter in one.within] for one in now}
    assert told[Rule.R2] == [Rule.Y2]
    assert Rule.Y2 not in told
    whole = [*now, *(lighter for one in now for lighter in one.within)]
    assert len(whole) == len(reasons(found, day))


def test_another_measures_lag_is_not_folded_away():
    ahead = replace(quantified(0, deadline=date(2025, 12, 31)), no=3)
    found = compiled(ticket(measures=(quantified(0), ahead)))
    both = {firing.facts["measure"] for firing in found if firing.rule is Rule.Y2}
    day = max(one.since for one in found if one.rule is Rule.Y2)

    now = reasons_of([one for one in found if one.since <= day], day)

    assert both == {2, 3}
    assert [one.because.startswith("措施3") for one in now if one.rule is Rule.Y2] == [True]
