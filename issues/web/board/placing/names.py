"""Each area's name at a place where it covers no sign and no other name: the same each time.

Inside its area where there is room; else beside the areas with a line that leads to its own; and
where nothing is free, in a column that is added on the right.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from issues.supervision.geojson import Point, Ring
from issues.web.board.placing.views import LINE, Box, View, around, words_size

Points = NDArray[np.float64]
Chosen = NDArray[np.bool_]
FINE = 0.6
"""Of a name's height: how far apart the places lie that are tried."""
GAP = 1
MOST_TRIED = 90
"""On a side of the picture."""


class Named(NamedTuple):
    """What is to be named: the largest ring of an area, and the words in one line or two."""

    ring: Ring
    name: str
    told: str
    is_zone: bool


class Label(NamedTuple):
    """Words about (x, y), of two sizes on the picture; `leader` is where they lead to, if away."""

    name: str
    told: str
    x: float
    y: float
    name_size: float
    told_size: float
    box: Box
    is_zone: bool
    leader: Point | None = None

    @property
    def name_y(self) -> float:
        """The middle of the first line."""
        return round(self.box.top + LINE * self.name_size / 2, 1)

    @property
    def told_y(self) -> float:
        return round(self.box.bottom - LINE * self.told_size / 2, 1)


class Sheet(NamedTuple):
    width: float
    height: float
    unit: float


def labels(named: Sequence[Named], taken: Sequence[Box], view: View, sheet: Sheet) -> list[Label]:
    """A label for each that has room, in their order.

    `taken` are the boxes that no name may cover. The smallest area chooses first.
    """
    grounds = [_ground(one.ring) for one in named]
    land = shapely.union_all(grounds)
    shapely.prepare(land)
    held, column = list(taken), _Column(sheet.width)
    found: dict[int, Label] = {}
    for place in sorted(range(len(named)), key=lambda n: (grounds[n].area, n)):
        size = words_size(view, named[place].name, named[place].told, sheet.unit)
        tried = _place(grounds[place], land, held, size, sheet)
        if not view.leads and (tried is None or tried[1]):
            continue
        at, leads = tried or column.next(size, sheet)
        made = _label(named[place], at, size, view, sheet)
        if leads:
            end = _middle(grounds[place])
            made = made._replace(leader=(round(end[0]), round(end[1])))
        found[place] = made
        held.append(made.box)
    return [found[place] for place in sorted(found)]


class _Column:
    """Places right of the picture, from its top: there is always another."""

    def __init__(self, left: float) -> None:
        self.left = self.right = left
        self.down = 0.0

    def next(self, size: tuple[float, float], sheet: Sheet) -> tuple[Point, bool]:
        if self.down and self.down + size[1] > sheet.height:
            self.left, self.down = self.right, 0.0
        at = (self.left + size[0] / 2, self.down + size[1] / 2)
        self.down += size[1] + GAP
        self.right = max(self.right, self.left + size[0])
        return at, True


def _ground(ring: Ring) -> shapely.Geometry:
    if len({*ring}) < 3:  # noqa: PLR2004 - corners that a face has at least
        return shapely.MultiPoint(ring).buffer(1)
    face = shapely.make_valid(shapely.Polygon(ring))
    shapely.prepare(face)
    return face


def _middle(ground: shapely.Geometry) -> Point:
    """The centre of gravity, or where that lies outside a point within."""
    centre = ground.centroid
    inside = centre if ground.contains(centre) else ground.representative_point()
    return inside.x, inside.y


def _place(
    ground: shapely.Geometry, land: shapely.Geometry, held: Sequence[Box],
    size: tuple[float, float], sheet: Sheet,
) -> tuple[Point, bool] | None:  # fmt: skip
    """The nearest free place to the middle: whole inside, the middle inside, off the land."""
    middle = _middle(ground)
    near = _tried(ground.bounds, middle, size, sheet)
    free = near[_clear(near, size, held)]
    for tried in (_whole(ground, free, size), shapely.contains_xy(ground, free[:, 0], free[:, 1])):
        if tried.any():
            x, y = free[tried][0]
            return (float(x), float(y)), False
    far = _tried((0, 0, sheet.width, sheet.height), middle, size, sheet)
    far = far[_clear(far, size, held)]
    blank = ~_touched(land, far, size)
    if blank.any():
        x, y = far[blank][0]
        return (float(x), float(y)), True
    return None


def _tried(
    bounds: tuple[float, ...], middle: Point, size: tuple[float, float], sheet: Sheet
) -> Points:
    """Middles at which words of this size lie whole on the picture, the nearest first."""
    wide, high = size
    left, top = max(bounds[0], wide / 2), max(bounds[1], high / 2)
    right, bottom = min(bounds[2], sheet.width - wide / 2), min(bounds[3], sheet.height - high / 2)
    if right < left or bottom < top:
        return np.empty((0, 2))
    pace = max(high * FINE / 2, max(right - left, bottom - top) / MOST_TRIED)
    x, y = min(max(middle[0], left), right), min(max(middle[1], top), bottom)
    across = np.concatenate([np.arange(left, right, pace), [right, x]])
    down = np.concatenate([np.arange(top, bottom, pace), [bottom, y]])
    grid = np.array(np.meshgrid(across, down)).reshape(2, -1).T
    far = np.hypot(grid[:, 0] - middle[0], grid[:, 1] - middle[1])
    return grid[np.lexsort((grid[:, 0], grid[:, 1], far.round(3)))]


def _clear(at: Points, size: tuple[float, float], held: Sequence[Box]) -> Chosen:
    if not held:
        return np.ones(len(at), dtype=bool)
    boxes = np.array(held)
    x, y = at[:, :1], at[:, 1:]
    wide, high = size[0] / 2, size[1] / 2
    apart = (
        (x + wide <= boxes[:, 0])
        | (x - wide >= boxes[:, 2])
        | (y + high <= boxes[:, 1])
        | (y - high >= boxes[:, 3])
    )
    return np.asarray(apart.all(axis=1))


def _whole(ground: shapely.Geometry, at: Points, size: tuple[float, float]) -> Chosen:
    """Where every corner lies inside as well as the middle."""
    inside = shapely.contains_xy(ground, at[:, 0], at[:, 1])
    for across, down in _corners(size):
        inside = inside & shapely.contains_xy(ground, at[:, 0] + across, at[:, 1] + down)
    return np.asarray(inside)


def _touched(land: shapely.Geometry, at: Points, size: tuple[float, float]) -> Chosen:
    touched = shapely.contains_xy(land, at[:, 0], at[:, 1])
    for across, down in _corners(size):
        touched = touched | shapely.contains_xy(land, at[:, 0] + across, at[:, 1] + down)
    return np.asarray(touched)


def _corners(size: tuple[float, float]) -> Iterator[Point]:
    wide, high = size[0] / 2, size[1] / 2
    yield from ((-wide, -high), (wide, -high), (-wide, high), (wide, high))


def _label(one: Named, at: Point, size: tuple[float, float], view: View, sheet: Sheet) -> Label:
    return Label(
        one.name, one.told if view.told else "", round(at[0], 1), round(at[1], 1),
        round(view.name * sheet.unit, 1), round(view.told * sheet.unit, 1),
        around(*at, *size), one.is_zone,
    )  # fmt: skip
