"""Pollution sources as lists: all under a filter, one with its past, those with many problems.

Leads are counted and told for who sees leads.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, null, or_, select

from auth.actor import Actor
from extensions import db
from issues.ground.batches import among
from issues.models import Event, Issue, Lead, LeadTie, Polluter, PolluterTie
from issues.polluters.tying import TICKET
from issues.polluters.tying_leads import LEAD
from issues.queries.ground.counted import leading
from issues.queries.ground.paging import Page, cut
from issues.rights.places import polluters_of
from issues.rights.table import Right, holds, reach
from issues.vocabulary import PolluterKind, Status, Subject

PER_PAGE = 50
MOST_TICKETS, MOST_EVENTS, MOST_POINTS = 200, 100, 2000
MANY = 3
"""So many problems within a year are told on the board."""
YEAR = timedelta(days=365)
UNCOUNTED = (Status.DRAFT, Status.MERGED, Status.WITHDRAWN, Status.TAKEN_BACK)
STANDING = PolluterTie.ended_at.is_(None)


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter of the list and of the map."""

    words: str = ""
    kind: str = ""
    region: str = ""
    tied: str = ""


class Line(NamedTuple):
    """A source with how many tickets and leads tied to it the person sees; None who sees none."""

    polluter: Polluter
    tickets: int
    leads: int | None


class Repeated(NamedTuple):
    """A source with many problems within a year."""

    id: int
    name: str
    region: str
    problems: int


class Told(NamedTuple):
    """All that is known of one source."""

    tickets: Sequence[Any]
    leads: Sequence[Any]
    records: Sequence[Event]


def listed(asked: Asked, actor: Actor, page: int) -> Page[Line]:
    """Those in use first. Two statements."""
    found, page, total = cut(_lines(asked, actor), page, PER_PAGE)
    return Page([Line(*row) for row in db.session.execute(found)], page, PER_PAGE, total)


def part(asked: Asked, actor: Actor, begin: int, size: int) -> tuple[list[Line], int]:
    """So many of the same from there on, and how many there are in all. Two statements."""
    rows = _lines(asked, actor)
    total = db.session.scalar(select(func.count()).select_from(rows.order_by(None).subquery()))
    found = db.session.execute(rows.offset(begin).limit(size))
    return [Line(*row) for row in found], total or 0


def points(asked: Asked, actor: Actor) -> Sequence[Any]:
    """Those in use with a point, for a map, with what is tied to them. One statement."""
    columns = (Polluter.id, Polluter.name, Polluter.kind, Polluter.lon, Polluter.lat)
    counted = (_count(actor).label("tickets"), _count_leads(actor).label("leads"))
    rows = select(*columns, *counted).where(
        *_conditions(asked, actor), Polluter.lon.is_not(None), Polluter.ended_at.is_(None)
    )
    return db.session.execute(rows.order_by(Polluter.id).limit(MOST_POINTS)).all()


def told_of(row: Polluter, actor: Actor) -> Told:
    """Its tickets, leads and history; of what is out of sight nothing is told. Three statements."""
    columns = (
        Issue.number, Issue.title, Issue.status, Issue.first_assigned_on, Issue.closed_on,
        PolluterTie.tied_on, PolluterTie.ended_at,
    )  # fmt: skip
    rows = select(*columns).join(PolluterTie, PolluterTie.issue_id == Issue.id)
    rows = rows.where(PolluterTie.polluter_id == row.id, reach(actor))
    tickets = db.session.execute(rows.order_by(PolluterTie.id.desc()).limit(MOST_TICKETS)).all()
    seen = {ticket.number for ticket in tickets}
    events = select(Event).where(Event.is_about(Subject.POLLUTER, row.id))
    found = db.session.scalars(events.order_by(Event.seq.desc()).limit(MOST_EVENTS))
    sees_leads = holds(actor, Right.SEE_LEADS)
    records = [
        one for one in found
        if one.detail.get(TICKET, "") in {"", *seen} and (sees_leads or LEAD not in one.detail)
    ]  # fmt: skip
    leads = _leads(row) if sees_leads else []
    return Told([one for one in tickets if one.ended_at is None], leads, records)


