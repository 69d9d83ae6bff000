"""What stands at a place: the layers it meets with their areas, tickets and sources near it."""

from collections.abc import Sequence
from datetime import date
from math import cos, radians
from typing import Any, NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import ColumnElement, Row, select

from auth.actor import Actor
from extensions import db
from issues.models import Issue, MapSheet, Polluter
from issues.rights.places import polluters_of
from issues.rights.table import reach
from issues.supervision.layers import Sheet, outlines_of
from issues.supervision.sites.areas import (
    area_m2,
    faces_of,
    in_gcj02,
    in_metres,
    in_wgs84,
    plane_of,
)
from issues.supervision.sites.asked_shapes import Asked
from issues.vocabulary import LayerKind

METRES_A_DEGREE = 110_000
LEAST_M2 = 0.01
"""Less than this is the rounding of a common edge."""
MOST_NEAR, MOST_LOOKED_AT, MOST_NAMES = 50, 5000, 20
NEARS = (500, 1000, 2000, 5000)
USUAL = 1000
Point = tuple[float, float]


class Layer(NamedTuple):
    """A layer in use, and how the place lies to it. `area` is None of a point and of lines."""

    name: str
    kind: LayerKind
    dated_on: date
    owner: str
    document_number: str
    is_met: bool
    names: tuple[str, ...]
    area: float | None
    share: float | None


class Near(NamedTuple):
    """What lies near, and how far: a ticket by its number, or a source by its id."""

    key: Any
    name: str
    told: str
    metres: int


class Site(NamedTuple):
    """The answer. `lacking` are the kinds of which no layer is in use."""

    words: str
    area: float | None
    within: int
    layers: list[Layer]
    lacking: list[LayerKind]
    tickets: list[Near]
    more_tickets: int
    polluters: list[Near]
    more_polluters: int

    @property
    def met(self) -> list[Layer]:
        return [layer for layer in self.layers if layer.is_met]


def check(asked: Asked, actor: Actor, within: int) -> Site:
    """What is out of the person's sight is not told. A statement a layer where it is not kept."""
    area = None if asked.is_point else area_m2(asked.plane)
    layers = [_layer(row, asked, area) for row in _in_use()]
    has = {layer.kind for layer in layers}
    tickets, polluters = _tickets(asked, actor, within), _polluters(asked, actor, within)
    return Site(
        asked.words, area, within, layers,
        [kind for kind in LayerKind if kind not in has and kind is not LayerKind.OTHER],
        tickets[:MOST_NEAR], max(0, len(tickets) - MOST_NEAR),
        polluters[:MOST_NEAR], max(0, len(polluters) - MOST_NEAR),
    )  # fmt: skip


def _in_use() -> Sequence[Any]:
    rows = select(
        MapSheet.id, MapSheet.uploaded_at, MapSheet.name, MapSheet.layer_kind, MapSheet.dated_on,
        MapSheet.owner, MapSheet.document_number,
    ).where(MapSheet.ended_at.is_(None), MapSheet.layer_kind.is_not(None))  # fmt: skip
    return db.session.execute(rows.order_by(MapSheet.layer_kind, MapSheet.id)).all()


def _layer(row: Row[Any], asked: Asked, whole: float | None) -> Layer:
    sheet = outlines_of(row.id, row.uploaded_at)
    names, parts, crosses = _common(sheet, asked)
    common = shapely.union_all(parts)
    area = area_m2(in_wgs84(common) if sheet.is_gcj02 else common) if whole is not None else None
    is_met = crosses or (area is not None and area >= LEAST_M2)
    has_area = is_met and area is not None and whole is not None and bool(parts)
    return Layer(
        row.name, row.layer_kind, row.dated_on, row.owner, row.document_number, is_met,
        names if is_met else (), area if has_area else None,
        area / whole if has_area and area is not None and whole else None,
    )  # fmt: skip


def _common(sheet: Sheet, asked: Asked) -> tuple[tuple[str, ...], list[BaseGeometry], bool]:
    """Names of the outlines met, what is common with planes, and whether a line or point meets."""
    plane = in_gcj02(asked.plane) if sheet.is_gcj02 else asked.plane
    west, south, east, north = plane.bounds
    names: list[str] = []
    parts: list[BaseGeometry] = []
    crosses = False
    for shape in sheet.shapes:
        lons, lats = zip(*(point for ring in shape.rings for point in ring), strict=True)
        if min(lons) > east or max(lons) < west or min(lats) > north or max(lats) < south:
            continue
        outline = plane_of(shape)
        if asked.is_point or not shape.is_closed:
            is_met = bool(outline.intersects(plane))
            crosses = crosses or is_met
        else:
            common = faces_of(outline.intersection(plane))
            is_met = not common.is_empty
            parts += [common] if is_met else []
        names += [shape.name] if is_met and shape.name else []
    return tuple(dict.fromkeys(names))[:MOST_NAMES], parts, crosses


def _tickets(asked: Asked, actor: Actor, within: int) -> list[Near]:
    columns = (Issue.number, Issue.title, Issue.status, Issue.lon, Issue.lat)
    rows = select(*columns).where(reach(actor), *_around(asked, within, Issue.lon, Issue.lat))
    found = db.session.execute(rows.order_by(Issue.id.desc()).limit(MOST_LOOKED_AT)).all()
    return _nearest(asked, within, [
        (row.lon, row.lat, row.number, row.title, row.status.label) for row in found
    ])  # fmt: skip


def _polluters(asked: Asked, actor: Actor, within: int) -> list[Near]:
    columns = (Polluter.id, Polluter.name, Polluter.kind, Polluter.lon, Polluter.lat)
    rows = select(*columns).where(
        polluters_of(actor), Polluter.ended_at.is_(None),
        *_around(asked, within, Polluter.lon, Polluter.lat),
    )  # fmt: skip
    found = db.session.execute(rows.order_by(Polluter.id).limit(MOST_LOOKED_AT)).all()
    return _nearest(asked, within, [
        (row.lon, row.lat, row.id, row.name, row.kind.label) for row in found
    ])  # fmt: skip


def _around(asked: Asked, within: int, lon: Any, lat: Any) -> tuple[ColumnElement[bool], ...]:
    west, south, east, north = asked.plane.bounds
    high = within / METRES_A_DEGREE
    wide = high / cos(radians(min(north + high, 80)))
    return lon.between(west - wide, east + wide), lat.between(south - high, north + high)


def _nearest(
    asked: Asked, within: int, found: list[tuple[float, float, Any, str, str]]
) -> list[Near]:
    """By the distance from the edge of the place; within it none."""
    middle = asked.plane.centroid
    place = in_metres(asked.plane, middle.x, middle.y)
    near = []
    for lon, lat, key, name, told in found:
        point = in_metres(shapely.Point(lon, lat), middle.x, middle.y)
        metres = float(place.distance(point))
        if metres <= within:
            near.append(Near(key, name, told, round(metres)))
    return sorted(near, key=lambda one: (one.metres, one.key))
