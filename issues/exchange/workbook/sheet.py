"""A sheet as cells with their addresses, types and merged ranges. Knows no heading."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, Self
from xml.parsers import expat

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from issues.exchange.workbook.package import (
    DAMAGED,
    Package,
    UnreadableWorkbook,
    judge_xml,
    open_package,
)
from issues.exchange.workbook.sheet_limits import Place, column_letters, scan_sheet, shared_lengths
from issues.ground import sign_names, signs

__all__ = ["Cell", "Sheet", "UnreadableWorkbook", "address", "plain", "read_sheets"]

Value = str | Decimal | date | bool | None
MOST_SHEETS = 50
MOST_MERGED = 2_000_000
MOST_AREA = 8_000_000
EXACT_DIGITS = 15
LONG_NUMBER = "长数字在表格中只保留15位，请把单元格设为文本后重新填写"


def address(row: int, column: int) -> str:
    """N5 for row 5, column 14."""
    return f"{column_letters(column)}{row}"


def plain(text: str) -> str:
    """Half-width and without any white space: how words of a sheet are compared."""
    return "".join(signs.folded(text).split())


@dataclass(frozen=True, slots=True)
class Cell:
    """`value` is None where the cell is empty, covered by a merged range or no value at all."""

    row: int
    column: int
    value: Value = None
    fault: str = ""

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
        if value is None:
            return ""
        if isinstance(value, bool):
            return "是" if value else "否"
        return format(value, "f") if isinstance(value, Decimal) else str(value)


@dataclass(frozen=True)
class Sheet:
    """`anchors`: for each place under a merged range, the place of the range's first cell.

    `written`: the texts of which a person does not see everything, as they stand in the file.
    `cleaned`: what was taken out of the texts, by place.
    """

    name: str
    cells: dict[Place, Cell]
    anchors: dict[Place, Place]
    written: dict[Place, str] = field(default_factory=dict)
    cleaned: dict[Place, str] = field(default_factory=dict)

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
        if self.is_covered(row, column):
            return Cell(row, column)
        return self.cells.get((row, column)) or Cell(row, column)

    def seen(self, row: int, column: int) -> Cell:
        """What a reader of the sheet sees there: the merged range's first cell."""
        place = self.anchors.get((row, column), (row, column))
        return self.cells.get(place) or Cell(*place)

    def is_covered(self, row: int, column: int) -> bool:
        return (row, column) in self.anchors and self.anchors[row, column] != (row, column)

    def row(self, row: int) -> Iterator[Cell]:
        """The cells of a row that hold something, hidden ones under a merged range too."""
        for column in range(1, self.column_count + 1):
            if (row, column) in self.cells:
                yield self.cells[row, column]


def read_sheets(source: bytes | Path) -> list[Sheet]:
    """The visible sheets that hold anything. Raises UnreadableWorkbook."""
    content = source.read_bytes() if isinstance(source, Path) else source
    package = open_package(content)
    faults = _faults(package)
    try:
        with CalamineWorkbook.from_filelike(package.packed()) as workbook:
            names = [
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.visible == SheetVisibleEnum.Visible
                and sheet.typ == SheetTypeEnum.WorkSheet
            ]
            _refuse_wide(workbook.get_sheet_by_name(name) for name in names)
            sheets = [
                _sheet(workbook.get_sheet_by_name(name), faults.get(name, {})) for name in names
            ]
    except (CalamineError, ValueError, OverflowError) as wrong:
        if isinstance(wrong, UnreadableWorkbook):
            raise
        raise UnreadableWorkbook(DAMAGED) from wrong
    sheets = [sheet for sheet in sheets if sheet.cells]
    if not sheets:
        raise UnreadableWorkbook("工作簿里没有内容，请检查是否选错了文件")
    return sheets


def _refuse_wide(sheets: Iterable[CalamineSheet]) -> None:
    """A few cells far from each other make a sheet of millions of empty ones."""
    if sum(sheet.height * sheet.width for sheet in sheets) > MOST_AREA:
        raise UnreadableWorkbook("有内容的单元格相距过远，请删去多余的行、列和工作表后再导入")


