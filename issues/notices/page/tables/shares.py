"""How wide the columns of a table are that a person pasted: no file says it."""

from collections.abc import Sequence

from issues.ground.numbers import whole

EMPTY = 6.0
"""Of a column that is to be filled in by hand."""
NUMBERS = 2.0
_LARGEST_NUMBER = 9999


def shares(rows: Sequence[Sequence[str]], least: float, most: float) -> tuple[float, ...]:
    """Each as wide as its longest cell asks, within bounds; the first of them are the heads.

    Running numbers take no more than their head does, an empty column what a hand needs.
    """
    count = max(map(len, rows), default=0)
    return tuple(
        _share([row[place] for row in rows if place < len(row)], least, most)
        for place in range(count)
    )


def _share(cells: Sequence[str], least: float, most: float) -> float:
    head, rest = cells[0], [cell for cell in cells[1:] if cell]
    if rest and len(head) <= NUMBERS and all(map(_is_number, rest)):
        return NUMBERS
    wanted = max(map(len, cells))
    return float(min(most, max(least, wanted, EMPTY if len(cells) > 1 and not rest else 0)))


def _is_number(cell: str) -> bool:
    return whole(cell, 0, _LARGEST_NUMBER) is not None
