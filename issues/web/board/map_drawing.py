"""The map as plain SVG figures: it needs no script, prints, and scales. Drawn in GCJ-02."""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from issues.evidence.places import wgs84_to_gcj02
from issues.queries.board.map import Area, Place
from issues.supervision.geojson import Point, Ring, Shape
from issues.vocabulary import WORST_FIRST, Colour
from issues.web.polluters.marks import Mark

WIDTH, HEIGHT, MARGIN = 1000, 860, 24
CELL = 44
FINEST = 2.0
"""Points of an outline closer than this on the picture are one."""
COARSE = 0.012
"""The same in degrees, for a picture no wider than a thumb."""
LABEL_BOX = (96, 44)
LABEL_TRIES = (
    (0, 0), (0, -50), (0, 50), (0, -90), (0, 90), (-60, -60), (60, -60), (-60, 60), (60, 60),
    (0, -140), (0, 140), (80, 0), (-80, 0),
)  # fmt: skip
STEPS = (0, 10, 20, 35)
BOX = (330, 96)
"""A zone whose outline nobody has stands as a box under the picture."""
Put = Callable[[Point], Point]


class Outline(NamedTuple):
    """`area` is None for a layer, `look` the layer's own hatching. `label`: the name's place."""

    area: Area | None
    name: str
    path: str
    is_closed: bool
    label: tuple[float, float]
    look: int = 0


@dataclass(slots=True)
class Cluster:
    """Tickets so near to each other that they are one sign; `colour` is the worst of them."""

    place: int
    x: float
    y: float
    colour: Colour
    tickets: list[Place] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Drawing:
    areas: list[Outline]
    layers: list[Outline]
    clusters: list[Cluster]
    marks: list[Mark]
    outside: int
    boxes: int
    box: str
    put: Put


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
    marks: Iterable[Mark] = (),
) -> Drawing | None:  # fmt: skip
    """None where no outline of any area is known."""
    known = [(area, held) for area in areas if (held := _outlines_of(area, shapes))]
    if not known:
        return None
    boxed = [area for area in areas if area.is_zone and not _outlines_of(area, shapes)]
    put, width, height = _projection(
        [point for _, held in known for shape in held for ring in shape.rings for point in ring]
    )
    ordered = sorted(known, key=lambda pair: pair[0].is_zone)
    clusters, outside = _clusters(places, put, width, height)
    return Drawing(
        areas=[
            *(_outline(area, area.name, held, put, clusters) for area, held in ordered),
            *_boxes(boxed, width, height),
        ],
        layers=[
            _outline(None, shape.name or layer.name, [shape], put, [])._replace(look=layer.look)
            for layer in layers
            for shape in layer.shapes
        ],
        clusters=clusters,
        marks=[one._replace(x=x, y=y) for one in marks for x, y in [put((one.x, one.y))]],
        outside=outside,
        boxes=len(boxed),
        box=f"0 0 {width:.0f} {height + (BOX[1] + MARGIN if boxed else 0):.0f}",
        put=put,
    )


def _boxes(areas: list[Area], width: float, top: float) -> Iterator[Outline]:
    """A row of boxes under the picture, no wider than it."""
    wide, high = BOX
    wide = min(wide, int((width - MARGIN) / max(1, len(areas))) - MARGIN)
    for place, area in enumerate(areas):
        left = MARGIN + place * (wide + MARGIN)
        path = f"M{left} {top:.0f}h{wide}v{high}h-{wide}Z"
        middle = (left + wide / 2, top + high / 2)
        yield Outline(area, area.name, path, is_closed=True, label=middle)


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


def _outline(
    area: Area | None, name: str, shapes: list[Shape], put: Put, clusters: list[Cluster]
) -> Outline:
    rings = [[put(point) for point in ring] for shape in shapes for ring in shape.rings]
    closed = all(shape.is_closed for shape in shapes)
    path = "".join(_path(ring, is_closed=closed) for ring in rings)
    return Outline(area, name, path, closed, _label(max(rings, key=_size), clusters))


def _label(ring: Ring, clusters: list[Cluster]) -> Point:
    """The middle, or near it a place inside where no sign lies under the words."""
    x, y = _middle(ring)
    wide, high = LABEL_BOX
    for across, down in LABEL_TRIES:
        at = (x + across, y + down)
        covered = any(abs(c.x - at[0]) < wide and abs(c.y - at[1]) < high for c in clusters)
        if not covered and _is_inside(at, ring):
            return at
    return x, y


def _is_inside(point: Point, ring: Ring) -> bool:
    """Whether a ray to the right crosses the ring an odd number of times."""
    x, y = point
    after = ring[1:] + ring[:1]
    crossed = (
        (b > y) != (d > y) and x < (c - a) * (y - b) / (d - b) + a
        for (a, b), (c, d) in zip(ring, after, strict=True)
    )
    return sum(crossed) % 2 == 1


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


def _clusters(
    places: list[Place], put: Put, width: float, height: float
) -> tuple[list[Cluster], int]:
    """Places near each other as one sign, and how many lie off the picture."""
    cells: dict[tuple[int, int], list[tuple[Point, Place]]] = {}
    outside = 0
    for place in places:
        x, y = put(wgs84_to_gcj02(place.lon, place.lat))
        if 0 <= x <= width and 0 <= y <= height:
            cells.setdefault((int(x // CELL), int(y // CELL)), []).append(((x, y), place))
        else:
            outside += 1
    return [
        Cluster(
            number,
            round(sum(x for (x, _), _ in held) / len(held)),
            round(sum(y for (_, y), _ in held) / len(held)),
            min((place.colour for _, place in held), key=WORST_FIRST.index),
            [place for _, place in held],
        )
        for number, held in enumerate(cells.values(), start=1)
    ], outside


def step_of(share: int) -> int:
    """The shade of a share of red: none, and four steps up."""
    return sum(share > step for step in STEPS)
