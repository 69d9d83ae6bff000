"""What the book of a quarter or a year comes to, unit by unit: the one reader of totals."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import select

from auth.models import Unit
from extensions import db
from issues.ground import clock
from issues.models import ScoreEntry
from issues.rules.scores.totals import (
    Entry,
    Quarter,
    Total,
    total_of,
)
from issues.scores.booking import SCORED
from issues.scores.versions import Versions, versions


class Period(NamedTuple):
    """A year, or one quarter of it."""

    year: int
    quarter: int | None = None

    @property
    def label(self) -> str:
        return f"{self.year}年" if self.quarter is None else Quarter(self.year, self.quarter).label

    @property
    def first(self) -> date:
        return date(self.year, 1, 1) if self.quarter is None else self._own.first

    @property
    def after(self) -> date:
        return date(self.year + 1, 1, 1) if self.quarter is None else self._own.after

    @property
    def _own(self) -> Quarter:
        return Quarter(self.year, self.quarter or 1)


class Scored(NamedTuple):
    """One unit's total; `kind` is the group it is read in."""

    unit_id: int
    code: str
    name: str
    kind: str
    total: Total


class Tally(NamedTuple):
    """`version` of the rules whose full points and cap the totals are made by."""

    period: Period
    version: int
    units: list[Scored]


def tally(period: Period, unit_id: int | None = None) -> Tally:
    """Every unit with a book, or the one; in the order of units, never of points."""
    rows = select(ScoreEntry.unit_id, ScoreEntry.rule, ScoreEntry.value).where(
        ScoreEntry.year == period.year
    )
    if period.quarter is not None:
        rows = rows.where(ScoreEntry.quarter == period.quarter)
    lines: dict[int, list[Entry]] = defaultdict(list)
    for unit, rule, value in db.session.execute(rows):
        lines[unit].append(Entry(rule, value))
    return told(period, lines, versions(), unit_id)


def told(
    period: Period, lines: dict[int, list[Entry]], book: Versions, unit_id: int | None
) -> Tally:
    """What lines by unit come to by the rules in force at the end of a period."""
    number, policy = book.on(min(period.after - timedelta(days=1), clock.today()))
    units = [
        Scored(row.id, row.code, row.short_name, row.kind, total_of(lines[row.id], policy.scores))
        for row in _units(lines, unit_id)
    ]
    return Tally(period, number, units)


def _units(booked: Iterable[int], unit_id: int | None) -> list[Unit]:
    """Those that stand, and those that ended with lines in the book."""
    wanted = select(Unit).where(Unit.kind.in_(SCORED)).order_by(Unit.position, Unit.id)
    known = set(booked)
    return [
        unit
        for unit in db.session.scalars(wanted)
        if unit_id in (None, unit.id) and (unit.ended_at is None or unit.id in known)
    ]
