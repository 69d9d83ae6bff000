"""Units and regions by name, in the order the city keeps them."""

from typing import NamedTuple

from sqlalchemy import select

from auth.models import Unit
from extensions import db

CITY_REGION = "市级"
COUNTY = "县(区)"
ZONE = "园区"


class Named(NamedTuple):
    id: int
    code: str
    name: str
    kind: str
    region: str
    position: int


class Names:
    """Every unit once. A county's own code is its region's; what is in no county is the city's."""

    def __init__(self, units: list[Named]) -> None:
        self.all = units
        self.by_id = {unit.id: unit for unit in units}
        self.by_code = {unit.code: unit for unit in units}

    def unit(self, code: str) -> str:
        return self.by_code[code].name if code in self.by_code else code

    def region(self, code: str) -> str:
        return self.by_code[code].name if code in self.by_code else CITY_REGION

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
    columns = select(
        Unit.id, Unit.code, Unit.short_name, Unit.kind, Unit.region, Unit.position
    ).order_by(Unit.position)
    return Names([Named(*row) for row in db.session.execute(columns)])
