"""A workbook as rows of its columns, every cell as words; what no row can be made of is told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from issues.exchange.reading.items import CellError
from issues.exchange.uploads import refuse_marked_cells
from issues.exchange.workbook.package import UnreadableWorkbook
from issues.exchange.workbook.sheet import Sheet, address, plain, read_sheets
from issues.ground import signs
from issues.rosters.columns import Column

MOST_ROWS = 1000
HEAD_WITHIN = 10
NO_HEADING = "没有找到表头：工作表中应有“{}”各栏，请下载样表填写"
NO_ROWS = "表中没有内容，请在表头下面逐行填写"
TOO_MANY = f"一次最多导入{MOST_ROWS}行，请分成几份"
_SEVERAL = re.compile(r"[、,，;；/\n]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One row by the names of its columns; a column the sheet lacks has no word."""

    number: int
    said: dict[str, str]


@dataclass(slots=True)
class Table:
    """What a sheet holds, and where its columns stand."""

    sheet: str
    columns: dict[str, tuple[Column, int]]
    rows: list[Row] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)

    def fault(self, row: Row, name: str, sentence: str) -> None:
        """At the field's own cell; at the first one where the sheet has no such column.

        The first fault of a cell is told: what comes of reading on without it is none of its own.
        """
        column, place = self.columns.get(name) or next(iter(self.columns.values()))
        at = address(row.number, place)
        if all(one.cell != at for one in self.errors):
            self.errors.append(CellError(at, column.heading, row.said.get(name, ""), sentence))


def several(text: str) -> list[str]:
    """The words of one cell that are written with a sign between them."""
    return list(dict.fromkeys(part.strip() for part in _SEVERAL.split(text) if part.strip()))


def read_table(content: bytes, columns: Sequence[Column]) -> Table:
    """Raises UnreadableWorkbook, Marked."""
    sheets = read_sheets(content)
    refuse_marked_cells(sheets)
    sheet, head, places = _headed(sheets, columns)
    table = Table(sheet.name, places)
    for number in range(head + 1, sheet.row_count + 1):
        if any(not sheet.cell(number, place).is_empty for _, place in places.values()):
            table.rows.append(_row(sheet, number, table))
    if not table.rows:
        raise UnreadableWorkbook(NO_ROWS)
    if len(table.rows) > MOST_ROWS:
        raise UnreadableWorkbook(TOO_MANY)
    return table


def _headed(
    sheets: Sequence[Sheet], columns: Sequence[Column]
) -> tuple[Sheet, int, dict[str, tuple[Column, int]]]:
    """The first sheet with a row that has every heading that is needed."""
    needed = {one.name for one in columns if one.is_needed}
    by_heading = {plain(one.heading): one for one in columns}
    for sheet in sheets:
        for number in range(1, min(sheet.row_count, HEAD_WITHIN) + 1):
            places: dict[str, tuple[Column, int]] = {}
            for cell in sheet.row(number):
                heading = plain(cell.text).rstrip("*")
                if column := by_heading.get(heading):
                    places.setdefault(column.name, (column, cell.column))
            if needed <= places.keys():
                return sheet, number, places
    raise UnreadableWorkbook(
        NO_HEADING.format("”“".join(c.heading for c in columns if c.is_needed))
    )


def _row(sheet: Sheet, number: int, table: Table) -> Row:
    row = Row(number, {})
    for name, (column, place) in table.columns.items():
        cell = sheet.cell(number, place)
        text = signs.clean(cell.text).strip()
        row.said[name] = text
        if cell.fault:
            table.fault(row, name, cell.fault)
        elif column.is_needed and not text:
            table.fault(row, name, f"请填写{column.heading}")
        elif len(text) > column.limit:
            table.fault(row, name, f"{column.heading}最多{column.limit}个字")
            row.said[name] = text[: column.limit]
    return row
