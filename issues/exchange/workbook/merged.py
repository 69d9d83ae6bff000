"""The merged ranges of a sheet: which cell stands for a place."""

from array import array
from collections.abc import Iterable, MutableSequence
from dataclasses import dataclass, field

from issues.exchange.workbook.package import UnreadableWorkbook
from issues.exchange.workbook.sheet_limits import Place

MOST_PLACES, LARGEST, MOST_WIDE = 2_000_000, 20_000, 200
"""Places kept one by one, the most of one range, and how many larger ranges there may be."""
TOO_MANY = "工作表的合并单元格过多，不予导入"
Range = tuple[Place, Place]
Numbers = MutableSequence[int]


@dataclass(slots=True)
class Merged:
    """`firsts`: by column, for each row the first row and column of the small range over it.

    Nought where there is none. `wide`: the ranges too large to be kept so, as their first and last
    cell.
    """

    firsts: dict[int, tuple[Numbers, Numbers]] = field(default_factory=dict)
    wide: list[Range] = field(default_factory=list)

    def first(self, row: int, column: int) -> Place:
        """The first cell of the range over a place; the place itself where there is none."""
        kept = self.firsts.get(column)
        if kept is not None and row < len(kept[0]) and kept[0][row]:
            return kept[0][row], kept[1][row]
        for first, last in self.wide:
            if first[0] <= row <= last[0] and first[1] <= column <= last[1]:
                return first
        return row, column

    def keep(self, first: Place, rows: range, columns: range, last_row: int) -> None:
        """A small range, as far as anything stands in the sheet."""
        for column in columns:
            if column not in self.firsts:
                blank = array("i", [0]) * (last_row + 1)
                self.firsts[column] = blank, blank[:]
            for number, kept in zip(first, self.firsts[column], strict=True):
                kept[rows.start : rows.stop] = array("i", [number]) * len(rows)


def merged(ranges: Iterable[Range], last_row: int, last_column: int) -> Merged:
    """As far as anything stands in the sheet. The ranges count from 0."""
    found, room = Merged(), MOST_PLACES
    for (top, left), (bottom, right) in ranges:
        first = top + 1, left + 1
        rows = range(first[0], min(bottom + 1, last_row) + 1)
        columns = range(first[1], min(right + 1, last_column) + 1)
        if len(rows) * len(columns) > LARGEST:
            found.wide.append((first, (rows[-1], columns[-1])))
            continue
        room -= len(rows) * len(columns)
        if room < 0:
            raise UnreadableWorkbook(TOO_MANY)
        if rows:
            found.keep(first, rows, columns, last_row)
    if len(found.wide) > MOST_WIDE:
        raise UnreadableWorkbook(TOO_MANY)
    return found
