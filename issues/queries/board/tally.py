"""Counting tickets by colour: one pass over a day, from which the board's groups are summed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, literal, select, union_all

from auth.actor import Actor
from extensions import db
from issues.models import Issue
from issues.queries.ground.counted import counts_once, led
from issues.queries.ground.day import Standing
from issues.queries.ground.names import NO_UNIT, Names
from issues.rights.table import reach
from issues.rules.colour import NEVER, shown_colour
from issues.vocabulary import OFF_BOARD, STRUCK_OFF, Colour, Source, Status

NO_UNIT_NAME = "未定主责单位"
LED = -1
"""The place of the tickets that another one is counted for, among the parts of a statement."""


class Cell(NamedTuple):
    """So many tickets of one unit, region, source and colour."""

    unit_id: int | None
    region: str
    source: Source
    colour: Colour
    count: int  # type: ignore[assignment]  # in place of a tuple's own, which nobody asks
    struck: int


class Kind(NamedTuple):
    """All that the ladder looks at of a ticket."""

    status: Status
    yellow_from: date
    red_from: date
    card: str


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
        setattr(self, colour.counted, self.of(colour) + count)

    def of(self, colour: Colour) -> int:
        return int(getattr(self, colour.counted))

    def add(self, cell: Cell) -> None:
        self.count(cell.colour, cell.count)
        self.struck += cell.struck

    def document(self) -> dict[str, int]:
        return {colour.counted: self.of(colour) for colour in Colour} | {"total": self.total}


@dataclass(slots=True)
class Group:
    """One line of a matrix. `key` is what the register filters by."""

    key: str
    name: str
    now: Tally = field(default_factory=Tally)


def cells(actor: Actor, standing: Standing) -> list[Cell]:
    """Every ticket on the board of the day under its primary unit. One statement.

    The database counts what the ladder looks at, in the order of an index that holds all of it;
    the ladder itself is climbed once for each kind of ticket and not for each ticket.
    """
    return cells_and(actor, standing)[0]


def cells_and(
    actor: Actor, standing: Standing, *beside: tuple[Standing, Sequence[ColumnElement[bool]]]
) -> list[list[Cell]]:
    """Those of all tickets, and of each day beside it those that are as asked. One statement.

    All are counted, by an index alone, and then the few taken off that another is counted for.
    """
    parts = [standing.seen_by(actor, _counted(standing, 0))]
    parts.append(_of_led(actor, standing))
    for place, (day, asked) in enumerate(beside, start=1):
        once = counts_once(actor, day)
        parts.append(day.joined(_counted(day, place).select_from(Issue)).where(*asked, once))
    found: list[list[Cell]] = [[] for _ in range(len(beside) + 1)]
    taken_off: list[Cell] = []
    for place, *key, reds, yellows, count in db.session.execute(union_all(*parts)):
        into = taken_off if place == LED else found[place]
        into.extend(_coloured(key, reds, yellows, count))
    if taken_off:
        found[0] = _without(found[0], taken_off)
    return found


def _of_led(actor: Actor, standing: Standing) -> Select[Any]:
    """Those in sight that another ticket is counted for."""
    counted = standing.joined(_counted(standing, LED).select_from(Issue))
    return counted.where(reach(actor), Issue.id.in_(led(actor, standing)))


def _without(found: list[Cell], taken_off: list[Cell]) -> list[Cell]:
    left: dict[tuple[Any, ...], Cell] = {cell[:4]: cell for cell in found}
    for cell in taken_off:
        whole = left.pop(cell[:4])
        if count := whole.count - cell.count:
            left[cell[:4]] = whole._replace(count=count, struck=whole.struck - cell.struck)
    return list(left.values())


def _counted(standing: Standing, place: int) -> Select[Any]:
    day = standing.day
    keys = (standing.unit_id, standing.region, standing.source, standing.status, standing.card)
    red = func.count().filter(standing.red_from <= day)
    yellow = func.count().filter(standing.red_from > day, standing.yellow_from <= day)
    return select(literal(place), *keys, red, yellow, func.count()).group_by(*keys)


def _coloured(key: Sequence[Any], reds: int, yellows: int, count: int) -> Iterator[Cell]:
    """The cells of tickets that differ only by their thresholds: past red, past yellow, neither."""
    unit_id, region, source, status, card = key
    if status in OFF_BOARD:
        return
    struck = status in STRUCK_OFF
    counted = ((Colour.RED, reds), (Colour.YELLOW, yellows), (None, count - reds - yellows))
    for past, number in counted:
        if number:
            colour = shown(status, card, past)
            yield Cell(unit_id, region, source, colour, number, number if struck else 0)


@cache
def shown(status: Status, card: str, past: Colour | None) -> Colour:
    """The ladder for a ticket that is past this threshold: only which one matters, not the day."""
    day = date.min
    red_from = day if past is Colour.RED else NEVER
    yellow_from = day if past is Colour.YELLOW else NEVER
    return shown_colour(Kind(status, yellow_from, red_from, card), day)


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
        code = names.code(cell.unit_id)
        return (code, NO_UNIT_NAME if code == NO_UNIT else names.unit(code))

    groups = _grouped(found, named)
    return sorted(groups, key=lambda g: (-g.now.red, -g.now.yellow, names.position(g.key)))


def by_region(found: Iterable[Cell], names: Names) -> list[Group]:
    groups = _grouped(found, lambda cell: (cell.region, names.region(cell.region)))
    return sorted(groups, key=lambda g: (names.region_position(g.key), g.key))


def by_source(found: Iterable[Cell], _names: Names) -> list[Group]:
    order = [source.value for source in Source]
    groups = _grouped(found, lambda cell: (cell.source.value, cell.source.label))
    return sorted(groups, key=lambda g: order.index(g.key))
