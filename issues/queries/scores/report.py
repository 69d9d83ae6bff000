"""What a quarter's scores came to, from the record: what the quarterly report is written from."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload

from auth.actor import Actor
from extensions import db
from issues.ground import clock
from issues.models import ScoreAppeal, ScoreEntry
from issues.queries.scores.figures import Figure, Figures, figures
from issues.queries.scores.papers import Paper, naming
from issues.rules.scores.totals import Quarter, preceding
from issues.scores.tallying import Period
from issues.vocabulary import ScoreRule, ScoreState


class Booked(NamedTuple):
    """Lines of one kind of point, and what they come to."""

    lines: int
    value: Decimal


NOTHING = Booked(0, Decimal(0))


class Moved(NamedTuple):
    """A unit with the same unit's total of the quarter before; None where it had none."""

    now: Figure
    before: str | None

    @property
    def by(self) -> Decimal | None:
        return None if self.before is None else Decimal(self.now.total) - Decimal(self.before)


class Appeals(NamedTuple):
    """Those made or ruled on in the quarter, and those of any quarter that still wait."""

    made: int
    upheld: int
    rejected: int
    waiting: int
    listed: Sequence[ScoreAppeal]


class Report(NamedTuple):
    """`rules`: by kind of point this quarter's lines and the last one's."""

    period: Period
    last: Period
    as_of: date
    figures: Figures
    groups: Sequence[tuple[str, list[Moved]]]
    rules: Sequence[tuple[ScoreRule, Booked, Booked]]
    appeals: Appeals
    papers: Sequence[Paper]


def report(period: Period, actor: Actor) -> Report:
    """Of a quarter. A fixed number of statements."""
    quarter = Quarter(period.year, period.quarter or 1)
    last = Period(*preceding(quarter))
    now, before = figures(period, actor), figures(last, actor)
    known = {one.code: one.total for one in before.units} if _has_book(before) else {}
    groups = [
        (label, [Moved(one, known.get(one.code)) for one in units]) for label, units in now.groups()
    ]
    booked, earlier = _booked(period), _booked(last)
    rules = [
        (rule, booked.get(rule, NOTHING), earlier.get(rule, NOTHING))
        for rule in ScoreRule
        if rule in booked or rule in earlier
    ]
    return Report(
        period, last, clock.today(), now, groups, rules, _appeals(quarter),
        naming(period.first, period.after, actor),
    )  # fmt: skip


def _has_book(found: Figures) -> bool:
    return bool(found.lines or found.published)


def _booked(period: Period) -> Mapping[ScoreRule, Booked]:
    rows = select(ScoreEntry.rule, ScoreEntry.value).where(
        ScoreEntry.year == period.year, ScoreEntry.quarter == period.quarter
    )
    found: dict[ScoreRule, Booked] = {}
    for rule, value in db.session.execute(rows):
        known = found.get(rule, NOTHING)
        found[rule] = Booked(known.lines + 1, known.value + value)
    return found


def _appeals(quarter: Quarter) -> Appeals:
    """By the day they were made and ruled on."""
    first, until = (
        datetime.combine(day, time.min, clock.SHANGHAI) for day in (quarter.first, quarter.after)
    )
    made = and_(ScoreAppeal.appealed_at >= first, ScoreAppeal.appealed_at < until)
    ruled = and_(ScoreAppeal.ruled_at >= first, ScoreAppeal.ruled_at < until)
    rows = (
        select(ScoreAppeal)
        .where(or_(made, ruled))
        .options(
            joinedload(ScoreAppeal.entry).joinedload(ScoreEntry.unit),
            joinedload(ScoreAppeal.entry).joinedload(ScoreEntry.issue),
        )
        .order_by(ScoreAppeal.appealed_at, ScoreAppeal.id)
    )
    listed = list(db.session.scalars(rows))
    waiting = select(func.count(ScoreAppeal.id)).where(ScoreAppeal.state == ScoreState.APPEALED)
    within = [row for row in listed if row.ruled_at and _holds(quarter, row.ruled_at)]
    return Appeals(
        sum(_holds(quarter, row.appealed_at) for row in listed),
        sum(row.state is ScoreState.UPHELD for row in within),
        sum(row.state is ScoreState.REJECTED for row in within),
        db.session.scalar(waiting) or 0,
        listed,
    )


def _holds(quarter: Quarter, moment: datetime) -> bool:
    return quarter.first <= clock.day_of(moment) < quarter.after
