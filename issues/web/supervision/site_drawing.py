"""The map of 准入: the city's outlines, the layers over them, and the place asked about."""

import math
from typing import NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from issues.queries.board.map import Area
from issues.queries.ground import names as units
from issues.queries.ground.remembered import moment, remembered
from issues.supervision.geojson import Ring
from issues.supervision.sites.areas import in_gcj02
from issues.supervision.sites.asked_shapes import Asked
from issues.web.board.map import ground
from issues.web.board.map_drawing import Drawing, Put, draw

MOST_POINTS = 20_000
FINENESS = (0.1, 0.5, 2.0, 8.0)
"""Points of the picture that two points of a layer lie apart: the finest that is not too much."""
AROUND = 3
NEAR = 3
LEAST_VIEW = 24
"""A point is shown with some kilometres around it."""


class Layer(NamedTuple):
    name: str
    look: int
    path: str


class Ground(NamedTuple):
    """What lies under every place; kept until the next act."""

    drawing: Drawing
    layers: list[Layer]


class Picture(NamedTuple):
    """`scale` tells a degree in the picture and where none is: across, west, down, north."""

    areas: Drawing
    layers: list[Layer]
    place: str
    is_point: bool
    view: str
    scale: str

    @property
    def is_near(self) -> bool:
        """So near that a county's name would cover what is shown."""
        wide, whole = (float(box.split()[2]) for box in (self.view, self.areas.box))
        return wide < whole / NEAR


def picture(asked: Asked | None) -> Picture | None:
    """None where no outline of the city is known. Three statements at most."""
    under: Ground | None = remembered(("ground of 准入", moment()), _ground)
    if under is None:
        return None
    put = under.drawing.put
    (west, north), (east, south) = put((0, 0)), put((1, 1))
    scale = f"{east - west!r} {west!r} {south - north!r} {north!r}"
    plane = in_gcj02(asked.plane) if asked else None
    return Picture(
        under.drawing, under.layers, _path_of(plane, put) if plane else "",
        bool(asked and asked.is_point), _view(plane, under.drawing), scale,
    )  # fmt: skip


def _ground() -> Ground | None:
    under = ground()
    areas = [Area(code, name, is_zone=False, asked={}) for code, name in units.names().regions]
    drawing = draw(areas, under.shapes, [], [])
    if drawing is None:
        return None
    rings = [
        (sheet.name, sheet.look, [list(map(drawing.put, ring)) for ring in shape.rings])
        for sheet in under.layers
        for shape in sheet.shapes
    ]
    fine = _fineness([ring for _, _, held in rings for ring in held])
    return Ground(
        drawing,
        [Layer(name, look, "".join(_path(_thin(r, fine)) for r in held))
         for name, look, held in rings],
    )  # fmt: skip


def _fineness(rings: list[Ring]) -> float:
    for fine in FINENESS:
        if sum(len(_thin(ring, fine)) for ring in rings) <= MOST_POINTS:
            return fine
    return FINENESS[-1]


def _thin(ring: Ring, apart: float) -> Ring:
    kept = [ring[0]]
    for point in ring[1:]:
        if math.dist(point, kept[-1]) >= apart:
            kept.append(point)
    return kept


def _path(ring: Ring) -> str:
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in ring) + "Z"


def _path_of(plane: BaseGeometry, put: Put) -> str:
    """Of every ring, holes too; of a point a line of no length, which a round end makes a dot."""
    if plane.geom_type == "Point":
        x, y = put((plane.x, plane.y))
        return f"M{x:.3f} {y:.3f}h0"
    rings = [ring for part in shapely.get_parts(plane) for ring in (part.exterior, *part.interiors)]
    return "".join(_path([put((x, y)) for x, y in ring.coords]) for ring in rings)


def _view(plane: BaseGeometry | None, drawing: Drawing) -> str:
    """Which part of the picture is shown: around the place, in the shape of the whole."""
    if plane is None:
        return drawing.box
    west, south, east, north = plane.bounds
    (left, bottom), (right, top) = drawing.put((west, south)), drawing.put((east, north))
    _, _, whole, high = map(float, drawing.box.split())
    ratio = high / whole
    wide = max(LEAST_VIEW, AROUND * (right - left), AROUND * (bottom - top) / ratio)
    if wide >= whole:
        return drawing.box
    x, y = (left + right) / 2 - wide / 2, (top + bottom) / 2 - wide * ratio / 2
    return f"{x:.2f} {y:.2f} {wide:.2f} {wide * ratio:.2f}"
