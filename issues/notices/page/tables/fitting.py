"""Columns as wide as their cells want them, and whether the table is better on its side."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from operator import truediv

from issues.notices.page import metrics
from issues.notices.page.document import Table
from issues.notices.page.tables import DENSE, Style, plain

LEAST_COLUMNS = 6
MOST_UPRIGHT = 2.5
"""Pages of a list; a longer one of many columns lies on its side."""
_STEPS = (4.0, 2.0, 1.0, 0.5)
_ROUNDS = 6
_FEW = 4
_LOOKED_AT = 80
"""Rows the widths are chosen by: the longest."""
_LEAST = 2.0
_SLOPE = 0.3
_EPSILON = 1e-9
_LOST = 0.4
"""Ems a line of a cell loses at its end, as a word goes over."""
_TOKEN = re.compile(r"[!-~]+")


def fitted(table: Table, area: tuple[float, float], style: Style) -> Table:
    """The same table with widths in points; as it is where nothing stands in it.

    `area`: the width and height of the text area in points.
    """
    rows = _lengths(table)
    if not table.heads or not any(map(any, rows)):
        return table
    size, padding = style.type.size, 2 * style.padding
    room = area[0] / size
    least = [one + padding / size for one in _least(table)]
    if sum(least) >= room:
        return table
    share = room / sum(table.widths)
    widths = _at_least([width * share for width in table.widths], least)
    rows = sorted(rows, key=sum, reverse=True)[:_LOOKED_AT]
    steps = _STEPS if len(rows) >= _FEW else _STEPS[:2]
    return replace(table, widths=tuple(_moved(widths, least, (rows, steps), padding / size)))


def sideways(table: Table, width: float, height: float) -> bool:
    """Whether an upright list of many columns would go over too many pages."""
    if len(table.heads) < LEAST_COLUMNS:
        return False
    style = plain()
    upright = fitted(table, (width, height), style)
    size, padding = style.type.size, 2 * style.padding
    share = width / size / sum(upright.widths)
    widths = [one * share for one in upright.widths]
    lines = [_lines(row, widths, padding / size) for row in _lengths(table)]
    return sum(one * style.leading + padding for one in lines) > MOST_UPRIGHT * height


def lying(table: Table) -> Table:
    """Fitted to a page on its side."""
    return fitted(table, (metrics.HEIGHT, metrics.WIDTH), DENSE)


def _lengths(table: Table) -> list[list[float]]:
    """Ems of each cell of each row; a cell of several lines counts as so many full ones."""
    columns = len(table.widths)
    return [
        [_length(row[column]) if column < len(row) else 0.0 for column in range(columns)]
        for row in table.rows
    ]


def _length(text: str) -> float:
    return sum(0.52 if character.isascii() else 1.0 for character in text)


def _least(table: Table) -> list[float]:
    """Ems a column needs for its longest figure or number, and for its head in two lines."""
    found = []
    for column, head in enumerate(table.heads):
        cells = [row[column] for row in (*table.rows, table.total) if column < len(row)]
        tokens = (_length(token) for cell in cells for token in _TOKEN.findall(cell))
        found.append(max(_LEAST, math.ceil(_length(head) / 2), max(tokens, default=0.0) + _LOST))
    return found


def _at_least(widths: list[float], least: Sequence[float]) -> list[float]:
    """What a column lacks is taken from those that have more than they need."""
    lacking = sum(max(0.0, need - width) for width, need in zip(widths, least, strict=True))
    spare = sum(max(0.0, width - need) for width, need in zip(widths, least, strict=True))
    share = lacking / spare if spare else 0.0
    return [
        need if width <= need else width - (width - need) * share
        for width, need in zip(widths, least, strict=True)
    ]


def _lines(row: Sequence[float], widths: Sequence[float], padding: float) -> int:
    return max(
        math.ceil(length / max(width - padding - _LOST, 1.0)) if length > width - padding else 1
        for length, width in zip(row, widths, strict=True)
    )


def _cost(rows: Sequence[Sequence[float]], widths: Sequence[float], padding: float) -> float:
    """Lines, and a little for how full the fullest cell of each row is: that shows the way."""
    inner = [width - padding - _LOST for width in widths]
    full = [max(map(truediv, row, inner)) for row in rows]
    return float(sum(map(math.ceil, full)) + _SLOPE * sum(full))


def _moved(
    widths: list[float],
    least: Sequence[float],
    looked: tuple[Sequence[Sequence[float]], Sequence[float]],
    padding: float,
) -> list[float]:
    """Width goes from one column to another as long as that saves lines."""
    rows, steps = looked
    best = _cost(rows, widths, padding)
    for step in steps:
        for _ in range(_ROUNDS):
            before = best
            for giver, taker in permutations(range(len(widths)), 2):
                if widths[giver] - step < least[giver]:
                    continue
                tried = list(widths)
                tried[giver] -= step
                tried[taker] += step
                found = _cost(rows, tried, padding)
                if found < best - _EPSILON:
                    widths, best = tried, found
            if best == before:
                break
    return widths
