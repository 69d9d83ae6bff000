"""Workbooks of units and people that came, and who of them has set no password yet."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from auth.models import Grant, User
from extensions import db
from issues.models import Region, Roster
from issues.queries.ground.paging import Page, cut
from issues.vocabulary import ADMINISTRATORS, RegionKind, RosterKind

PER_PAGE = 20
OFFERED = (RegionKind.CITY, RegionKind.COUNTY, RegionKind.ZONE)


def earlier(kind: RosterKind, page: int) -> Page[Roster]:
    rows = select(Roster).where(Roster.kind == kind).options(joinedload(Roster.user))
    asked, page, total = cut(rows.order_by(Roster.id.desc()), page, PER_PAGE)
    return Page(db.session.scalars(asked).all(), page, PER_PAGE, total)


def region_names() -> list[str]:
    """What the column of the region offers: the city, and the places that units lie in."""
    rows = select(Region.name).where(Region.ended_at.is_(None), Region.kind.in_(OFFERED))
    return list(db.session.scalars(rows.order_by(Region.path)))


def without_password(names: Sequence[str]) -> Sequence[User]:
    """Of these accounts those whose owner has set no password; none of the three administrators.

    Theirs are handed over by two persons. One statement.
    """
    three = select(Grant.user_id).where(Grant.role.in_(ADMINISTRATORS), Grant.revoked_at.is_(None))
    rows = select(User).where(
        User.name.in_(names), User.password_hash == "", User.is_active, User.id.not_in(three)
    )
    return db.session.scalars(rows.options(joinedload(User.unit)).order_by(User.name)).all()
