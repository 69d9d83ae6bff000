"""The map as plain SVG figures: it needs no script, prints, and scales. Drawn in GCJ-02."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from issues.evidence.places import wgs84_to_gcj02
from issues.queries.board.map import Area, Place
from issues.supervision.geojson import Point, Ring, Shape
from issues.web.board.placing.boxes import MARGIN, rings, under
from issues.web.board.placing.names import Named
from issues.web.board.placing.seen import Seen, Sheets, seen_in
from issues.web.board.placing.signs import Cluster
from issues.web.board.placing.views import View
from issues.web.polluters.marks import Mark

WIDTH, HEIGHT = 1000, 860
FINEST = 2.0
"""Points of an outline closer than this on the picture are one."""
COARSE = 0.012
"""The same in degrees, for a picture no wider than a thumb."""
STEPS = (0, 10, 20, 35)
Put = Callable[[Point], Point]


class Outline(NamedTuple):
    """`area` is None for a layer, `look` the layer's own hatching.

    `ring` is the largest of it on the picture, `label` its middle.
    """

    area: Area | None
    name: str
    path: str
    is_closed: bool
    ring: Ring
    look: int = 0

    @property
    def label(self) -> Point:
        return _middle(self.ring)


@dataclass(frozen=True, slots=True)
class Drawing:
    """`seen` is the picture for the windows it was asked for, the largest first."""

    areas: list[Outline]
    layers: list[Outline]
    marks: list[Mark]
    outside: int
    boxes: int
    box: str
    put: Put
    seen: list[Seen]

    @property
    def near(self) -> list[Cluster]:
        """The signs of the smallest window, each with its parts: every ticket with a place once."""
        return self.seen[-1].clusters if self.seen else []


class Sheet(NamedTuple):
    """Outlines of one source, already in GCJ-02. `look` tells layers apart."""

    key: str
    name: str
    look: int
    shapes: list[Shape]


def in_gcj02(shapes: list[Shape]) -> list[Shape]:
    return [
        shape._replace(rings=[[wgs84_to_gcj02(*point) for point in ring] for ring in shape.rings])
        for shape in shapes
    ]


def thinned(shapes: list[Shape]) -> list[Shape]:
    """For a small picture: points of an outline closer than it can show are left out."""
    return [
        shape._replace(rings=[_apart(ring, COARSE) for ring in shape.rings]) for shape in shapes
    ]


def draw(
    areas: list[Area], shapes: list[Shape], layers: list[Sheet], places: list[Place],
    marks: Iterable[Mark] = (), views: Sequence[View] = (),
    told: Callable[[Area], str] = lambda _area: "",
) -> Drawing | None:  # fmt: skip
    """None where no outline of any area is known. `told` is what stands under an area's name."""
    known = [(area, held) for area in areas if (held := _outlines_of(area, shapes))]
    if not known:
        return None
    boxed = [area for area in areas if area.is_zone and not _outlines_of(area, shapes)]
    put, width, height = _projection(
        [point for _, held in known for shape in held for ring in shape.rings for point in ring]
    )
    spots, outside = _on_sheet(places, put, width, height)
    lowest = [Named([], area.name, told(area), is_zone=True) for area in boxed]
    whole, row = under(lowest, views, width, height)
    ordered = sorted(known, key=lambda pair: pair[0].is_zone)
    outlines = [
        *((area, _outline(area, area.name, of, put)) for area, of in ordered),
        *(
            (area, _box(area, ring))
            for area, ring in zip(boxed, rings(row, len(boxed), height), strict=True)
        ),
    ]
    crosses = [one._replace(x=x, y=y) for one in marks for x, y in [put((one.x, one.y))]]
    named = [Named(one.ring, area.name, told(area), area.is_zone) for area, one in outlines]
    seen, (wide, high) = seen_in(views, named, spots, crosses, Sheets((width, height), whole))
    return Drawing(
        areas=[one for _, one in outlines],
        layers=[one for layer in layers for one in _layer(layer, put)],
        marks=crosses,
        outside=outside,
        boxes=len(boxed),
        box=f"0 0 {wide:.0f} {high:.0f}",
        put=put,
        seen=seen,
    )


