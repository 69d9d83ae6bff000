"""Working days: the published table, the built-in base, and the marked guess."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st
from paper import CALENDAR

from issues.rules.dates.days import NEVER, days_after, month_end, months_after, written
from issues.rules.dates.workdays import Workdays

FRIDAY, SUNDAY = date(2025, 9, 26), date(2025, 9, 28)


def known_to_2025(day):
    """Stands for a built-in base: it knows one year, in which Mondays are free."""
    return day.weekday() in (1, 2, 3, 4) if day.year == 2025 else None


def test_the_day_itself_is_not_counted():
    assert CALENDAR.add(FRIDAY, 0) == FRIDAY
    assert CALENDAR.add(FRIDAY, 1) == SUNDAY  # made up for the holiday
    assert CALENDAR.add(date(2025, 9, 30), 1) == date(2025, 10, 9)


@given(st.dates(date(2025, 1, 1), date(2026, 12, 1)), st.integers(1, 40))
def test_adding_agrees_with_counting(day, count):
    end = CALENDAR.add(day, count)

    assert CALENDAR.is_workday(end)
    assert CALENDAR.between(day, end) == count
    assert CALENDAR.between(day, end - timedelta(days=1)) == count - 1
    assert CALENDAR.between(end, day) == -count


def test_counting_backwards_is_refused():
    with pytest.raises(ValueError, match="forwards"):
        CALENDAR.add(FRIDAY, -1)


def test_the_table_goes_before_the_base_and_the_base_before_the_week():
    base_alone = Workdays(base=known_to_2025)
    one_day = Workdays({date(2025, 9, 29): True}, base=known_to_2025)
    published = Workdays({}, frozenset({2025}), known_to_2025)

    monday = date(2025, 9, 29)
    assert not base_alone.is_workday(monday)
    assert one_day.is_workday(monday)
    assert published.is_workday(monday)
    assert base_alone.is_workday(date(2026, 9, 28))


def test_a_year_nobody_published_is_marked():
    workdays = Workdays({}, frozenset({2026}), known_to_2025)

    assert not workdays.guessed(date(2025, 3, 1), date(2026, 12, 31))
    assert workdays.guessed(date(2026, 12, 31), date(2027, 1, 4))
    assert Workdays().guessed(FRIDAY, SUNDAY)


def test_days_never_run_off_the_calendar():
    assert days_after(NEVER, 1) == NEVER
    assert days_after(NEVER, -1) < NEVER
    assert month_end(date(2024, 2, 3)) == date(2024, 2, 29)
    assert months_after(date(2025, 8, 31), 6) == date(2026, 2, 28)
    assert months_after(date(2025, 12, 5), 12) == date(2026, 12, 5)
    assert written(date(2025, 8, 1)) == "2025年8月1日"
