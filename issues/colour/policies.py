"""The rules, the calendar and the city's own words as they are in force on a day."""

from datetime import date
from functools import lru_cache
from typing import Any

import chinese_calendar
from sqlalchemy import CompoundSelect, Text, bindparam, cast, null, select, union_all

from extensions import db
from issues.ground.documents import json_of
from issues.models import CalendarDay, CalendarYear, PolicyVersion, Setting
from issues.rules.dates.workdays import UNPUBLISHED, Workdays
from issues.rules.policy import Policy

CALENDAR: CompoundSelect[Any] = union_all(
    select(CalendarDay.day, CalendarDay.is_workday, null().label("year")),
    select(null(), null(), CalendarYear.year),
)
POLICY = (
    select(PolicyVersion.number, cast(PolicyVersion.document, Text).label("document"))
    .where(PolicyVersion.effective_from <= bindparam("day"))
    .order_by(PolicyVersion.effective_from.desc(), PolicyVersion.number.desc())
    .limit(1)
)
SETTING = select(Setting.value).where(Setting.key == bindparam("key"))
LONGEST = 2**20
"""Characters of a policy: far more than its form can hold."""
SHIPPED = 0
"""The number of the set that is in force where none was published."""


def policy_on(day: date) -> tuple[int, Policy]:
    """The number and the numbers of the policy in force on a day."""
    row = db.session.execute(POLICY, {"day": day}).first()
    if row is None:
        return SHIPPED, Policy.default()
    return row.number, _policy(row.document)


@lru_cache(maxsize=16)
def _policy(document: str) -> Policy:
    """The same words are the same numbers, whichever city's they are."""
    return Policy.from_document(json_of(document, LONGEST))


def workdays() -> Workdays:
    """The calendar table over the built-in base."""
    rows = db.session.execute(CALENDAR).all()
    return Workdays(
        overrides={row.day: row.is_workday for row in rows if row.year is None},
        published_years=frozenset(row.year for row in rows if row.year is not None),
        base=_built_in,
    )


def unpublished(start: date | None, end: date | None) -> str:
    """The mark of working days counted over a year whose holidays are not published, or nothing.

    The table is asked only of a year the built-in base does not know.
    """
    if start is None or end is None or not Workdays(base=_built_in).guessed(start, end):
        return ""
    return UNPUBLISHED if workdays().guessed(start, end) else ""


@lru_cache(maxsize=8192)
def _built_in(day: date) -> bool | None:
    try:
        return chinese_calendar.is_workday(day)
    except NotImplementedError:  # a year the package does not know
        return None


def setting(key: str, default: Any = None) -> Any:
    """One of the city's own words or numbers; `default` where the city has not set it."""
    row = db.session.execute(SETTING, {"key": key}).first()
    return default if row is None else row.value
