"""The rules, the calendar and the city's own words as they are in force on a day."""

from datetime import date
from functools import lru_cache
from typing import Any

import chinese_calendar
from sqlalchemy import bindparam, select

from extensions import db
from issues.models import CalendarDay, CalendarYear, PolicyVersion, Setting
from issues.rules.policy import Policy
from issues.rules.workdays import Workdays

SETTING = select(Setting.value).where(Setting.key == bindparam("key"))
SHIPPED = 0
"""The number of the set that is in force where none was published."""


def policy_on(day: date) -> tuple[int, Policy]:
    """The number and the numbers of the policy in force on a day."""
    row = db.session.execute(
        select(PolicyVersion.number, PolicyVersion.document)
        .where(PolicyVersion.effective_from <= day)
        .order_by(PolicyVersion.effective_from.desc(), PolicyVersion.number.desc())
        .limit(1)
    ).first()
    if row is None:
        return SHIPPED, Policy.default()
    return row.number, Policy.from_document(row.document)


def workdays() -> Workdays:
    """The calendar table over the built-in base."""
    days = db.session.execute(select(CalendarDay.day, CalendarDay.is_workday))
    years = db.session.scalars(select(CalendarYear.year))
    return Workdays(
        overrides={row.day: row.is_workday for row in days},
        published_years=frozenset(years),
        base=_built_in,
    )


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
