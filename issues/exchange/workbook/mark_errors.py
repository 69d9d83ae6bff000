"""The user's own workbook back, its bad cells red and commented, with a list of the errors."""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from issues.exchange.reading.items import CellError
from issues.exchange.workbook.package import open_package

LIST = "错误清单"
AUTHOR = "导入检查"
RED = PatternFill("solid", fgColor="FFC7CE")
_HEADINGS = ("单元格", "栏目", "原内容", "需要怎样改")
_WIDTHS = (10, 18, 40, 70)
_COMMENT_SIZE = (320, 120)


def mark_errors(original: bytes, errors: Sequence[CellError], sheet: str | None = None) -> bytes:
    """The workbook with the errors marked on `sheet`, the first one where that is not named.

    Raises UnreadableWorkbook.
    """
    open_package(original)
    workbook = load_workbook(io.BytesIO(original))
    marked = workbook[sheet] if sheet in workbook.sheetnames else workbook.worksheets[0]
    by_cell: dict[str, list[str]] = {}
    for error in errors:
        by_cell.setdefault(error.cell, []).append(error.sentence)
    for address, sentences in by_cell.items():
        _mark(_anchor(marked, address), sentences)
    _list(workbook, marked.title, errors)
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def _anchor(sheet: Worksheet, address: str) -> Cell:
    """The cell itself, or the first of the merged range that covers it."""
    covering = next((r for r in sheet.merged_cells.ranges if address in r), None)
    return sheet.cell(covering.min_row, covering.min_col) if covering else sheet[address]


def _mark(cell: Cell, sentences: Sequence[str]) -> None:
    before = [cell.comment.text] if cell.comment else []
    text = "\n".join([*sentences, *before])
    width, height = _COMMENT_SIZE
    cell.comment = Comment(text, AUTHOR, height=height, width=width)
    cell.fill = RED


def _list(workbook: Workbook, marked: str, errors: Sequence[CellError]) -> None:
    if LIST in workbook.sheetnames:
        del workbook[LIST]
    sheet = workbook.create_sheet(LIST)
    for column, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True), start=1):
        _write(sheet, 1, column, heading).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, error in enumerate(errors, start=2):
        quoted = f"“{error.value}”" if error.value else "（空）"
        link = _write(sheet, row, 1, error.cell)
        link.hyperlink = f"#'{marked.replace(chr(39), chr(39) * 2)}'!{error.cell}"
        _write(sheet, row, 2, error.heading)
        _write(sheet, row, 3, quoted)
        _write(sheet, row, 4, error.sentence)
    sheet.freeze_panes = "A2"


def _write(sheet: Worksheet, row: int, column: int, text: str) -> Any:
    """Always as text: a heading of the user's that begins with = is no formula here."""
    cell = sheet.cell(row, column)
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = text[:1] in "=+-@" if text else False
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
