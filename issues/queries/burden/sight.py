"""Whose acts of a year a person counts here, and what of each is counted; scope in the WHERE."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, extract, func, or_, select, true
from sqlalchemy.orm import aliased

from auth.actor import Actor
from auth.models import Unit, UnitAlias
from extensions import db
from issues.burden.forms import GIVEN_BACK
from issues.ground.refusals import NotFound
from issues.models import Event, Issue, Notice
from issues.notices import rights as notices
from issues.rights.table import Right, reach, sees_all
from issues.vocabulary import Subject


class Body(NamedTuple):
    """A unit with every name it has had, as the history may call it."""

    code: str
    name: str
    names: frozenset[str]


def own_only(actor: Actor) -> bool:
    """Whether the person sees the own unit alone."""
    return not sees_all(actor, Right.BURDEN)


def bodies_of(actor: Actor) -> list[Body]:
    """The units in the person's sight, in their order. Two statements."""
    rows = select(Unit.id, Unit.code, Unit.short_name, Unit.name).order_by(Unit.position)
    if own_only(actor):
        rows = rows.where(Unit.id == (actor.unit_id or 0))
    units = db.session.execute(rows).all()
    further: dict[int, set[str]] = {}
    for row in db.session.execute(select(UnitAlias.unit_id, UnitAlias.text)):
        further.setdefault(row.unit_id, set()).add(row.text)
    return [
        Body(row.code, row.short_name,
             frozenset({row.short_name, row.name} | further.get(row.id, set())))
        for row in units
    ]  # fmt: skip


def one_of(bodies: Sequence[Body], code: str) -> Body:
    found = next((body for body in bodies if body.code == code), None)
    if found is None:
        raise NotFound
    return found


class Sight(NamedTuple):
    """What is counted for this person: the acts in sight of a year, and whose.

    `names` are those of the units; None for all of them.
    """

    acts: ColumnElement[bool]
    names: frozenset[str] | None

    def of(self, unit: Any) -> ColumnElement[bool]:
        return true() if self.names is None else unit.in_(sorted(self.names))


def in_sight(actor: Actor, year: int, bodies: Sequence[Body], unit: Body | None) -> Sight:
    tickets = select(Issue.id).where(reach(actor, Right.BURDEN))
    papers = select(Notice.id).where(notices.reach(actor))
    acts = and_(
        or_(_is_of(Subject.TICKET, tickets), _is_of(Subject.NOTICE, papers)),
        Event.on >= date(year, 1, 1),
        Event.on < date(year + 1, 1, 1),
        Event.is_covert.is_(False),
    )
    if unit is not None:
        return Sight(acts, unit.names)
    if own_only(actor):
        return Sight(acts, frozenset().union(*(body.names for body in bodies)))
    return Sight(acts, None)


def _is_of(subject: Subject, seen: Select[Any]) -> ColumnElement[bool]:
    return and_(Event.subject == subject.value, Event.subject_id.in_(seen))


def many(name: str) -> ColumnElement[int]:
    """How many fields the history keeps of an act under this name."""
    return func.coalesce(func.json_array_length(Event.detail[name]), 0)


def filer() -> Any:
    """The unit that filed what an act gives back: of the last form of its kind before it."""
    before = aliased(Event)
    kind = case({back: form.act.value for back, form in GIVEN_BACK.items()}, value=Event.action)
    return (
        select(before.unit)
        .where(
            before.subject == Event.subject,
            before.subject_id == Event.subject_id,
            before.seq < Event.seq,
            before.action == kind,
        )
        .order_by(before.seq.desc())
        .limit(1)
        .scalar_subquery()
    )


def ground() -> Any:
    return Event.detail["ground"].as_string()


def month() -> Any:
    return extract("month", Event.on)
