"""What the map shows under the register's filter: counts of counties and zones, and places."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues.models import Issue
from issues.queries.board.tally import Tally
from issues.queries.ground.names import Names
from issues.queries.register.filters import Filters
from issues.queries.register.narrowing import conditions, standing_of
from issues.vocabulary import Colour

MOST_PLACES = 2000


class Place(NamedTuple):
    """A ticket at its point, in WGS-84."""

    number: str
    title: str
    unit: str
    colour: Colour
    lon: float
    lat: float


@dataclass(slots=True)
class Area:
    """A county by what lies in it, a zone by what it answers for; `asked` filters to the same."""

    code: str
    name: str
    is_zone: bool
    asked: dict[str, str]
    tally: Tally = field(default_factory=Tally)

    @property
    def worst(self) -> str:
        return next((colour.counted for colour in Colour if self.tally.of(colour)), "")

    @property
    def told(self) -> str:
        return "，".join(f"{colour.label} {self.tally.of(colour)}" for colour in Colour)

    @property
    def share(self) -> int:
        """Red of a hundred on the board."""
        return round(100 * self.tally.red / self.tally.total) if self.tally.total else 0


def areas(filters: Filters, actor: Actor, today: date, names: Names) -> list[Area]:
    """Counties, then zones, then what lies in none. One statement."""
    standing = standing_of(filters, today)
    keys = (standing.region, standing.unit_id, standing.colour.label("colour"))
    statement = standing.joined(select(*keys, func.count()).select_from(Issue))
    statement = statement.where(*conditions(filters, actor, standing), standing.on_board)
    found = _areas(names)
    city = Area("", "市级", is_zone=False, asked={"region": ""})
    for region, unit_id, colour, count in db.session.execute(statement.group_by(*keys)):
        unit = names.by_id.get(unit_id)
        inside = found.get(region, city)
        inside.tally.count(Colour(colour), count)
        if inside is city:
            city.asked = {"region": region}
        if unit is not None and names.is_zone_inside(unit.code):
            found[unit.code].tally.count(Colour(colour), count)
    return [*found.values(), *([city] if city.tally.total else [])]


def _areas(names: Names) -> dict[str, Area]:
    counties = names.counties
    zones = [unit for unit in names.all if names.is_zone_inside(unit.code)]
    return {
        unit.code: Area(unit.code, unit.name, is_zone=False, asked={"region": unit.code})
        for unit in counties
    } | {
        unit.code: Area(
            unit.code, unit.name, is_zone=True, asked={"unit": unit.code, "role": "primary"}
        )
        for unit in zones
    }


def places(filters: Filters, actor: Actor, today: date) -> tuple[list[Place], int]:
    """Tickets with a point, the reddest first, and how many there are. Two statements."""
    standing = standing_of(filters, today)
    asked = (*conditions(filters, actor, standing), standing.on_board, Issue.lon.is_not(None),
             Issue.lat.is_not(None))  # fmt: skip
    columns = (
        Issue.number, Issue.title, Unit.short_name, standing.colour, Issue.lon, Issue.lat,
    )  # fmt: skip
    rows = standing.joined(select(*columns).select_from(Issue))
    rows = rows.outerjoin(Unit, Unit.id == standing.unit_id).where(*asked)
    rows = rows.order_by(standing.red_from, standing.yellow_from, Issue.number).limit(MOST_PLACES)
    found = [
        Place(number, title, unit or "", Colour(colour), lon, lat)
        for number, title, unit, colour, lon, lat in db.session.execute(rows)
    ]
    if len(found) < MOST_PLACES:
        return found, len(found)
    count = standing.joined(select(func.count()).select_from(Issue)).where(*asked)
    return found, db.session.scalar(count) or 0
