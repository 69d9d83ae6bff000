"""Keepers as lists: all under a search, one with its past, those to choose from."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from auth.actor import Actor
from extensions import db
from issues import regions
from issues.models import Event, Issue, Keeper, Keeping
from issues.queries.ground.paging import Page, cut
from issues.rights.places import endable, keepers_of, keepings_of
from issues.rights.table import reach
from issues.vocabulary import KeeperAct, KeeperLevel, Subject

PER_PAGE = 50
MOST_EVENTS, MOST_OFFERED = 100, 20


class Line(NamedTuple):
    """A keeper with the number of places and tickets kept now."""

    keeper: Keeper
    things: int


class Kept(NamedTuple):
    """One place or ticket of a keeper, standing where `until_on` is None.

    `may_end`: by the person who asks.
    """

    id: int
    level: KeeperLevel
    region: str
    name: str
    number: str
    from_on: date
    until_on: date | None
    may_end: bool


def listed(words: str, page: int, actor: Actor) -> Page[Line]:
    """Those in use first, by name. Two statements."""
    found, page, total = cut(_lines(words, actor), page, PER_PAGE)
    return Page([Line(*row) for row in db.session.execute(found)], page, PER_PAGE, total)


def part(words: str, begin: int, size: int, actor: Actor) -> tuple[list[Line], int]:
    """So many of the same from there on, and how many there are in all. Two statements."""
    rows = _lines(words, actor)
    total = db.session.scalar(select(func.count()).select_from(rows.order_by(None).subquery()))
    found = db.session.execute(rows.offset(begin).limit(size))
    return [Line(*row) for row in found], total or 0


def _lines(words: str, actor: Actor) -> Select[Any]:
    things = (
        select(func.count(Keeping.id))
        .where(Keeping.keeper_id == Keeper.id, Keeping.until_on.is_(None), keepings_of(actor))
        .correlate(Keeper)
        .scalar_subquery()
    )
    rows = select(Keeper, things).where(*_named(words), keepers_of(actor))
    rows = rows.options(joinedload(Keeper.account))
    return rows.order_by(Keeper.ended_at.is_not(None), Keeper.name, Keeper.id)


def offered(words: str, actor: Actor) -> Sequence[Keeper]:
    """Those in use to choose from, by a name, a telephone or a unit; none without a word."""
    if not words:
        return []
    rows = select(Keeper).where(*_named(words), Keeper.ended_at.is_(None), keepers_of(actor))
    rows = rows.order_by(Keeper.name, Keeper.id).limit(MOST_OFFERED)
    return db.session.scalars(rows).all()


def things_of(row: Keeper, actor: Actor) -> list[Kept]:
    """What is kept, then what was; what is out of the person's sight is left out. Two statements.

    A place is named with the places it lies in, from the county down.
    """
    columns = (
        Keeping.id, Keeping.level, Keeping.region, Issue.number, Keeping.from_on, Keeping.until_on,
        endable(actor).label("may_end"),
    )  # fmt: skip
    rows = select(*columns).outerjoin(Issue, Issue.id == Keeping.issue_id)
    in_sight = and_(keepings_of(actor), or_(Keeping.issue_id.is_(None), reach(actor)))
    rows = rows.where(Keeping.keeper_id == row.id, in_sight)
    rows = rows.order_by(Keeping.until_on.is_not(None), Keeping.id.desc())
    found = db.session.execute(rows).all()
    names = regions.names_of(one.region for one in found)
    return [
        Kept(one.id, one.level, one.region, names.get(one.region, one.region), one.number or "",
             one.from_on, one.until_on, one.until_on is None and bool(one.may_end))
        for one in found
    ]  # fmt: skip


def records_of(row: Keeper) -> Sequence[Event]:
    """What was done, the newest first."""
    rows = select(Event).where(Event.is_about(Subject.KEEPER, row.id))
    return db.session.scalars(rows.order_by(Event.seq.desc()).limit(MOST_EVENTS)).all()


def delivered_of(row: Keeper) -> Event | None:
    """The last time the printed list was handed over. One statement."""
    rows = select(Event).where(
        Event.is_about(Subject.KEEPER, row.id), Event.action == KeeperAct.DELIVER.value
    )
    return db.session.scalars(rows.order_by(Event.seq.desc()).limit(1)).first()


def _named(words: str) -> list[ColumnElement[bool]]:
    if not words:
        return []
    asked = (Keeper.name, Keeper.phone, Keeper.body)
    return [or_(*(one.contains(words, autoescape=True) for one in asked))]
