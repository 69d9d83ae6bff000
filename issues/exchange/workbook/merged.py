"""The merged ranges of a sheet: which cell stands for a place."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from issues.exchange.workbook.package import UnreadableWorkbook
from issues.exchange.workbook.sheet_limits import Place

MOST_PLACES, LARGEST, MOST_WIDE = 2_000_000, 20_000, 200
"""Places kept one by one, the most of one range, and how many larger ranges there may be."""
TOO_MANY = "工作表的合并单元格过多，不予导入"
Range = tuple[Place, Place]


@dataclass(slots=True)
class Merged:
    """`firsts`: for each place under a small range its first cell.

    `wide`: the ranges too large to be kept place by place, as their first and last cell.
    """

    firsts: dict[Place, Place] = field(default_factory=dict)
    wide: list[Range] = field(default_factory=list)

    def first(self, row: int, column: int) -> Place:
        """The first cell of the range over a place; the place itself where there is none."""
        if found := self.firsts.get((row, column)):
            return found
        for first, last in self.wide:
            if first[0] <= row <= last[0] and first[1] <= column <= last[1]:
                return first
        return row, column


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
        found.firsts |= {(row, column): first for row in rows for column in columns}
    if len(found.wide) > MOST_WIDE:
        raise UnreadableWorkbook(TOO_MANY)
    return found
