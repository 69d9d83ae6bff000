"""Units and regions by name, in the order the city keeps them."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, cast, literal, select, union_all

from auth.models import Unit
from extensions import db
from issues.models import Region
from issues.regions import DRIVEN, words_of
from issues.vocabulary import ZONE, RegionKind

CITY_REGION = "市级"
NO_UNIT = "-"
"""As a unit's code: no primary unit is set."""
_UNIT, _PLACE = 0, 1


class Named(NamedTuple):
    """A unit; or a place that drives what lies in it, whose `kind` is that of a region."""

    id: int
    code: str
    name: str
    kind: str
    region: str
    position: int
    is_ended: bool = False


class Names:
    """Every unit and every place a ticket's region may be, once. Ended ones are named too.

    `live` are the units that something new may be given to.
    """

    def __init__(self, units: Sequence[Named], places: Sequence[Named]) -> None:
        self.all = units
        self.live = [unit for unit in units if not unit.is_ended]
        self.places = sorted((place for place in places if not place.is_ended), key=_order)
        self.by_id = {unit.id: unit for unit in units}
        self.by_code = {unit.code: unit for unit in units}
        self._places = {place.code: place for place in places}

    def unit(self, code: str) -> str:
        return self.by_code[code].name if code in self.by_code else code

    def region(self, code: str) -> str:
        """What is in no county is the city's."""
        place = self._places.get(code)
        return CITY_REGION if place is None or _is_city(place) else place.name

    def knows_region(self, code: str) -> bool:
        return code in self._places

    def kind(self, code: str) -> str:
        return self.by_code[code].kind if code in self.by_code else ""

    def is_zone_inside(self, code: str) -> bool:
        """Of a unit: a zone that lies in a county. One with a place of its own is told as that."""
        return self.kind(code) == ZONE and code not in self._places

    def code(self, unit_id: int | None) -> str:
        """What the board and the register's filter call a unit; none is one of its own."""
        return self.by_id[unit_id].code if unit_id in self.by_id else NO_UNIT

    def position(self, code: str) -> int:
        return self.by_code[code].position if code in self.by_code else 0

    def region_position(self, code: str) -> tuple[int, int]:
        """The city's own first, then the counties, then the zones."""
        return _order(self._places[code]) if code in self._places else (0, 0)

    @property
    def counties(self) -> list[Named]:
        """Counties and zones that are places."""
        return [place for place in self.places if not _is_city(place)]

    @property
    def regions(self) -> list[tuple[str, str]]:
        """What belongs to the city itself, and its counties and zones."""
        return [(place.code, self.region(place.code)) for place in self.places]


def _is_city(place: Named) -> bool:
    return place.kind == RegionKind.CITY.value


def _order(place: Named) -> tuple[int, int]:
    return [kind.value for kind in DRIVEN].index(place.kind), place.position


def names() -> Names:
    """One statement."""
    return names_and()[0]


def region_words() -> Callable[[str], str]:
    """A region's name by its code, or that of a place below. One statement at the first of each."""
    read = cache(names)

    @cache
    def told(code: str) -> str:
        known = read()
        return known.region(code) if known.knows_region(code) else words_of([code])[code]

    return told


def names_and(*beside: ColumnElement[Any]) -> tuple[Names, tuple[Any, ...]]:
    """The names and values read with them; None each where there are no names. One statement."""
    units = select(
        literal(_UNIT).label("what"), Unit.id, Unit.code, Unit.short_name, Unit.kind, Unit.region,
        Unit.position.label("position"), Unit.ended_at.is_not(None), *beside,
    )  # fmt: skip
    places = select(
        literal(_PLACE), Region.id, Region.code, Region.name, cast(Region.kind, String),
        Region.parent, Region.position, Region.ended_at.is_not(None), *beside,
    ).where(Region.kind.in_(DRIVEN))  # fmt: skip
    statement = union_all(units, places)
    rows = db.session.execute(statement.order_by("what", "position")).all()
    last = 1 + len(Named._fields)
    found = tuple(rows[0][last:]) if rows else (None,) * len(beside)
    of = [[Named(*row[1:last]) for row in rows if row[0] == what] for what in (_UNIT, _PLACE)]
    return Names(*of), found
