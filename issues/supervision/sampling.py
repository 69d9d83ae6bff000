"""The quarter's random look-backs: seeded by the quarter, so that anybody can draw them again."""

import hashlib
import math
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import exists, select

from auth.models import Unit
from extensions import db
from issues.colour.closing import READ, Closing, closing_of
from issues.models import Card, Issue, Lookback
from issues.rules.dates.days import days_after, month_end, months_after
from issues.rules.policy import Policy
from issues.vocabulary import STRUCK_OFF, Colour, Source

QUARTER = 3
SAMPLED = "季度抽查"


@dataclass(frozen=True, slots=True)
class Lot:
    """One ticket in the draw. The lowest lots are drawn."""

    issue_id: int
    number: str
    title: str
    unit: str
    closing: Closing | None
    lot: str
    is_drawn: bool
    is_planned: bool


@dataclass(frozen=True, slots=True)
class Draw:
    """What is drawn in a quarter from what was closed in the quarter before it.

    A lot is the SHA-256 of `seed`, a blank and the ticket's number.
    """

    first: date
    last: date
    closed_from: date
    closed_until: date
    share: int
    lots: list[Lot]

    @property
    def seed(self) -> str:
        return self.first.isoformat()

    @property
    def drawn(self) -> list[Lot]:
        return [lot for lot in self.lots if lot.is_drawn]

    @property
    def waiting(self) -> list[Lot]:
        return [lot for lot in self.drawn if not lot.is_planned]


def first_of_quarter(on: date) -> date:
    return date(on.year, (on.month - 1) // QUARTER * QUARTER + 1, 1)


def draw(on: date, policy: Policy) -> Draw:
    """The draw of the quarter that holds the day; in the order of the lots."""
    first = first_of_quarter(on)
    last = month_end(months_after(first, QUARTER - 1))
    before = months_after(first, -QUARTER)
    rows = _closed(before, first, policy)
    count = math.ceil(len(rows) * policy.lookback_sample_share / 100)
    planned = set(
        db.session.scalars(
            select(Lookback.issue_id).where(Lookback.planned_on == last, Lookback.why == SAMPLED)
        )
    )
    ordered = sorted((lot_of(first.isoformat(), row.number), row) for row in rows)
    lots = [
        Lot(
            row.id, row.number, row.title, row.short_name or "", closing_of(row), lot,
            place < count, row.id in planned,
        )
        for place, (lot, row) in enumerate(ordered)
    ]  # fmt: skip
    return Draw(first, last, before, days_after(first, -1), policy.lookback_sample_share, lots)


def _closed(begin: date, end: date, policy: Policy) -> list[Any]:
    """Struck off in these days, of a source that is sampled, and never red: those are planned."""
    sources = [source for source in Source if policy.sources[source].lookback_sample]
    red = exists().where(Card.issue_id == Issue.id, Card.colour == Colour.RED.value)
    rows = (
        select(Issue.id, Issue.number, Issue.title, Unit.short_name, *READ)
        .outerjoin(Unit, Unit.id == Issue.primary_unit_id)
        .where(Issue.status.in_(STRUCK_OFF), Issue.source.in_(sources), ~red)
        .where(Issue.closed_on >= begin, Issue.closed_on < end)
    )
    return list(db.session.execute(rows))


def lot_of(seed: str, number: str) -> str:
    return hashlib.sha256(f"{seed} {number}".encode()).hexdigest()


def plan(issue_id: int, last: date) -> bool:
    """Write one drawn ticket into the plan; False where it stands there. Never commits."""
    known = select(Lookback.id).where(
        Lookback.issue_id == issue_id, Lookback.planned_on == last, Lookback.why == SAMPLED
    )
    if db.session.scalar(known) is not None:
        return False
    db.session.add(Lookback(issue_id=issue_id, planned_on=last, why=SAMPLED))
    db.session.flush()
    return True
