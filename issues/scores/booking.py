"""Points booked from the history: what is not booked yet, what is booked otherwise, and doing it.

What is booked is never changed: a line that no longer holds is made good by a line of its own.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select

from auth.actor import SYSTEM, Actor
from auth.models import Unit
from extensions import db
from issues import audit, counters
from issues.ground import clock
from issues.ground.present import present
from issues.models import ScoreEntry, ScoreQuarter
from issues.rules.dates.days import days_after
from issues.rules.scores.points import Occurrence, Point, points_of
from issues.rules.scores.totals import Quarter, following, quarter_of
from issues.scores.history import occurrences
from issues.scores.late import Days
from issues.scores.versions import Versions, versions
from issues.vocabulary import COUNTY, DEPARTMENT, ZONE, EntryKind, ScoreAct, Subject

SCORED = (COUNTY, ZONE, DEPARTMENT)
"""Kinds of units that have a book: the office that drives the work is not scored by itself."""
SERIES = "scores"
GONE = "记录所载的事实已不成立，按记录更正"
OTHERWISE = "记录所载的事实有变化，按记录更正"


class Spot(NamedTuple):
    """What a unit bears of one event: at most one net value."""

    key: str
    unit: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the book is not what the history says: `lines` of it, and the `point` that holds now.

    A point that an upheld appeal restored comes to nothing, whatever the history says.
    """

    spot: Spot
    lines: Sequence[ScoreEntry]
    point: Point | None

    @property
    def booked(self) -> Decimal:
        return sum((line.value for line in self.lines), Decimal(0))

    @property
    def told(self) -> Decimal:
        if self.point is None or self.is_restored:
            return Decimal(0)
        return self.point.value

    @property
    def is_restored(self) -> bool:
        return any(line.kind is EntryKind.RESTORED for line in self.lines)

    @property
    def is_one(self) -> bool:
        """A point that comes to nothing is still booked: the page shows why."""
        is_missing = self.point is not None and not self.lines
        return is_missing or self.booked != self.told


def derived(days: Days) -> dict[Spot, Point]:
    """The points of these days from the history alone. Reads no line of the book."""
    return derived_by(days, (versions(),))[0]


def derived_by(days: Days, books: Sequence[Versions]) -> list[dict[Spot, Point]]:
    """The same by each of several books of rules, the record read once."""
    scored = set(db.session.scalars(select(Unit.id).where(Unit.kind.in_(SCORED))))
    found: list[dict[Spot, Point]] = [{} for _ in books]
    for place, one in occurrences(days, books):
        for point in _points(one, books[place]):
            if point.unit in scored:
                found[place][Spot(one.key, point.unit)] = point
    return found


def _points(one: Occurrence, book: Versions) -> list[Point]:
    number, policy = book.on(one.on)
    return points_of(one, policy, number)


def of_year(year: int) -> Days:
    return Days(date(year, 1, 1), date(year + 1, 1, 1), clock.today())


def booked(days: Days) -> Mapping[Spot, list[ScoreEntry]]:
    """The lines of these days by what they are of, the first first."""
    found: dict[Spot, list[ScoreEntry]] = defaultdict(list)
    rows = select(ScoreEntry).where(ScoreEntry.on >= days.first, ScoreEntry.on < days.until)
    for row in db.session.scalars(rows.order_by(ScoreEntry.turn)):
        found[Spot(row.key, row.unit_id)].append(row)
    return found


def differences(year: int) -> Iterator[Difference]:
    """Where the book of a year is not what the history says, in a fixed order."""
    return differing(of_year(year))


def differing(days: Days) -> Iterator[Difference]:
    """The same of any days."""
    held, known = derived(days), booked(days)
    for spot in sorted(held.keys() | known.keys()):
        one = Difference(spot, known.get(spot, ()), held.get(spot))
        if one.is_one:
            yield one


def book(year: int, actor: Actor, at: datetime) -> int:
    """Write what the history says and the book does not. Never commits. How many lines.

    Who books, publishes or rules at the same time waits: each line stands in one quarter, once.
    """
    return _book(of_year(year), actor, at)


def book_day(at: datetime) -> int:
    """What happened today, at once: where cards were raised together. Never commits.

    The night's run books the rest, and finds nothing of this left.
    """
    on = clock.day_of(at)
    return _book(Days(on, days_after(on, 1), on), SYSTEM, at)


def _book(days: Days, actor: Actor, at: datetime) -> int:
    counters.hold(SERIES)
    lines = _lines(days, actor, at)
    db.session.add_all(lines)
    db.session.flush()
    if lines:
        year = days.first.year
        audit.record(
            Subject.SCORE, year, ScoreAct.BOOK, actor, at=at,
            detail={"year": year, "lines": len(lines)},
        )  # fmt: skip
    return len(lines)


def _lines(days: Days, actor: Actor, at: datetime) -> list[ScoreEntry]:
    today, published, lines = clock.day_of(at), published_quarters(), []
    for one in differing(days):
        row = _corrected(one) if one.lines else _first(present(one.point, f"a point of {one.spot}"))
        row.turn = len(one.lines)
        row.year, row.quarter = counted_in(row.on, today, published)
        row.booked_at, row.booked_by_id = at, actor.id
        lines.append(row)
    return lines


def _first(point: Point) -> ScoreEntry:
    one = point.occurrence
    return ScoreEntry(
        unit_id=point.unit, issue_id=one.ticket, key=one.key, kind=EntryKind.BOOKING,
        rule=one.rule, share_as=point.share_as, on=one.on, event_id=one.event,
        notice_id=one.notice, because=one.because, base=point.base, share=point.share,
        weight=point.weight, value=point.value, policy=point.policy,
    )  # fmt: skip


def _corrected(one: Difference) -> ScoreEntry:
    """The difference to what the lines so far come to, as the first line tells the event."""
    first, told = one.lines[0], one.point or one.lines[0]
    return ScoreEntry(
        unit_id=first.unit_id, issue_id=first.issue_id, key=first.key, kind=EntryKind.CORRECTION,
        rule=first.rule, share_as=told.share_as, on=first.on, event_id=first.event_id,
        notice_id=first.notice_id, because=first.because, base=told.base, share=told.share,
        weight=told.weight, value=one.told - one.booked, policy=told.policy, of_id=first.id,
        reason=OTHERWISE if one.point else GONE,
    )  # fmt: skip


def published_quarters() -> frozenset[Quarter]:
    rows = db.session.execute(select(ScoreQuarter.year, ScoreQuarter.quarter))
    return frozenset(Quarter(row.year, row.quarter) for row in rows)


def counted_in(on: date, today: date, published: frozenset[Quarter]) -> Quarter:
    """The quarter of a day, or the running one where that is published: it never changes."""
    own = quarter_of(on)
    if own not in published:
        return own
    running = quarter_of(today)
    while running in published:
        running = following(running)
    return running


def years_at(today: date) -> Sequence[int]:
    """The years that are still booked: the running one, and in its first quarter the last."""
    return [today.year - 1, today.year] if quarter_of(today).quarter == 1 else [today.year]
