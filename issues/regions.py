"""Places and what lies in them: the only reader of a place's path, and who adds one."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, func, select

from extensions import db
from issues.models import Region
from issues.vocabulary import RegionKind

STEP = "/"


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


def codes_within(code: str) -> Select[str]:
    """The codes of a place and of all that lies in it, for an IN. None where nobody knows it."""
    top = select(Region.path).where(Region.code == code).scalar_subquery()
    return select(Region.code).where(Region.path.startswith(top, autoescape=False))


def lies_in(part: type[Region], whole: type[Region]) -> ColumnElement[bool]:
    """Of two places in a statement: the one is the other, or lies in it."""
    return part.path.startswith(whole.path, autoescape=False)


def above(place: Region) -> Sequence[Region]:
    """The places it lies in, the widest first."""
    codes = place.path.split(STEP)[:-2]
    rows = db.session.scalars(select(Region).where(Region.code.in_(codes)))
    return sorted(rows, key=lambda one: codes.index(one.code))


def below(code: str, *, ended: bool = False) -> Sequence[Region]:
    """What lies directly in a place, in its order; at the top where the code is empty."""
    rows = select(Region).where(Region.parent == code).order_by(Region.position, Region.code)
    return db.session.scalars(rows if ended else rows.where(Region.ended_at.is_(None))).all()
