"""What the pages of places show: what lies in one, with what stands on it, and a search by name."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased

from auth.models import Unit
from extensions import db
from issues import regions
from issues.models import Event, Issue, Region
from issues.queries.ground.paging import Page, cut
from issues.vocabulary import ENDED, RegionKind, Subject

PER_PAGE = 100
MOST_EVENTS = 50


class Row(NamedTuple):
    """A place with what stands on it and on all that lies in it; tickets are those not ended."""

    place: Region
    where: str
    places: int
    units: int
    tickets: int


def inside(code: str, page: int) -> Page[Row]:
    """What lies directly in a place, those in use first; at the top where the code is empty."""
    rows = select(Region).where(Region.parent == code)
    in_order = (Region.ended_at.is_not(None), Region.position, Region.code)
    return _page(rows.order_by(*in_order), page)


def named(words: str, page: int) -> Page[Row]:
    """The places whose names or codes have these words, the wider first."""
    is_asked = or_(
        Region.name.contains(words, autoescape=True), Region.code.startswith(words, autoescape=True)
    )
    order = (func.length(Region.path), Region.path)
    return _page(select(Region).where(is_asked).order_by(*order), page)


def records(place: Region) -> Sequence[Event]:
    """What was done to it, the newest first."""
    rows = select(Event).where(Event.is_about(Subject.REGION, place.id))
    return db.session.scalars(rows.order_by(Event.seq.desc()).limit(MOST_EVENTS)).all()


def towns() -> list[tuple[str, str]]:
    """The townships in use by their codes, each named behind its county. One statement."""
    county = aliased(Region)
    rows = (
        select(Region.code, Region.name, county.name.label("county"))
        .join(county, county.code == Region.parent)
        .where(Region.kind == RegionKind.TOWNSHIP, Region.ended_at.is_(None))
        .order_by(county.position, Region.position, Region.code)
    )
    return [(row.code, f"{row.county}{row.name}") for row in db.session.execute(rows)]


def _page(rows: Select[Region], asked: int) -> Page[Row]:
    """Six statements."""
    found, page, total = cut(rows, asked, PER_PAGE)
    places = db.session.scalars(found).all()
    codes = [one.code for one in places]
    steps = {code for one in places for code in one.path.split(regions.STEP)[:-2]}
    names = regions.names_of(steps)
    below, units, tickets = _below(codes), _units(codes), _tickets(codes)
    items = [
        Row(
            one,
            "".join(names[code] for code in one.path.split(regions.STEP)[:-2]),
            below.get(one.code, 1) - 1, units.get(one.code, 0), tickets.get(one.code, 0),
        )
        for one in places
    ]  # fmt: skip
    return Page(items, page, PER_PAGE, total)


def _below(codes: Collection[str]) -> dict[str, int]:
    """How many places lie in each of these, and itself."""
    return _by_place(codes, lambda top: select(top.code, func.count(Region.id)))


def _units(codes: Collection[str]) -> dict[str, int]:
    return _by_place(
        codes, lambda top: select(top.code, func.count(Unit.id)),
        lambda rows: rows.join(Unit, Unit.region == Region.code),
    )  # fmt: skip


def _tickets(codes: Collection[str]) -> dict[str, int]:
    """A ticket lies in its county and in what it names below that: once in each place."""
    lies = or_(Issue.region == Region.code, Issue.township == Region.code)
    return _by_place(
        codes, lambda top: select(top.code, func.count(Issue.id.distinct())),
        lambda rows: rows.join(Issue, lies).where(Issue.status.not_in(ENDED)),
    )  # fmt: skip


def _by_place(
    codes: Collection[str],
    asked: Callable[[Any], Select[Any]],
    beside: Callable[[Select[Any]], Select[Any]] = lambda rows: rows,
) -> dict[str, int]:
    """Something counted of each of these places and all that lies in it. One statement."""
    top = aliased(Region)
    lies = Region.path.startswith(top.path, autoescape=False)
    rows = beside(asked(top).select_from(top).join(Region, lies))
    found = db.session.execute(rows.where(top.code.in_(codes)).group_by(top.code))
    return {row[0]: row[1] for row in found}
