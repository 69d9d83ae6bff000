"""A picture as each window shows it: its signs, its names, and the numbers beside its crosses."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from issues.queries.board.map import Place
from issues.supervision.geojson import Point
from issues.vocabulary import Colour
from issues.web.board.placing.names import Label, Named, Sheet, labels
from issues.web.board.placing.signs import Cluster, gathered, joined
from issues.web.board.placing.views import Box, View, around, shape_of, words_size
from issues.web.polluters.marks import Mark

CROSS, TIED = 14, 16
ALONE = 0.7
"""Of a sign of several, how large that of one ticket is."""
MOST, WIDER = 200, 1.25
"""Signs of a picture: each is listed below it. Where there are more they reach farther."""


class Sheets(NamedTuple):
    """Width and height of the land, and of the whole with the boxes under it."""

    land: tuple[float, float]
    whole: tuple[float, float]


class Tied(NamedTuple):
    """What is tied to a pollution source, in numbers beside its cross."""

    text: str
    x: float
    y: float


class Seen(NamedTuple):
    """The picture for one window: sizes in its own measure, `unit` of it one pixel."""

    view: View
    unit: float
    labels: list[Label]
    clusters: list[Cluster]
    tied: list[Tied]

    @property
    def anchor(self) -> str:
        """Where a sign of several leads to on its page, before its number."""
        return f"at-{self.view.key}-"

    @property
    def reach(self) -> float:
        """The radius of what is hit of a sign."""
        return round(self.view.reach * self.unit / 2, 1)

    @property
    def count_size(self) -> float:
        return round(self.view.sign * self.unit / 2, 1)

    def shape(self, colour: Colour, count: int) -> str:
        """The path of a sign of so many tickets, about its place."""
        radius = self.view.sign * self.unit / 2
        return shape_of(colour, radius if count > 1 else radius * ALONE)


def seen_in(
    views: Sequence[View], named: Sequence[Named], held: Sequence[tuple[Point, Place]],
    marks: Sequence[Mark], sheets: Sheets,
) -> tuple[list[Seen], tuple[float, float]]:  # fmt: skip
    """The picture for each window, and how large it is with the names and signs of all."""
    seen: list[Seen] = []
    wide, high = sheets.whole
    for view in views:
        unit = view.unit(*sheets.whole)
        reach = max(view.reach * unit, 1.0)
        if seen:
            clusters = joined(seen[0].clusters, reach, *sheets.land)
        else:
            clusters = gathered(held, reach, *sheets.land)
            while len(clusters) > MOST:
                reach *= WIDER
                clusters = gathered(held, reach, *sheets.land)
        taken = [one.box(view.sign * unit) for one in clusters]
        taken += [around(one.x, one.y, CROSS, CROSS) for one in marks]
        names = labels(named, taken, view, Sheet(*sheets.whole, unit))
        boxes = [*taken, *(one.box for one in names)]
        seen.append(Seen(view, unit, names, clusters, list(_tied(marks, boxes))))
        wide = max([wide, *(box.right for box in boxes)])
        high = max([high, *(box.bottom for box in boxes)])
    return seen, (wide, high)


def _tied(marks: Iterable[Mark], taken: list[Box]) -> Iterator[Tied]:
    """The numbers beside each cross where they cover nothing; elsewhere none."""
    size = View("", 0, 0, TIED, 0)
    for one in marks:
        if not one.tied:
            continue
        text = str(one.tickets) if one.leads is None else f"{one.tickets}/{one.leads}"
        wide, high = words_size(size, text, "", 1)
        for across, down in ((1, -1), (1, 1), (-1, -1), (-1, 1)):
            x = one.x + across * (CROSS + wide) / 2
            y = one.y + down * (CROSS + high) / 2
            box = around(x, y, wide, high)
            if not any(box.meets(other) for other in taken):
                taken.append(box)
                yield Tied(text, round(x), round(y))
                break
