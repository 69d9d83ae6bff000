"""Units and regions by name, in the order the city keeps them."""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select

from auth.models import Unit
from extensions import db
from issues.vocabulary import COUNTY, ZONE

CITY_REGION = "市级"
NO_UNIT = "-"
"""As a unit's code: no primary unit is set."""


class Named(NamedTuple):
    id: int
    code: str
    name: str
    kind: str
    region: str
    position: int
    is_ended: bool = False


class Names:
    """Every unit once. A county's own code is its region's; what is in no county is the city's.

    `live` are those that something new may be given to.
    """

    def __init__(self, units: list[Named]) -> None:
        self.all = units
        self.live = [unit for unit in units if not unit.is_ended]
        self.by_id = {unit.id: unit for unit in units}
        self.by_code = {unit.code: unit for unit in units}

    def unit(self, code: str) -> str:
        return self.by_code[code].name if code in self.by_code else code

    def region(self, code: str) -> str:
        return self.by_code[code].name if code in self.by_code else CITY_REGION

    def kind(self, code: str) -> str:
        return self.by_code[code].kind if code in self.by_code else ""

    def code(self, unit_id: int | None) -> str:
        """What the board and the register's filter call a unit; none is one of its own."""
        return self.by_id[unit_id].code if unit_id in self.by_id else NO_UNIT

    def position(self, code: str) -> int:
        return self.by_code[code].position if code in self.by_code else 0

    @property
    def regions(self) -> list[tuple[str, str]]:
        """The counties and zones, and before them what belongs to the city itself."""
        held = {unit.region for unit in self.all}
        city = [(code, CITY_REGION) for code in sorted(held) if code not in self.by_code]
        kinds = (COUNTY, ZONE)
        return city + [(unit.code, unit.name) for unit in self.all if unit.kind in kinds]


def names() -> Names:
    """One statement."""
    return names_and()[0]


def region_words() -> Callable[[str], str]:
    """A region's name by its code. One statement at the first that is asked for."""
    read = cache(names)
    return lambda code: read().region(code)


def names_and(*beside: ColumnElement[Any]) -> tuple[Names, tuple[Any, ...]]:
    """The units and values read with them; None each where there is no unit. One statement."""
    named = (
        Unit.id, Unit.code, Unit.short_name, Unit.kind, Unit.region, Unit.position,
        Unit.ended_at.is_not(None),
    )  # fmt: skip
    rows = db.session.execute(select(*named, *beside).order_by(Unit.position)).all()
    found = tuple(rows[0][len(named) :]) if rows else (None,) * len(beside)
    return Names([Named(*row[: len(named)]) for row in rows]), found
