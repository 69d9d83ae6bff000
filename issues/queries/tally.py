"""Counting tickets by colour: one pass over a day, from which the board's groups are summed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import case, func, select

from auth.actor import Actor
from extensions import db
from issues.models import Issue
from issues.permissions import reach
from issues.queries.narrowing import NO_UNIT
from issues.queries.standing import Standing
from issues.queries.units import Names
from issues.vocabulary import STRUCK_OFF, Colour, Source

NO_UNIT_NAME = "未定主责单位"


class Cell(NamedTuple):
    """So many tickets of one unit, region, source and colour."""

    unit_id: int | None
    region: str
    source: Source
    colour: Colour
    count: int
    struck: int


@dataclass(slots=True)
class Tally:
    """Counts by shown colour. `struck` counts the struck off, those kept up for good included."""

    red: int = 0
    yellow: int = 0
    green: int = 0
    closed: int = 0
    struck: int = 0

    @property
    def total(self) -> int:
        return self.red + self.yellow + self.green + self.closed

    def count(self, colour: Colour, count: int) -> None:
        name = "closed" if colour is Colour.GREY else colour.value
        setattr(self, name, getattr(self, name) + count)

    def add(self, cell: Cell) -> None:
        self.count(cell.colour, cell.count)
        self.struck += cell.struck

    def document(self) -> dict[str, int]:
        names = ("red", "yellow", "green", "closed", "total")
        return {name: getattr(self, name) for name in names}


@dataclass(slots=True)
class Group:
    """One line of a matrix. `key` is what the register filters by."""

    key: str
    name: str
    now: Tally = field(default_factory=Tally)


def cells(actor: Actor, standing: Standing) -> list[Cell]:
    """Every ticket on the board of the day, once, under its primary unit. One statement."""
    kept = (standing.unit_id, standing.region, standing.source, standing.colour.label("colour"))
    struck = func.sum(case((standing.status.in_(STRUCK_OFF), 1), else_=0))
    statement = standing.joined(select(*kept, func.count(), struck).select_from(Issue))
    statement = statement.where(reach(actor), standing.on_board).group_by(*kept)
    return [
        Cell(unit, region, source, Colour(colour), count, int(struck))
        for unit, region, source, colour, count, struck in db.session.execute(statement)
    ]


def total(found: Iterable[Cell]) -> Tally:
    tally = Tally()
    for cell in found:
        tally.add(cell)
    return tally


def _grouped(found: Iterable[Cell], named: Callable[[Cell], tuple[str, str]]) -> list[Group]:
    groups: dict[str, Group] = {}
    for cell in found:
        key, name = named(cell)
        groups.setdefault(key, Group(key, name)).now.add(cell)
    return list(groups.values())


def by_unit(found: Iterable[Cell], names: Names) -> list[Group]:
    """The reddest unit first, then the yellowest, then the city's own order."""

    def named(cell: Cell) -> tuple[str, str]:
        unit = names.by_id.get(cell.unit_id)
        return (NO_UNIT, NO_UNIT_NAME) if unit is None else (unit.code, unit.name)

    groups = _grouped(found, named)
    return sorted(groups, key=lambda g: (-g.now.red, -g.now.yellow, names.position(g.key)))


def by_region(found: Iterable[Cell], names: Names) -> list[Group]:
    groups = _grouped(found, lambda cell: (cell.region, names.region(cell.region)))
    return sorted(groups, key=lambda g: (names.position(g.key), g.key))


def by_source(found: Iterable[Cell], _names: Names) -> list[Group]:
    order = [source.value for source in Source]
    groups = _grouped(found, lambda cell: (cell.source.value, cell.source.label))
    return sorted(groups, key=lambda g: order.index(g.key))