def _layer(layer: Sheet, put: Put) -> list[Outline]:
    return [
        _outline(None, shape.name or layer.name, [shape], put)._replace(look=layer.look)
        for shape in layer.shapes
    ]


def _outlines_of(area: Area, shapes: list[Shape]) -> list[Shape]:
    """By the code; by the name where the file gives no code."""
    asked = (area.code, area.name)
    return [shape for shape in shapes if shape.is_closed and (shape.code or shape.name) in asked]


def _projection(points: list[Point]) -> tuple[Put, float, float]:
    """Degrees to the picture and its size: longitude is as much shorter as it is on the ground."""
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    west, east, south, north = min(lons), max(lons), min(lats), max(lats)
    narrow = math.cos(math.radians((south + north) / 2))
    width, height = max((east - west) * narrow, 1e-6), max(north - south, 1e-6)
    scale = min((WIDTH - 2 * MARGIN) / width, (HEIGHT - 2 * MARGIN) / height)

    def put(point: Point) -> Point:
        lon, lat = point
        return MARGIN + (lon - west) * narrow * scale, MARGIN + (north - lat) * scale

    return put, width * scale + 2 * MARGIN, height * scale + 2 * MARGIN


def _box(area: Area, ring: Ring) -> Outline:
    return Outline(area, area.name, _path(ring, is_closed=True), is_closed=True, ring=ring)


def _outline(area: Area | None, name: str, shapes: list[Shape], put: Put) -> Outline:
    rings = [[put(point) for point in ring] for shape in shapes for ring in shape.rings]
    closed = all(shape.is_closed for shape in shapes)
    path = "".join(_path(ring, is_closed=closed) for ring in rings)
    return Outline(area, name, path, closed, max(rings, key=_size))


def _path(ring: Ring, *, is_closed: bool) -> str:
    kept = _apart(ring, FINEST)
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in kept) + ("Z" if is_closed else "")


def _apart(ring: Ring, distance: float) -> Ring:
    kept = [ring[0]]
    for point in ring[1:]:
        if math.dist(point, kept[-1]) >= distance:
            kept.append(point)
    return kept


def _size(ring: Ring) -> float:
    return abs(_doubled(ring))


def _doubled(ring: Ring) -> float:
    """Twice the area inside, signed by direction."""
    after = ring[1:] + ring[:1]
    return sum(x * v - u * y for (x, y), (u, v) in zip(ring, after, strict=True))


def _middle(ring: Ring) -> Point:
    """The centre of gravity; of a line, of its points."""
    doubled = _doubled(ring)
    if not doubled:
        return (round(sum(x for x, _ in ring) / len(ring)),
                round(sum(y for _, y in ring) / len(ring)))  # fmt: skip
    after = ring[1:] + ring[:1]
    weights = [(x * v - u * y, x + u, y + v) for (x, y), (u, v) in zip(ring, after, strict=True)]
    return (
        round(sum(weight * x for weight, x, _ in weights) / (3 * doubled)),
        round(sum(weight * y for weight, _, y in weights) / (3 * doubled)),
    )


def _on_sheet(
    places: list[Place], put: Put, width: float, height: float
) -> tuple[list[tuple[Point, Place]], int]:
    """Where each place lies on the picture, and how many lie off it."""
    held = [(put(wgs84_to_gcj02(place.lon, place.lat)), place) for place in places]
    inside = [one for one in held if 0 <= one[0][0] <= width and 0 <= one[0][1] <= height]
    return inside, len(held) - len(inside)


def step_of(share: int) -> int:
    """The shade of a share of red: none, and four steps up."""
    return sum(share > step for step in STEPS)
