"""Sources and townships like those of a ticket that nobody has checked for long, with why.

Checked is what has a ticket, a lead or a covert note of the last days: tied to it, of its name, or
within the same metres by which a source is suggested. How many days is a number of the policy.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, or_, select, union_all

from auth.actor import Actor
from extensions import db
from issues.colour.policies import policy_on
from issues.evidence.places import distance_m
from issues.ground import clock
from issues.ground.columns import holds_word
from issues.likeness.search import NO_LONGER
from issues.models import CovertNote, Issue, Lead, LeadTie, Polluter, PolluterTie, Region
from issues.queries.polluters.suggested import NEAR_M
from issues.rights.places import polluters_of
from issues.rights.table import Right, holds, sees_all
from issues.vocabulary import PolluterKind, ProblemType, RegionKind

MOST = 20
MOST_LOOKED_AT = 500
CELL = 0.02
"""Degrees: wider than the metres by which two places are near, anywhere in the country."""


class Firm(NamedTuple):
    """A source of the same kind. `why` says what speaks for looking there."""

    id: int
    name: str
    region: str
    place: str
    why: str


class Unchecked(NamedTuple):
    """`kinds` are those of the ticket's own sources; none where none is known."""

    days: int
    kinds: list[PolluterKind]
    firms: list[Firm]
    towns: list[str]


def unchecked(issue: Issue, actor: Actor, today: date) -> Unchecked | None:
    """None for who does not see all that would say that a place was checked. Five statements."""
    sees = (Right.POLLUTERS, Right.SEE_LEADS, Right.SEE_COVERT)
    if not (sees_all(actor) and all(holds(actor, one) for one in sees)):
        return None
    days = policy_on(today)[1].unchecked_days
    since = today - timedelta(days=days)
    kinds = _kinds(issue)
    rows = _rows(issue, actor, kinds, since) if kinds else []
    checked = _Checked(since) if rows else None
    firms = [
        Firm(row.id, row.name, row.region, row.place, f"同为{row.kind.label}")
        for row in rows
        if checked is not None and not checked.has(row)
    ]
    return Unchecked(days, kinds, firms[:MOST], _towns(issue, since)[:MOST])


def _kinds(issue: Issue) -> list[PolluterKind]:
    tied = select(PolluterTie.polluter_id).where(
        PolluterTie.issue_id == issue.id, PolluterTie.ended_at.is_(None)
    )
    named = and_(Polluter.name == issue.subject_firm, Polluter.name != "")
    rows = select(Polluter.kind).where(or_(Polluter.id.in_(tied), named)).distinct()
    return sorted(db.session.scalars(rows), key=list(PolluterKind).index)


def _rows(
    issue: Issue, actor: Actor, kinds: Sequence[PolluterKind], since: date
) -> Sequence[Polluter]:
    """Those of the ticket's county first."""
    of_ticket = select(PolluterTie.polluter_id).where(
        PolluterTie.ended_at.is_(None), PolluterTie.issue_id == issue.id
    )
    with_ticket = (
        select(PolluterTie.polluter_id)
        .join(Issue, Issue.id == PolluterTie.issue_id)
        .where(PolluterTie.ended_at.is_(None), _recent_ticket(since))
    )
    with_lead = (
        select(LeadTie.polluter_id)
        .join(Lead, Lead.id == LeadTie.lead_id)
        .where(LeadTie.ended_at.is_(None), Lead.received_at >= _moment(since))
    )
    rows = select(Polluter).where(
        polluters_of(actor), Polluter.kind.in_(kinds), Polluter.ended_at.is_(None),
        Polluter.name != issue.subject_firm, Polluter.id.not_in(of_ticket),
        Polluter.id.not_in(with_ticket), Polluter.id.not_in(with_lead),
    )  # fmt: skip
    here = case((Polluter.region == issue.region, 0), else_=1)
    return db.session.scalars(
        rows.order_by(here, Polluter.region, Polluter.name, Polluter.id).limit(MOST_LOOKED_AT)
    ).all()


class _Checked:
    """Where somebody was since a day, and whose firm was named: looked up by squares."""

    def __init__(self, since: date) -> None:
        seen = union_all(*(
            select(of.lon, of.lat, of.subject_firm).where(when)
            for of, when in (
                (Issue, _recent_ticket(since)), (Lead, Lead.received_at >= _moment(since)),
                (CovertNote, CovertNote.at >= _moment(since)),
            )
        ))  # fmt: skip
        self.firms: set[str] = set()
        self.points: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
        for lon, lat, firm in db.session.execute(seen):
            self.firms.add(firm)
            if lon is not None and lat is not None:
                self.points[_square(lon, lat)].append((lon, lat))
        self.firms.discard("")

    def has(self, row: Polluter) -> bool:
        if row.name in self.firms:
            return True
        if row.lon is None or row.lat is None:
            return False
        return any(distance_m(row.lon, row.lat, *one) <= NEAR_M
                   for one in self._around(row.lon, row.lat))  # fmt: skip

    def _around(self, lon: float, lat: float) -> Iterable[tuple[float, float]]:
        east, north = _square(lon, lat)
        for x in (east - 1, east, east + 1):
            for y in (north - 1, north, north + 1):
                yield from self.points.get((x, y), ())


def _square(lon: float, lat: float) -> tuple[int, int]:
    return int(lon // CELL), int(lat // CELL)


def _towns(issue: Issue, since: date) -> list[str]:
    """Townships of the county on which no such ticket, lead or covert note stands since then."""
    kinds = [kind for one in issue.types if (kind := ProblemType.of(one))]
    if not kinds:
        return []
    alike = or_(*(holds_word(Issue.types, kind) for kind in kinds))
    tickets = select(Issue.township).where(
        or_(Issue.id == issue.id, and_(_recent_ticket(since), alike))
    )
    leads = select(Lead.region).where(Lead.received_at >= _moment(since))
    notes = select(CovertNote.region).where(CovertNote.at >= _moment(since))
    rows = select(Region.name).where(
        Region.parent == issue.region, Region.kind == RegionKind.TOWNSHIP,
        Region.ended_at.is_(None), *(Region.code.not_in(one) for one in (tickets, leads, notes)),
    )  # fmt: skip
    return list(db.session.scalars(rows.order_by(Region.position, Region.code).limit(MOST)))


def _recent_ticket(since: date) -> ColumnElement[bool]:
    """Handed over since then; a draft by the day it was entered."""
    entered = and_(Issue.first_assigned_on.is_(None), Issue.created_at >= _moment(since))
    return and_(or_(Issue.first_assigned_on >= since, entered), Issue.status.not_in(NO_LONGER))


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), clock.SHANGHAI)