def _leads(row: Polluter) -> Sequence[Any]:
    columns = Lead.id, Lead.text, Lead.origin, Lead.state, Lead.received_at, Issue.number
    rows = select(*columns).join(LeadTie, LeadTie.lead_id == Lead.id)
    rows = rows.outerjoin(Issue, Issue.id == Lead.issue_id)
    rows = rows.where(LeadTie.polluter_id == row.id, LeadTie.ended_at.is_(None))
    return db.session.execute(rows.order_by(LeadTie.id.desc()).limit(MOST_TICKETS)).all()


def of_leads(ids: Sequence[int], actor: Actor) -> dict[int, list[Polluter]]:
    """The sources each of these leads is tied to. One statement."""
    rows = select(LeadTie.lead_id, Polluter).join(Polluter, Polluter.id == LeadTie.polluter_id)
    rows = rows.where(among(LeadTie.lead_id, ids), LeadTie.ended_at.is_(None), polluters_of(actor))
    found: dict[int, list[Polluter]] = {}
    for lead_id, polluter in db.session.execute(rows.order_by(LeadTie.id)):
        found.setdefault(lead_id, []).append(polluter)
    return found


def of_ticket(issue: Issue, actor: Actor) -> Sequence[Any]:
    """The sources a ticket is tied to. One statement, none for who sees no source."""
    if not holds(actor, Right.POLLUTERS):
        return []
    columns = (Polluter.id, Polluter.name, Polluter.code, Polluter.kind)
    rows = select(*columns).join(PolluterTie, PolluterTie.polluter_id == Polluter.id)
    rows = rows.where(PolluterTie.issue_id == issue.id, STANDING, polluters_of(actor))
    return db.session.execute(rows.order_by(PolluterTie.id)).all()


def repeated(actor: Actor, on: date) -> list[Repeated]:
    """Sources with three problems or more that were handed over within a year, the most first.

    What the person does not see is not counted, and tickets of the same problem are one. One
    statement, none for who sees no source.
    """
    if not holds(actor, Right.POLLUTERS):
        return []
    problems = func.count(leading(on).distinct())
    rows = (
        select(Polluter.id, Polluter.name, Polluter.region, problems)
        .join(PolluterTie, PolluterTie.polluter_id == Polluter.id)
        .join(Issue, Issue.id == PolluterTie.issue_id)
        .where(
            STANDING, polluters_of(actor), reach(actor), Issue.status.not_in(UNCOUNTED),
            Issue.id.in_(select(PolluterTie.issue_id)),  # those are few, and begun with
            Issue.first_assigned_on > on - YEAR, Issue.first_assigned_on <= on,
        )
        .group_by(Polluter.id, Polluter.name, Polluter.region)
        .having(problems >= MANY)
        .order_by(problems.desc(), Polluter.name)
    )  # fmt: skip
    return [Repeated(*row) for row in db.session.execute(rows)]


def _lines(asked: Asked, actor: Actor) -> Select[Any]:
    count = _count(actor).label("tickets")
    leads = _count_leads(actor).label("leads")
    rows = select(Polluter, count, leads).where(*_conditions(asked, actor))
    in_order = (Polluter.ended_at.is_not(None), count.desc(), Polluter.name, Polluter.id)
    return rows.order_by(*in_order)


def _count(actor: Actor) -> Any:
    rows: Select[Any] = select(func.count(Issue.id.distinct()))
    rows = rows.join(PolluterTie, PolluterTie.issue_id == Issue.id)
    rows = rows.where(PolluterTie.polluter_id == Polluter.id, STANDING, reach(actor))
    return rows.correlate(Polluter).scalar_subquery()


def _count_leads(actor: Actor) -> Any:
    if not holds(actor, Right.SEE_LEADS):
        return null()
    rows: Select[Any] = select(func.count(LeadTie.lead_id.distinct()))
    rows = rows.where(LeadTie.polluter_id == Polluter.id, LeadTie.ended_at.is_(None))
    return rows.correlate(Polluter).scalar_subquery()


def _conditions(asked: Asked, actor: Actor) -> list[ColumnElement[bool]]:
    found = [polluters_of(actor)]
    if asked.words:
        words = (Polluter.name, Polluter.code, Polluter.place, Polluter.permits)
        found.append(or_(*(one.contains(asked.words, autoescape=True) for one in words)))
    if kind := PolluterKind.of(asked.kind):
        found.append(Polluter.kind == kind)
    if asked.region:
        found.append(Polluter.region == asked.region)
    if asked.tied:
        found.append(and_(_count(actor) > 0))
    return found
