"""How many leads came in, by origin and what became of them, and how long triage took.

Page, API and workbook read this one function.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

from sqlalchemy import func, select

from extensions import db
from issues.ground import clock
from issues.models import Lead
from issues.vocabulary import LeadOrigin, LeadState

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class OriginCount:
    """One origin, or all. `hours`: the median from receipt to decision; None where none is."""

    origin: LeadOrigin | None
    states: dict[LeadState, int]
    overdue: int
    hours: float | None

    @property
    def label(self) -> str:
        return self.origin.label if self.origin else "合计"

    @property
    def total(self) -> int:
        return sum(self.states.values())


def counts(now: datetime, since: date | None = None) -> list[OriginCount]:
    """A row for each origin that has leads, and the sum of all last. One statement.

    `since`: of those that came in on that day or later.
    """
    columns = Lead.origin, Lead.state, Lead.received_at, Lead.triaged_at, Lead.due_at
    found = select(*columns)
    if since is not None:
        found = found.where(Lead.received_at >= datetime.combine(since, time(), clock.SHANGHAI))
    of_origin: dict[LeadOrigin | None, list[tuple]] = {None: []}
    for row in db.session.execute(found).all():
        of_origin.setdefault(row.origin, []).append(tuple(row[1:]))
        of_origin[None].append(tuple(row[1:]))
    there = [origin for origin in LeadOrigin if origin in of_origin]
    return [_count(origin, of_origin[origin], now) for origin in (*there, None)]


def late(now: datetime) -> int:
    """How many wait though their time is over: what changes while nobody does anything."""
    waiting = Lead.state == LeadState.NEW, Lead.due_at <= now
    return db.session.scalar(select(func.count()).select_from(Lead).where(*waiting)) or 0


def _count(origin: LeadOrigin | None, rows: list[tuple], now: datetime) -> OriginCount:
    states = Counter(state for state, *_ in rows)
    took = [triaged - received for _, received, triaged, _ in rows if triaged is not None]
    late = sum(triaged is None and due <= now for _, _, triaged, due in rows)
    hours = round(median(one / HOUR for one in took), 1) if took else None
    return OriginCount(origin, {state: states[state] for state in LeadState}, late, hours)
