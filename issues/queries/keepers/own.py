"""The tickets that one person keeps, with what is to be done about each; scope in the WHERE."""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues.keepers.duties import Duty, Stood, duties
from issues.keepers.inherited import kept_by
from issues.models import Event, Evidence, Issue
from issues.queries.ground.day import Standing
from issues.queries.ground.paging import Page, cut
from issues.rights.table import reach
from issues.rules.firings import Firing
from issues.vocabulary import (
    OFF_BOARD,
    STRUCK_OFF,
    BesideAct,
    Colour,
    EvidenceKind,
    Status,
    Subject,
)

PER_PAGE = 50
MOST_VISITS = 20


class Line(NamedTuple):
    """`may_open`: the person sees the whole ticket, by another right. `is_over`: struck off."""

    id: int
    number: str
    title: str
    place: str
    unit: str
    status: Status
    colour: Colour | None
    deadline: date | None
    visited_on: date | None
    duties: list[Duty]
    may_open: bool
    is_over: bool


def own(actor: Actor, today: date, page: int) -> Page[Line]:
    """Those not struck off first, the most urgent first. Two statements."""
    found, page, total = cut(_ordered(actor, today), page, PER_PAGE)
    lines = [line_from(row, today) for row in db.session.execute(found)]
    return Page(lines, page, PER_PAGE, total)


def part(actor: Actor, today: date, begin: int, size: int) -> tuple[list[Line], int]:
    """So many of the same from there on, and how many there are in all. Two statements."""
    rows = _ordered(actor, today)
    total = db.session.scalar(select(func.count()).select_from(rows.order_by(None).subquery()))
    found = db.session.execute(rows.offset(begin).limit(size))
    return [line_from(row, today) for row in found], total or 0


def _ordered(actor: Actor, today: date) -> Select[Any]:
    order = (Issue.status.in_(STRUCK_OFF), Issue.red_from, Issue.yellow_from, Issue.id)
    return _own(actor, today).order_by(*order)


def line_of(issue: Issue, actor: Actor, today: date) -> Line:
    """The same of one of them. One statement."""
    return line_from(
        db.session.execute(_own(actor, today).where(Issue.id == issue.id)).one(), today
    )


class Visit(NamedTuple):
    """What was seen, with the photos of it that were not withdrawn."""

    at: datetime
    by: str
    text: str
    photos: list[tuple[int, str]]


def visits_of(issue: Issue) -> list[Visit]:
    """The newest first. Two statements."""
    asked = select(Event).where(
        Event.is_about(Subject.TICKET, issue.id), Event.action == BesideAct.VISIT.value
    )
    rows = db.session.scalars(asked.order_by(Event.seq.desc()).limit(MOST_VISITS)).all()
    files = select(Evidence.id, Evidence.name).where(
        Evidence.issue_id == issue.id, Evidence.kind == EvidenceKind.KEEPER_VISIT,
        Evidence.withdrawn_at.is_(None),
    )  # fmt: skip
    names = {row.id: row.name for row in db.session.execute(files)}
    return [
        Visit(row.at, row.actor, row.reason,
              [(key, names[key]) for key in row.detail.get("photos", ()) if key in names])
        for row in rows
    ]  # fmt: skip


def _own(actor: Actor, today: date) -> Select[Any]:
    return lines_where(kept_by(actor.id), actor, today)


def lines_where(condition: ColumnElement[bool], actor: Actor, today: date) -> Select[Any]:
    """The columns of a line, of tickets of which the condition holds; drafts are none."""
    visited = (
        select(func.max(Event.on))
        .where(
            Event.subject == Subject.TICKET.value, Event.subject_id == Issue.id,
            Event.action == BesideAct.VISIT.value,
        )
        .correlate(Issue)
        .scalar_subquery()
    )  # fmt: skip
    return (
        select(
            Issue.id, Issue.number, Issue.title, Issue.place, Unit.short_name, Issue.status,
            Standing.on(today, today).colour.label("colour"), Issue.deadline,
            visited.label("visited_on"), Issue.firings, Issue.claimed_on,
            reach(actor).label("may_open"),
        )
        .outerjoin(Unit, Unit.id == Issue.primary_unit_id)
        .where(condition, Issue.status.not_in(OFF_BOARD))
    )  # fmt: skip


def line_from(row: Any, today: date) -> Line:
    colour = Colour(row.colour) if row.colour else None
    firings = [Firing.from_document(document) for document in row.firings]
    stood = Stood(row.status, colour, firings, row.deadline, row.visited_on, row.claimed_on)
    return Line(
        row.id, row.number, row.title, row.place, row.short_name or "", row.status, colour,
        row.deadline, row.visited_on, duties(stood, today), bool(row.may_open),
        row.status in STRUCK_OFF,
    )  # fmt: skip