def _faults(package: Package) -> dict[str, dict[Place, str]]:
    """Faulty cells by sheet name; every sheet is held against the limits on the way."""
    strings = next((n for n in package.parts if n.lower() == "xl/sharedstrings.xml"), "")
    shared = shared_lengths(package.parts.get(strings))
    scanned = {
        name: scan_sheet(data, shared).faults
        for name, data in package.parts.items()
        if name.lower().startswith("xl/worksheets/")
    }
    if len(scanned) > MOST_SHEETS:
        raise UnreadableWorkbook(f"工作簿超过{MOST_SHEETS}个工作表，请只留要导入的一个")
    targets = {
        relation.get("Id"): relation.get("Target", "").lstrip("/").removeprefix("xl/")
        for relation in _elements(package.parts.get("xl/_rels/workbook.xml.rels"), "Relationship")
    }
    return {
        sheet.get("name", ""): scanned.get(f"xl/{targets.get(_relation(sheet))}", {})
        for sheet in _elements(package.parts["xl/workbook.xml"], "sheet")
    }


def _relation(sheet: dict[str, str]) -> str | None:
    return next((value for name, value in sheet.items() if name.endswith(":id")), None)


def _elements(data: bytes | None, wanted: str) -> list[dict[str, str]]:
    """The attributes of each element of that name."""
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == wanted:
            found.append(attributes)

    if data:
        parser = expat.ParserCreate()
        parser.StartElementHandler = start
        judge_xml(data, parser)
    return found


def _sheet(sheet: CalamineSheet, faults: dict[Place, str]) -> Sheet:
    cells, written = {}, {}
    content = sheet.to_python(skip_empty_area=False)
    for row, values in enumerate(content, start=1):
        for column, raw in enumerate(values, start=1):
            cell = _cell(row, column, raw)
            if not cell.is_empty:
                cells[row, column] = cell
            if isinstance(raw, str) and (text := _trimmed(raw)) != cell.text:
                written[row, column] = text
    for place, fault in faults.items():
        cells[place] = Cell(*place, fault=fault)
    last_row = max((row for row, _ in cells), default=0)
    last_column = max((column for _, column in cells), default=0)
    anchors: dict[Place, Place] = {}
    room = MOST_MERGED
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        rows = range(top + 1, min(bottom + 1, last_row) + 1)
        columns = range(left + 1, min(right + 1, last_column) + 1)
        room -= len(rows) * len(columns)
        if room < 0:
            raise UnreadableWorkbook("工作表的合并单元格过多，不予导入")
        anchors |= {(row, column): (top + 1, left + 1) for row in rows for column in columns}
    return Sheet(signs.bare(sheet.name), cells, anchors, written, sign_names.told_by_place(content))


def _trimmed(raw: str) -> str:
    return raw.replace("\r\n", "\n").replace("\r", "\n").strip()


def _text(row: int, column: int, raw: str) -> Cell:
    """A text with a sign that is refused is read without it: a heading is known all the same."""
    wrong = signs.fault(signs.clean(raw))
    return Cell(row, column, signs.bare(raw).strip() or None, f"文字{wrong}" if wrong else "")


def _cell(row: int, column: int, raw: Any) -> Cell:
    if isinstance(raw, str):
        return _text(row, column, raw)
    if isinstance(raw, float):
        value = Decimal(f"{raw:.15g}")  # the digits a spreadsheet itself shows
        if not value.is_finite() or value.adjusted() >= EXACT_DIGITS:
            return Cell(row, column, fault=LONG_NUMBER)
        whole = value == value.to_integral_value()
        return Cell(row, column, value.quantize(Decimal(1)) if whole else value)
    if isinstance(raw, datetime):
        is_day = raw.time() == time()
        return Cell(row, column, raw.date() if is_day else raw)
    if isinstance(raw, bool | date):
        return Cell(row, column, raw)
    return Cell(row, column, str(raw))
