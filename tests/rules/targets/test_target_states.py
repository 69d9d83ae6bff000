"""Whether a target holds: bounds to the last digit, and each nature against a recomputation."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st
from sheets import DATA

from issues.rules.targets import Held, Measured, holds, state
from issues.vocabulary import Nature, Sense, TargetState

DAY = date(2025, 11, 1)
BY_SIGN = {">=": Sense.GE, ">": Sense.GT, "<=": Sense.LE, "<": Sense.LT}


def days(count):
    return DAY + timedelta(count)


@pytest.mark.parametrize(
    ("sense", "limit", "value", "is_met"),
    [
        ("lt", "27.4", "28.5", False), ("lt", "27.4", "27.4", False), ("lt", "27.4", "27.3", True),
        ("lt", "27.4", "27.40", False), ("le", "27.4", "27.400", True), ("ge", "97", "97.0", True),
        ("gt", "73", "73.0", False), ("gt", "73", "73.0000000000000000001", True),
        ("ge", "100", "99.9999999999999999999", False), ("le", "0.1", "0.1", True),
    ],
)  # fmt: skip
def test_a_bound_is_exact(sense, limit, value, is_met):
    assert holds(Sense(sense), Decimal(limit), Decimal(value)) is is_met


FIGURES = st.decimals("-1000", "1000", places=3)


@given(st.sampled_from(Sense), FIGURES, st.integers(-2, 2))
@settings(max_examples=60, deadline=None)
def test_a_sense_is_the_whole_number_order_of_thousandths(sense, limit, step):
    value = limit + Decimal(step).scaleb(-3)
    order = {"ge": step >= 0, "gt": step > 0, "le": step <= 0, "lt": step < 0}

    assert holds(sense, limit, value) is order[sense]


def test_a_level_is_judged_by_the_newest_reading_up_to_its_day():
    target = Held(Sense.LT, Decimal("27.4"), Nature.LEVEL, due=days(20))
    readings = [Measured(days(10), Decimal("28.5"), 1), Measured(days(20), Decimal("27.3"), 2)]
    late = Measured(days(21), Decimal(30), 3)

    states = [state(target, [late, *readings], days(day)).state.value for day in (9, 10, 20, 40)]

    assert states == ["unknown", "not_met", "met", "met"]
    assert state(target, readings, days(12)).reading == readings[0]


def test_two_places_of_one_day_must_both_hold():
    target = Held(Sense.LE, Decimal(1), Nature.LEVEL)
    at_one, at_other = Measured(DAY, Decimal("1.1"), 1), Measured(DAY, Decimal("0.9"), 2)

    for readings in ([at_one, at_other], [at_other, at_one]):
        found = state(target, readings, DAY)
        assert (found.state, found.value, found.reading) == ("not_met", Decimal("1.1"), at_one)


def test_keeping_is_broken_by_one_reading_of_the_period():
    target = Held(Sense.GE, Decimal(100), Nature.KEEP, start=DAY, due=days(30))
    whole = [Measured(days(day), Decimal(100), day) for day in (1, 3)]
    broken = Measured(days(2), Decimal("99.9"), 9)
    before = Measured(days(-1), Decimal(50), 8)

    assert state(target, [before], days(5)).state == TargetState.UNKNOWN
    assert state(target, [before, *whole], days(5)).state == TargetState.MET
    found = state(target, [*whole, broken], days(5))
    assert (found.state, found.value, found.reading) == ("not_met", Decimal("99.9"), broken)


def test_a_count_is_what_was_confirmed_of_its_measure_or_the_newest_reading():
    readings = [Measured(days(1), Decimal(31))]
    of_measure = Held(Sense.GE, Decimal(32), Nature.COUNT, confirmed=Decimal(32))
    alone = Held(Sense.GE, Decimal(32), Nature.COUNT)

    assert state(of_measure, readings, days(2)).state == TargetState.MET
    assert state(of_measure, readings, days(2)).reading is None
    assert state(alone, readings, days(2)).state == TargetState.NOT_MET
    assert state(alone, [], days(2)).state == TargetState.UNKNOWN


def work_targets():
    told = (DATA / "work_points_2025.json").read_text(encoding="utf-8")
    points = json.loads(told, parse_float=Decimal)["points"]
    return [target for point in points for target in point["targets"]]


def test_each_target_of_the_work_points_at_its_bound_and_a_step_beside():
    targets = work_targets()

    assert len(targets) == 22
    for told in targets:
        sense, limit = BY_SIGN[told["op"]], Decimal(told["value"])
        step = Decimal(1).scaleb(min(limit.as_tuple().exponent, 0) - 1)
        around = [holds(sense, limit, limit + step * n) for n in (-1, 0, 1)]
        expected = {"ge": [False, True, True], "gt": [False, False, True],
                    "lt": [True, False, False]}  # fmt: skip
        assert around == expected[sense], told


DAYS = st.integers(-3, 8)


@given(
    sense=st.sampled_from(Sense),
    nature=st.sampled_from(Nature),
    readings=st.lists(st.tuples(DAYS, st.integers(-2, 2)), max_size=6),
    period=st.tuples(st.none() | DAYS, st.none() | DAYS),
    day=DAYS,
)
@settings(max_examples=150, deadline=None)
def test_a_state_is_what_a_walk_through_the_days_finds(sense, nature, readings, period, day):
    """The oracle goes from day to day with one state in hand, as a clerk with a list would."""
    start, due = (None if bound is None else days(bound) for bound in period)
    target = Held(sense, Decimal(0), nature, start, due)
    told = [Measured(days(on), Decimal(value), at) for at, (on, value) in enumerate(readings)]
    walked = TargetState.UNKNOWN
    for on in (days(count) for count in range(-3, day + 1)):
        of_day = [holds(sense, Decimal(0), one.value) for one in told if one.on == on]
        is_outside = (due and on > due) or (nature == Nature.KEEP and start and on < start)
        if not of_day or is_outside:
            continue
        if nature == Nature.KEEP and walked == TargetState.NOT_MET:
            continue
        walked = TargetState.MET if all(of_day) else TargetState.NOT_MET

    assert state(target, told, days(day)).state == walked
