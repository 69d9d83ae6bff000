"""A sheet as cells with their addresses, types and merged ranges. Knows no heading."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Self

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from issues.exchange.looks import shown
from issues.exchange.looks.shown import PLAIN, Look, Value
from issues.exchange.looks.styles import GENERAL
from issues.exchange.workbook import pictures
from issues.exchange.workbook.merged import Merged, merged
from issues.exchange.workbook.package import DAMAGED, UnreadableWorkbook, open_package
from issues.exchange.workbook.pictures import Over
from issues.exchange.workbook.scanning import Looked, Through, look_through
from issues.exchange.workbook.sheet_limits import Place, Scanned, column_letters
from issues.ground import sign_names, signs

__all__ = ["Cell", "Sheet", "UnreadableWorkbook", "address", "plain", "read_sheets"]

MOST_AREA = 8_000_000
SHORT, MOST_KEPT = 40, 8192
"""Words a sheet repeats row by row (units, places, yes and no) are folded once."""


def address(row: int, column: int) -> str:
    """N5 for row 5, column 14."""
    return f"{column_letters(column)}{row}"


def plain(text: str) -> str:
    """Half-width and without any white space: how words of a sheet are compared."""
    return _short(text) if len(text) <= SHORT else "".join(signs.folded(text).split())


@lru_cache(MOST_KEPT)
def _short(text: str) -> str:
    return "".join(signs.folded(text).split())


@dataclass(frozen=True, slots=True)
class Cell:
    """`value` is None where the cell is empty, covered by a merged range or no value at all.

    `look`: what its number format adds to it or hides.
    """

    row: int
    column: int
    value: Value = None
    fault: str = ""
    look: Look = PLAIN

    @property
    def address(self) -> str:
        return address(self.row, self.column)

    @property
    def is_empty(self) -> bool:
        return self.value is None and not self.fault

    @property
    def text(self) -> str:
        """The value as it reads: figures without a needless zero, days as 2025-04-18."""
        value = self.value
        if self.look.words:
            return self.look.words
        if value is None:
            return ""
        if isinstance(value, bool):
            return "是" if value else "否"
        return format(value, "f") if isinstance(value, Decimal) else str(value)


@dataclass(frozen=True)
class Sheet:
    """`written`: the texts of which a person does not see everything, as they stand in the file.

    `cleaned`: what was taken out of the texts, by place. `over`: what is to be told of pictures in
    a cell or over it.
    """

    name: str
    cells: dict[Place, Cell]
    merged: Merged
    written: dict[Place, str] = field(default_factory=dict)
    cleaned: dict[Place, str] = field(default_factory=dict)
    over: dict[Place, list[Over]] = field(default_factory=dict)

    def as_written(self) -> Self:
        """The same with every text to the last sign, as it was read before those were dropped."""
        cells = {place: Cell(*place, text) for place, text in self.written.items()}
        return replace(self, cells=self.cells | cells, written={}, cleaned={})

    @cached_property
    def row_count(self) -> int:
        return max((row for row, _ in self.cells), default=0)

    @cached_property
    def column_count(self) -> int:
        return max((column for _, column in self.cells), default=0)

    def cell(self, row: int, column: int) -> Cell:
        """The cell itself: empty where a merged range covers it."""
        place = row, column
        if self.merged.first(row, column) != place:
            return Cell(row, column)
        return self.cells.get(place) or Cell(row, column)

    def seen(self, row: int, column: int) -> Cell:
        """What a reader of the sheet sees there: the merged range's first cell."""
        place = self.merged.first(row, column)
        return self.cells.get(place) or Cell(*place)

    def is_covered(self, row: int, column: int) -> bool:
        return self.merged.first(row, column) != (row, column)

    def row(self, row: int) -> Iterator[Cell]:
        """The cells of a row that hold something, hidden ones under a merged range too."""
        for column in range(1, self.column_count + 1):
            if (row, column) in self.cells:
                yield self.cells[row, column]


