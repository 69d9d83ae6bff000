"""Places and what lies in them: the only reader of a place's path, and who adds one."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from extensions import db
from issues.models import Issue, Region
from issues.vocabulary import RegionKind

STEP = "/"
DRIVEN = (RegionKind.CITY, RegionKind.COUNTY, RegionKind.ZONE)
"""What a ticket's region may be: who drives what lies there."""


def find(code: str) -> Region | None:
    return db.session.scalars(select(Region).where(Region.code == code)).first()


def path_below(parent: Region | None, code: str) -> str:
    """The path of a place of this code in another, or at the top."""
    return f"{parent.path if parent else ''}{code}{STEP}"


def add(
    code: str, name: str, kind: RegionKind, parent: Region | None = None, position: int = 0
) -> Region:
    """Behind its sisters where no position is told. Never commits, writes no history."""
    above = parent.code if parent else ""
    if not position:
        last = select(func.max(Region.position)).where(Region.parent == above)
        position = (db.session.scalar(last) or 0) + 1
    place = Region(
        code=code, name=name, kind=kind, parent=above, path=path_below(parent, code),
        position=position,
    )  # fmt: skip
    db.session.add(place)
    db.session.flush()
    return place


def city() -> Region | None:
    """The city the installation is for; None until it is chosen."""
    rows = select(Region).where(Region.kind == RegionKind.CITY, Region.ended_at.is_(None))
    return db.session.scalars(rows.order_by(Region.id)).first()


def driven(code: str) -> Region | None:
    """A place in use that a ticket's region may be."""
    return db.session.scalars(_DRIVEN, {"code": code}).first()


_DRIVEN = select(Region).where(
    Region.code == bindparam("code"), Region.kind.in_(DRIVEN), Region.ended_at.is_(None)
)


def codes_within(code: str) -> Select[str]:
    """The codes of a place and of all that lies in it, for an IN. None where nobody knows it."""
    top = select(Region.path).where(Region.code == code).scalar_subquery()
    return select(Region.code).where(Region.path.startswith(top, autoescape=False))


def inside(part: type[Region], whole: type[Region]) -> ColumnElement[bool]:
    """Of two places in a statement: the one is the other, or lies in it."""
    return part.path.startswith(whole.path, autoescape=False)


def lies_in(
    codes: Sequence[str], county: SQLColumnExpression[Any] = Issue.region
) -> ColumnElement[bool]:
    """Of a ticket: that it lies in one of these places, by its county or by what it names below.

    Of the city's own code it is what lies in no county: all that lies in the city is no condition.
    `county` is another column that tells the county, as of a day in the past.
    """
    top = aliased(Region)
    within = select(Region.code).join(top, inside(Region, top))
    within = within.where(top.code.in_(codes), top.kind != RegionKind.CITY)
    return or_(county.in_(codes), county.in_(within), Issue.township.in_(within))


def above(place: Region) -> Sequence[Region]:
    """The places it lies in, the widest first."""
    codes = place.path.split(STEP)[:-2]
    rows = db.session.scalars(select(Region).where(Region.code.in_(codes)))
    return sorted(rows, key=lambda one: codes.index(one.code))


def county_of(place: Region) -> str:
    """The code of the county or zone it lies in or is; the city's where it is in none."""
    steps = [*above(place), place]
    return next((one.code for one in reversed(steps) if one.kind in DRIVEN), "")


def below(code: str, *, ended: bool = False) -> Sequence[Region]:
    """What lies directly in a place, in its order; at the top where the code is empty."""
    rows = select(Region).where(Region.parent == code).order_by(Region.position, Region.code)
    return db.session.scalars(rows if ended else rows.where(Region.ended_at.is_(None))).all()


def words_of(codes: Iterable[str]) -> dict[str, str]:
    """What tickets name below their county, in words: town and village by the code of the village.

    One statement, none where there is nothing to ask.
    """
    asked = sorted({code for code in codes if code})
    if not asked:
        return {}
    step = aliased(Region)
    rows = (
        select(Region.code, step.name)
        .join(step, Region.path.startswith(step.path, autoescape=False))
        .where(Region.code.in_(asked), step.kind.not_in((*DRIVEN, RegionKind.PROVINCE)))
        .order_by(func.length(step.path))
    )
    found: dict[str, str] = dict.fromkeys(asked, "")
    for row in db.session.execute(rows):
        found[row.code] += row.name
    return {code: words or code for code, words in found.items()}


def names_below(codes: Iterable[str]) -> dict[str, str]:
    """The same of counties and what is within them, without the city itself."""
    rows = select(Region.code, Region.name).where(
        Region.code.in_(sorted(codes)), Region.kind != RegionKind.CITY
    )
    return {row.code: row.name for row in db.session.execute(rows)}


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """The names of places by their codes. One statement, none where there is nothing to ask."""
    asked = sorted({code for code in codes if code})
    if not asked:
        return {}
    rows = select(Region.code, Region.name).where(Region.code.in_(asked))
    return {row.code: row.name for row in db.session.execute(rows)}
