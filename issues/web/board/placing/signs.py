"""Tickets near each other are one sign: no two signs of a picture can be hit for each other."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from issues.queries.board.map import Place
from issues.supervision.geojson import Point
from issues.vocabulary import WORST_FIRST, Colour
from issues.web.board.placing.views import Box, around

Held = list[tuple[Point, Place]]


@dataclass(slots=True)
class Cluster:
    """Tickets so near to each other that they are one sign; `colour` is the worst of them.

    `parts` are the clusters of the larger picture that are one on this smaller one.
    """

    place: int
    x: float
    y: float
    colour: Colour
    tickets: list[Place] = field(default_factory=list)
    parts: list["Cluster"] = field(default_factory=list)

    def box(self, wide: float) -> Box:
        return around(self.x, self.y, wide, wide)


def gathered(
    held: Sequence[tuple[Point, Place]], reach: float, width: float, height: float
) -> list[Cluster]:
    """Signs of so much reach, the first in the list first. None lies off the picture."""
    cells: dict[tuple[float, float], Held] = {}
    for point, place in held:
        cells.setdefault((point[0] // reach, point[1] // reach), []).append((point, place))
    sheet = _Sheet(reach, width, height)
    kept = sheet.apart(list(cells.values()))
    return [
        Cluster(number, *sheet.middle(one), _worst([place for _, place in one]),
                [place for _, place in one])
        for number, one in enumerate(kept, start=1)
    ]  # fmt: skip


def joined(clusters: Sequence[Cluster], reach: float, width: float, height: float) -> list[Cluster]:
    """The same for a smaller picture, each of whole clusters of the larger."""
    of = {id(place): one for one in clusters for place in one.tickets}
    sheet = _Sheet(reach, width, height)
    kept = sheet.apart([[((c.x, c.y), place) for place in c.tickets] for c in clusters])
    return [
        Cluster(number, *sheet.middle(one), _worst([place for _, place in one]),
                [place for _, place in one],
                list({id(of[id(place)]): of[id(place)] for _, place in one}.values()))
        for number, one in enumerate(kept, start=1)
    ]  # fmt: skip


def _worst(places: Sequence[Place]) -> Colour:
    return min((place.colour for place in places), key=WORST_FIRST.index)


@dataclass(frozen=True, slots=True)
class _Sheet:
    reach: float
    width: float
    height: float

    def middle(self, held: Held) -> Point:
        """Of the places of a sign, so far inside that the sign is whole."""
        half = self.reach / 2
        x = sum(x for (x, _), _ in held) / len(held)
        y = sum(y for (_, y), _ in held) / len(held)
        return (
            round(min(max(x, half), max(half, self.width - half)), 1),
            round(min(max(y, half), max(half, self.height - half)), 1),
        )

    def apart(self, waiting: list[Held]) -> list[Held]:
        """Those that would meet put together until none do; each time there is one fewer."""
        kept: dict[tuple[int, int], Held] = {}
        waiting.reverse()
        while waiting:
            one = waiting.pop()
            at = self._cell(one)
            near = next((cell for cell in _about(at) if self._meet(one, kept.get(cell))), None)
            if near is None:
                kept[at] = one
            else:
                waiting.append(kept.pop(near) + one)
        return list(kept.values())

    def _cell(self, held: Held) -> tuple[int, int]:
        x, y = self.middle(held)
        return int(x // self.reach), int(y // self.reach)

    def _meet(self, one: Held, other: Held | None) -> bool:
        if other is None:
            return False
        (x, y), (u, v) = self.middle(one), self.middle(other)
        return abs(x - u) < self.reach and abs(y - v) < self.reach


def _about(cell: tuple[int, int]) -> list[tuple[int, int]]:
    x, y = cell
    return [(x + across, y + down) for down in (-1, 0, 1) for across in (-1, 0, 1)]