def read_sheets(source: bytes | Path) -> list[Sheet]:
    """The visible sheets that hold anything, be it pictures. Raises UnreadableWorkbook."""
    content = source.read_bytes() if isinstance(source, Path) else source
    package = open_package(content)
    through = look_through(package)
    packed = package.packed()
    del package  # the parts are in it, and the cells need the room
    try:
        with CalamineWorkbook.from_filelike(packed) as workbook:
            names = [
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.visible == SheetVisibleEnum.Visible
                and sheet.typ == SheetTypeEnum.WorkSheet
            ]
            _refuse_wide(workbook.get_sheet_by_name(name) for name in names)
            sheets = [
                _sheet(workbook.get_sheet_by_name(name), through.looked(name), through)
                for name in names
            ]
    except (CalamineError, ValueError, OverflowError) as wrong:
        if isinstance(wrong, UnreadableWorkbook):
            raise
        raise UnreadableWorkbook(DAMAGED) from wrong
    sheets = [sheet for sheet in sheets if sheet.cells or sheet.over]
    if not any(sheet.cells for sheet in sheets):
        raise UnreadableWorkbook("工作簿里没有内容，请检查是否选错了文件")
    return sheets


def _refuse_wide(sheets: Iterable[CalamineSheet]) -> None:
    """A few cells far from each other make a sheet of millions of empty ones."""
    if sum(sheet.height * sheet.width for sheet in sheets) > MOST_AREA:
        raise UnreadableWorkbook("有内容的单元格相距过远，请删去多余的行、列和工作表后再导入")


def _sheet(sheet: CalamineSheet, looked: Looked, through: Through) -> Sheet:
    content = sheet.to_python(skip_empty_area=False)
    cells, written, in_cells = _read(content)
    cells |= _as_seen(cells, looked.cells, is_1904=through.book.is_1904)
    over = {place: list(told) for place, told in looked.over.items()}
    for place, key in (looked.cells.pictures | in_cells).items():
        over.setdefault(place, []).append(pictures.told(key, through.names, through.lie_in))
    last_row = max((row for row, _ in cells), default=0)
    last_column = max((column for _, column in cells), default=0)
    ranges = merged(sheet.merged_cell_ranges or [], last_row, last_column)
    cleaned = sign_names.told_by_place(content)
    return Sheet(signs.bare(sheet.name), cells, ranges, written, cleaned, over)


def _read(
    content: list[list[Any]],
) -> tuple[dict[Place, Cell], dict[Place, str], dict[Place, str]]:
    """The cells, the texts as written where that is another, and the keys of pictures."""
    cells, written, in_cells = {}, {}, {}
    for row, values in enumerate(content, start=1):
        for column, raw in enumerate(values, start=1):
            if raw == "":  # most of a sheet: calamine gives every place of its area
                continue
            if isinstance(raw, str) and (key := pictures.key_of(raw)):
                in_cells[row, column] = key
                continue
            cell = _cell(row, column, raw)
            if not cell.is_empty:
                cells[row, column] = cell
            if isinstance(raw, str) and (text := _trimmed(raw)) != cell.text:
                written[row, column] = text
    return cells, written, in_cells


def _as_seen(cells: dict[Place, Cell], scanned: Scanned, *, is_1904: bool) -> dict[Place, Cell]:
    """The cells whose format makes another of them, and those in which a formula failed."""
    found = {}
    for place, (text, style) in scanned.numbers.items():
        seen = shown.seen(text, style, is_1904=is_1904)
        found[place] = Cell(*place, seen.value, seen.fault, seen.look)
    for place in scanned.hidden & cells.keys():
        found[place] = replace(cells[place], look=Look(told=shown.HIDDEN))
    return found | {place: Cell(*place, fault=fault) for place, fault in scanned.faults.items()}


def _trimmed(raw: str) -> str:
    return raw.replace("\r\n", "\n").replace("\r", "\n").strip()


def _text(row: int, column: int, raw: str) -> Cell:
    """A text with a sign that is refused is read without it: a heading is known all the same."""
    if shown.is_power(raw.strip()):
        return Cell(row, column, raw.strip(), shown.LOST_DIGITS)
    wrong = signs.fault(signs.clean(raw))
    return Cell(row, column, signs.bare(raw).strip() or None, f"文字{wrong}" if wrong else "")


def _number(row: int, column: int, raw: float) -> Cell:
    seen = shown.seen(repr(raw), GENERAL)
    return Cell(row, column, seen.value, seen.fault, seen.look)


def _cell(row: int, column: int, raw: Any) -> Cell:
    if isinstance(raw, str):
        return _text(row, column, raw)
    if isinstance(raw, float):
        return _number(row, column, raw)
    if isinstance(raw, datetime):
        is_day = raw.time() == time()
        return Cell(row, column, raw.date() if is_day else raw)
    if isinstance(raw, bool | date):
        return Cell(row, column, raw)
    return Cell(row, column, str(raw))
