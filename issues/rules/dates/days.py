"""Arithmetic of calendar days that the rules share, and how a day is written."""

import calendar
from datetime import date, timedelta
from functools import lru_cache

NEVER = date.max
"""The day of something that does not come. Never null, so that a comparison always answers."""

MONTHS = 12


def days_after(day: date, count: int) -> date:
    """The day `count` days later, or NEVER where the calendar ends."""
    return NEVER if count > (NEVER - day).days else day + timedelta(days=count)


@lru_cache(maxsize=8192)
def month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def months_after(day: date, count: int) -> date:
    """The same day `count` months later, or the last day of a month too short for it."""
    index = day.year * MONTHS + day.month - 1 + count
    first = date(index // MONTHS, index % MONTHS + 1, 1)
    return first.replace(day=min(day.day, month_end(first).day))


def written(day: date) -> str:
    """A day as Chinese official papers write it, without zero padding: 2025年8月31日."""
    return f"{day.year}年{day.month}月{day.day}日"
