"""The short lists a caller looks things up in: units, versions of the rules, look-backs."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from auth.actor import Actor
from auth.models import Unit, UnitAlias
from extensions import db
from issues.models import Event, Issue, Lookback, PolicyVersion
from issues.queries.ground.paging import Page, cut
from issues.rights.table import reach
from issues.vocabulary import Subject

PER_PAGE = 50


class Planned(NamedTuple):
    rows: Sequence[Lookback]
    total: int


def units() -> Sequence[Unit]:
    """In the order the city keeps them."""
    return db.session.scalars(select(Unit).order_by(Unit.position, Unit.id)).all()


def aliases(page: int) -> Page[UnitAlias]:
    """Those in force, by their units in the city's order, with who added them."""
    rows = select(UnitAlias).join(UnitAlias.unit).where(UnitAlias.ended_at.is_(None))
    rows = rows.options(contains_eager(UnitAlias.unit), joinedload(UnitAlias.made_by))
    ordered = rows.order_by(Unit.position, Unit.id, UnitAlias.id)
    asked, page, total = cut(ordered, page, PER_PAGE)
    return Page(db.session.scalars(asked).all(), page, PER_PAGE, total)


def aliases_of(unit_id: int) -> Sequence[UnitAlias]:
    rows = select(UnitAlias).where(UnitAlias.unit_id == unit_id, UnitAlias.ended_at.is_(None))
    return db.session.scalars(rows.order_by(UnitAlias.id)).all()


def records_of_unit(unit_id: int) -> Sequence[Event]:
    """What was done to it, the newest first."""
    rows = select(Event).where(Event.is_about(Subject.UNIT, unit_id))
    return db.session.scalars(rows.order_by(Event.seq.desc())).all()


def policy_version(number: int) -> PolicyVersion | None:
    return db.session.get(PolicyVersion, number)


def lookbacks(actor: Actor, due_before: date | None, *, begin: int, size: int) -> Planned:
    """Planned and done ones, the earliest plan first. Two statements."""
    rows = select(Lookback).join(Issue).where(reach(actor))
    if due_before is not None:
        rows = rows.where(Lookback.planned_on <= due_before)
    total = db.session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    rows = rows.options(joinedload(Lookback.issue)).order_by(Lookback.planned_on, Lookback.id)
    return Planned(db.session.scalars(rows.offset(begin).limit(size)).all(), total)
