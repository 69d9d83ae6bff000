"""The tree of places with their keepers: one place, what lies in it, and who has none."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select

from auth.actor import Actor
from extensions import db
from issues import regions
from issues.keepers import giving
from issues.models import Keeping, Region
from issues.queries.ground.paging import Page, cut
from issues.vocabulary import KeeperLevel

PER_PAGE = 100


class Row(NamedTuple):
    """A place with the number of keepers of its own, by level, and of places in it."""

    place: Region
    keepers: dict[KeeperLevel, int]
    places: int


def top(actor: Actor) -> Sequence[Region]:
    """Where the tree begins: the counties and zones in use; what lies at the top without a city.

    Those in the person's sight.
    """
    city = regions.city()
    found = regions.below(city.code if city else "")
    return [one for one in found if giving.reaches(actor, one.code)]


def inside(code: str, page: int) -> Page[Row]:
    """What lies directly in a place and is in use. Four statements."""
    rows = select(Region).where(Region.parent == code, Region.ended_at.is_(None))
    found, page, total = cut(rows.order_by(Region.position, Region.code), page, PER_PAGE)
    return Page(rows_of(db.session.scalars(found).all()), page, PER_PAGE, total)


def rows_of(places: Sequence[Region]) -> list[Row]:
    """Two statements."""
    codes = [one.code for one in places]
    kept = (
        select(Keeping.region, Keeping.level, func.count(Keeping.id))
        .where(Keeping.region.in_(codes), Keeping.until_on.is_(None))
        .group_by(Keeping.region, Keeping.level)
    )
    counts: dict[str, dict[KeeperLevel, int]] = {code: {} for code in codes}
    for region, level, count in db.session.execute(kept):
        counts[region][level] = count
    below = select(Region.parent, func.count()).where(
        Region.parent.in_(codes), Region.ended_at.is_(None)
    )
    lying = {row[0]: row[1] for row in db.session.execute(below.group_by(Region.parent))}
    return [Row(one, counts[one.code], lying.get(one.code, 0)) for one in places]
