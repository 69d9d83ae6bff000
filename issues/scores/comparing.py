"""The last whole quarter by other rules: what units would have had, each point that differs."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import select

from extensions import db
from issues.ground import clock
from issues.ground.present import present
from issues.models import ScoreEntry
from issues.rules.policy import Policy
from issues.rules.scores.points import Point
from issues.rules.scores.totals import Entry, preceding, quarter_of
from issues.scores.booking import Spot, derived_by
from issues.scores.late import Days
from issues.scores.tallying import Period, Scored, told
from issues.scores.versions import Versions, versions
from issues.vocabulary import EntryKind

Points = Mapping[Spot, Point]


class Differing(NamedTuple):
    """A point that comes to something else; None on the side that does not book it."""

    before: Point | None
    after: Point | None

    @property
    def one(self) -> Point:
        return present(self.after or self.before, "a side of what differs")


class Compared(NamedTuple):
    """`units`: each by the rules of its days and by the others, in the order of units."""

    period: Period
    units: list[tuple[Scored, Scored]]
    points: list[Differing]


def compared(policy: Policy) -> Compared:
    """The last whole quarter by the rules of each of its days, and by others. Writes nothing.

    The colours of those days stay as they were recorded; points, shares and weights are others.
    What an upheld appeal restored comes to nothing on both sides.
    """
    last = preceding(quarter_of(clock.today()))
    period = Period(last.year, last.quarter)
    days = Days(period.first, period.after, clock.today())
    book = versions()
    books = book, replace(book, instead=policy)
    restored = _restored(days)
    then, instead = (
        {spot: point for spot, point in found.items() if spot not in restored}
        for found in derived_by(days, books)
    )
    before, after = _told(period, then, books[0]), _told(period, instead, books[1])
    units = [(before[unit], after[unit]) for unit in before if unit in after]
    return Compared(period, units, _differing(then, instead))


def _restored(days: Days) -> frozenset[Spot]:
    rows = select(ScoreEntry.key, ScoreEntry.unit_id).where(
        ScoreEntry.kind == EntryKind.RESTORED,
        ScoreEntry.on >= days.first,
        ScoreEntry.on < days.until,
    )
    return frozenset(Spot(key, unit) for key, unit in db.session.execute(rows))


def _told(period: Period, points: Points, book: Versions) -> dict[int, Scored]:
    lines: dict[int, list[Entry]] = defaultdict(list)
    for spot, point in points.items():
        lines[spot.unit].append(Entry(point.occurrence.rule, point.value))
    return {one.unit_id: one for one in told(period, lines, book, None).units}


def _differing(then: Points, instead: Points) -> list[Differing]:
    """By day and event, and of one event by the unit."""
    spots = sorted(then.keys() | instead.keys())
    pairs = [Differing(then.get(spot), instead.get(spot)) for spot in spots]
    found = [pair for pair in pairs if _value(pair.before) != _value(pair.after)]
    return sorted(found, key=lambda pair: pair.one.occurrence.on)


def _value(point: Point | None) -> object:
    return None if point is None else point.value
