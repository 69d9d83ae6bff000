"""Y7 and R8 against a recomputation by days; bounds, missing readings, keeps, settings."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st
from paper import ASSIGNED, compiled, firing, level, quantified, rules_on, since, ticket

from issues.rules.colour import reasons
from issues.rules.facts import TargetFacts
from issues.rules.policy import Policy
from issues.rules.targets import Held, Measured, state
from issues.vocabulary import Nature, Rule, Sense, TargetState

DAY = date(2025, 12, 21)
ONE = timedelta(days=1)


def of(*targets, **more):
    return ticket(due=None, targets=targets, **more)


@pytest.mark.parametrize(
    ("value", "is_met"), [("28.5", False), ("27.4", False), ("27.40", False), ("27.3", True)]
)
def test_a_level_is_red_on_its_day_unless_its_newest_reading_holds(value, is_met):
    facts = of(level((date(2025, 11, 20), value), due=DAY))

    assert (since(facts, Rule.Y7), since(facts, Rule.R8)) == (
        (None, None) if is_met else (DAY - 30 * ONE, DAY)
    )
    assert Rule.Y2 not in rules_on(facts, date(2026, 6, 1))


def test_the_reason_shows_the_arithmetic_and_the_graver_holds_the_lighter():
    facts = of(level((date(2025, 11, 20), "28.5"), due=DAY))

    assert firing(facts, Rule.Y7).because(DAY) == (
        "PM2.5＜27.4μg/m³，2025年11月20日读数28.5，未达标；目标日2025年12月21日，今日到期"
    )
    assert [one.rule for one in reasons(compiled(facts), DAY)][:1] == [Rule.R8]
    other = TargetFacts(2, "氨氮", "mg/L", Held(Sense.LE, Decimal(1), Nature.LEVEL, due=DAY))
    both = [one for one in compiled(of(facts.targets[0], other)) if one.rule is Rule.Y7]
    red = firing(facts, Rule.R8)
    assert [one.is_within(red) for one in both] == [True, False]


def test_a_missing_reading_is_yellow_before_the_day_and_red_only_later():
    assert since(of(level(due=DAY)), Rule.Y7) == DAY - 30 * ONE
    assert since(of(level(due=DAY)), Rule.R8) == DAY + 30 * ONE
    assert compiled(of(level(due=None))) == [], "without a day no reading is owed"


def test_a_level_that_held_until_a_reading_is_yellow_from_that_on():
    held = (DAY - 20 * ONE, "27.0")
    facts = of(level(held, (DAY - 9 * ONE, "27.9"), (DAY - 5 * ONE, "28"), due=DAY))

    assert since(facts, Rule.Y7) == DAY - 9 * ONE
    assert compiled(of(level((DAY - ONE, "29"), held, (DAY, "27.0"), due=DAY))) == []


def test_a_keep_is_broken_by_one_reading_at_once_and_red_from_its_day():
    keep = {"sense": Sense.GE, "value": "100", "nature": Nature.KEEP, "due": DAY}
    whole = [(date(2025, month, 1), "100") for month in (3, 6, 9)]
    broken = of(level(*whole, (date(2025, 5, 1), "99.9"), **keep))

    assert compiled(of(level(*whole, **keep))) == []
    assert (since(broken, Rule.Y7), since(broken, Rule.R8)) == (date(2025, 5, 1), DAY)
    assert "保持中断" in firing(broken, Rule.Y7).because(DAY)
    assert "更正" in firing(broken, Rule.Y7).remedy(DAY)


def test_the_figure_of_a_ledger_is_judged_until_there_is_a_reading():
    facts = of(level(due=DAY, confirmed=Decimal("28.5")))

    assert since(facts, Rule.R8) == DAY
    assert "确认值28.5" in firing(facts, Rule.R8).because(DAY)
    assert since(of(level(due=None, confirmed=Decimal("28.5"))), Rule.Y7) == ASSIGNED
    assert compiled(of(level((DAY, "27"), due=DAY, confirmed=Decimal("28.5")))) == []


def test_days_are_settings_and_the_ready_set_of_lateness_alone_widens_them():
    facts = of(level((date(2025, 11, 20), "28.5"), due=DAY))
    numbers = {"target_ahead": 7, "target_red_after": 3, "target_missing_after": 5}
    policy = Policy.from_document(numbers)

    assert (since(facts, Rule.Y7, policy), since(facts, Rule.R8, policy)) == (
        DAY - 7 * ONE, DAY + 3 * ONE,
    )  # fmt: skip
    assert since(of(level(due=DAY)), Rule.R8, policy) == DAY + 5 * ONE


def test_more_than_a_count_is_not_reached_by_the_count_itself():
    at_least = quantified(60, target=60)
    more = quantified(60, target=60, sense=Sense.GT)
    after = date(2025, 4, 12)

    assert rules_on(ticket(measures=(at_least,)), after) == set()
    assert rules_on(ticket(measures=(more,)), after) == {Rule.Y3}
    assert rules_on(ticket(measures=(quantified("60.1", target=60, sense=Sense.GT),)), after) == (
        set()
    )


DAYS = st.integers(-40, 60).map(lambda count: DAY + count * ONE)


@given(
    nature=st.sampled_from(Nature),
    sense=st.sampled_from(Sense),
    readings=st.lists(st.tuples(DAYS, st.integers(-1, 1)), max_size=5),
    due=st.none() | st.just(DAY),
    ahead=st.integers(0, 40),
    after=st.integers(0, 20),
    missing=st.integers(0, 40),
)
@settings(max_examples=120, deadline=None)
def test_every_day_is_what_the_definition_says(nature, sense, readings, due, ahead, after, missing):
    """Day by day: unmet now, unmet to the end of what is known, and within the days that ask."""
    told = tuple(Measured(day, Decimal(value), at) for at, (day, value) in enumerate(readings))
    held = Held(sense, Decimal(0), nature, due=due)
    facts = of(TargetFacts(1, "指标", "", held, told))
    policy = Policy.from_document(
        {"target_ahead": ahead, "target_red_after": after, "target_missing_after": missing}
    )
    yellow, red = since(facts, Rule.Y7, policy), since(facts, Rule.R8, policy)
    days = [DAY + count * ONE for count in range(-45, 65)]
    states = [state(held, told, day).state for day in days]
    for place, day in enumerate(days):
        unmet = TargetState.MET not in states[place:]
        is_asked = due is not None and day >= due - ahead * ONE
        is_broken = unmet and states[place] == TargetState.NOT_MET
        is_told = is_broken and (due is None or nature == Nature.KEEP)
        assert (yellow is not None and yellow <= day) == ((unmet and is_asked) or is_told), day
        late = after if states[-1] == TargetState.NOT_MET else missing
        is_late = due is not None and day >= due + late * ONE
        assert (red is not None and red <= day) == (is_late and states[-1] != "met"), day
