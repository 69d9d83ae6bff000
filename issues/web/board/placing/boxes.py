"""Zones whose outline nobody has, as rows of boxes under the picture."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from issues.supervision.geojson import Ring
from issues.web.board.placing.names import Named
from issues.web.board.placing.views import View, words_size

MARGIN = 24
BOX = (300, 96)
"""At most so wide and at least so high, where the names take no more."""
ROOMY = 1.25
"""What a name wants, and the edge of its box."""


class Row(NamedTuple):
    """Boxes of one size, so many in a row."""

    wide: float
    high: float
    each: int
    rows: int


def under(
    named: Sequence[Named], views: Sequence[View], width: float, height: float
) -> tuple[tuple[float, float], Row]:
    """The picture with rows of boxes under it. They make it higher, and so its words larger."""
    whole, row = (width, height), Row(0, 0, 1, 0)
    for _ in range(2 if named else 0):
        unit = max((view.unit(*whole) for view in views), default=1.0)
        row = _row(named, views, unit, width)
        across = MARGIN + row.each * (row.wide + MARGIN)
        whole = (max(width, across), height + row.rows * (row.high + MARGIN))
    return whole, row


def _row(named: Sequence[Named], views: Sequence[View], unit: float, width: float) -> Row:
    """As large as the longest name of them wants in any window."""
    wants = [words_size(view, one.name, one.told, unit) for one in named for view in views]
    wide = max((want[0] for want in wants), default=0) * ROOMY
    high = max([BOX[1], *(want[1] * ROOMY for want in wants)])
    each = max(1, min(len(named), int((width - MARGIN) // (wide + MARGIN))))
    wide = max(wide, min(BOX[0], (width - MARGIN) / each - MARGIN))
    return Row(wide, high, each, math.ceil(len(named) / each))


def rings(row: Row, count: int, top: float) -> Iterator[Ring]:
    wide, high = round(row.wide), round(row.high)
    for place in range(count):
        left = MARGIN + place % row.each * (wide + MARGIN)
        down = round(top) + place // row.each * (high + MARGIN)
        right, low = left + wide, down + high
        yield [(left, down), (right, down), (right, low), (left, low)]
