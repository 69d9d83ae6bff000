"""Which keepers a ticket has: those named on it, else those of the nearest place above it.

Each level stands for itself. Two ways of asking the same: of one ticket, and as a condition on
tickets; a test holds them together.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, false, func, or_, select
from sqlalchemy.orm import aliased

from extensions import db
from issues import regions
from issues.ground.batches import among
from issues.models import Issue, Keeper, Keeping, Region
from issues.vocabulary import KeeperLevel

LIES_AT = case((Issue.township != "", Issue.township), else_=Issue.region)
"""The narrowest place a ticket names."""
Place, Holder, Nearer = aliased(Region), aliased(Region), aliased(Region)
Other = aliased(Keeping)


class Kept(NamedTuple):
    """One keeper of a ticket. `place` is whose keeper he is, "" where the ticket itself names him.

    `depth` is the length of the place's path.
    """

    level: KeeperLevel
    keeper_id: int
    name: str
    phone: str
    body: str
    place: str
    depth: int
    keeping_id: int


def nearest(found: Iterable[Kept]) -> list[Kept]:
    """Of each level those on the ticket itself, else those of the nearest place."""
    rows = list(found)
    chosen = []
    for level in KeeperLevel:
        own = [row for row in rows if row.level is level]
        named = [row for row in own if not row.place]
        deepest = max((row.depth for row in own), default=0)
        chosen += named or [row for row in own if row.depth == deepest]
    return chosen


def of_ticket(issue: Issue) -> list[Kept]:
    """By level, the widest first. One statement."""
    return _at(issue.township or issue.region, Keeping.issue_id == issue.id)


def of_place(code: str) -> list[Kept]:
    """Whom a ticket in a place that names nobody would inherit. One statement."""
    return _at(code, false())


def _at(place: str, is_named: ColumnElement[bool]) -> list[Kept]:
    above = select(Nearer.id).where(Nearer.code == place, regions.inside(Nearer, Holder))
    rows = (
        select(*_columns())
        .join(Keeper, Keeper.id == Keeping.keeper_id)
        .outerjoin(Holder, and_(Holder.code == Keeping.region, Keeping.region != ""))
        .where(
            Keeping.until_on.is_(None),
            or_(is_named, exists(above.correlate(Holder))),
        )
        .order_by(Keeping.id)
    )
    return nearest(Kept(*row) for row in db.session.execute(rows))


def _columns() -> tuple[Any, ...]:
    """Those of Kept."""
    return (
        Keeping.level, Keeper.id, Keeper.name, Keeper.phone, Keeper.body,
        func.coalesce(Holder.name, ""), func.coalesce(func.length(Holder.path), 0), Keeping.id,
    )  # fmt: skip


def of_tickets(ids: Collection[int], day: date) -> dict[int, list[Kept]]:
    """The same of many tickets as of a day, by where they lie now; none of what has none.

    Two statements, whatever their number.
    """
    rows = select(Issue.id, Region.path).join(Region, Region.code == LIES_AT)
    paths = {row.id: row.path for row in db.session.execute(rows.where(among(Issue.id, ids)))}
    held = and_(Keeping.from_on <= day, or_(Keeping.until_on.is_(None), Keeping.until_on > day))
    standing = (
        select(Keeping.issue_id, Keeping.region, *_columns())
        .join(Keeper, Keeper.id == Keeping.keeper_id)
        .outerjoin(Holder, and_(Holder.code == Keeping.region, Keeping.region != ""))
        .where(held)
        .order_by(Keeping.id)
    )
    of: dict[int | str, list[Kept]] = defaultdict(list)
    for issue_id, region, *kept in db.session.execute(standing):
        of[issue_id or region].append(Kept(*kept))
    found = {
        key: nearest(chain(of.get(key, ()), *(of.get(code, ()) for code in steps_of(path))))
        for key, path in paths.items()
    }
    return {key: kept for key, kept in found.items() if kept}


def steps_of(path: str) -> list[str]:
    """The codes of the places on it."""
    return path.split(regions.STEP)[:-1]


def is_kept(issue_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Of one ticket, by its id: whether anybody is its keeper."""
    above = (
        select(Holder.code)
        .join(Nearer, regions.inside(Nearer, Holder))
        .join(Issue, Nearer.code == LIES_AT)
        .where(Issue.id == issue_id)
    )
    own = or_(Keeping.issue_id == issue_id, Keeping.region.in_(above))
    return exists(select(Keeping.id).where(Keeping.until_on.is_(None), own))


def has_keeper() -> ColumnElement[bool]:
    """Of tickets: that somebody is their keeper, on whatever level."""
    return or_(LIES_AT.in_(_covered()), Issue.id.in_(_named()))


def kept_under(of: ColumnElement[bool]) -> ColumnElement[bool]:
    """Of tickets: that one of these keepings holds for them. `of` is a condition on Keeping."""
    return or_(
        Issue.id.in_(_named().where(of)), *(_by_place(level, of) for level in KeeperLevel)
    )  # fmt: skip


def kept_by(account_id: int | None) -> ColumnElement[bool]:
    """Tickets whose keeper the person of this account is."""
    own = select(Keeper.id).where(Keeper.account_id == account_id, Keeper.ended_at.is_(None))
    return kept_under(Keeping.keeper_id.in_(own))


def _named() -> Any:
    return select(Keeping.issue_id).where(
        Keeping.issue_id.is_not(None), Keeping.until_on.is_(None)
    )  # fmt: skip


def _covered() -> Any:
    """The codes of all places that somebody keeps, and of what lies in them."""
    return (
        select(Place.code)
        .join(Holder, regions.inside(Place, Holder))
        .join(Keeping, Keeping.region == Holder.code)
        .where(Keeping.until_on.is_(None))
    )


def _by_place(level: KeeperLevel, of: ColumnElement[bool]) -> ColumnElement[bool]:
    """On one level: by the place, unless a nearer one has a keeper or the ticket names one."""
    nearer = (
        select(Other.id)
        .join(Nearer, Nearer.code == Other.region)
        .where(
            Other.level == level, Other.until_on.is_(None), regions.inside(Place, Nearer),
            regions.inside(Nearer, Holder), Nearer.id != Holder.id,
        )
        .correlate(Place, Holder)
    )  # fmt: skip
    codes = (
        select(Place.code)
        .join(Holder, regions.inside(Place, Holder))
        .join(Keeping, Keeping.region == Holder.code)
        .where(Keeping.level == level, Keeping.until_on.is_(None), of, ~exists(nearer))
    )
    return and_(LIES_AT.in_(codes), Issue.id.not_in(_named().where(Keeping.level == level)))
