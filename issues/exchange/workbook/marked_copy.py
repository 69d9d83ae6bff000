"""The user's own workbook with its bad cells red and commented, and a list of the errors.

Run in a process of its own by mark_errors.py: openpyxl believes every range a file claims. What is
read: four bytes of length, a JSON object, the workbook. What is written: the workbook marked.
"""

import io
import json
import sys
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
from issues.exchange.workbook.places import COMMENTER

try:
    import resource
except ImportError:  # Windows: the parent's time limit alone
    resource = None  # type: ignore[assignment]  # there is no other word for a missing module

MEMORY = 640 * 1024 * 1024
SECONDS = 60
LARGEST_FILE = 256 * 1024 * 1024
LIST = "错误清单"
RED = PatternFill("solid", fgColor="FFC7CE")
_HEADINGS = ("单元格", "栏目", "原内容", "需要怎样改")
_WIDTHS = (10, 18, 40, 70)
_COMMENT_SIZE = (320, 120)


def marked_copy(original: bytes, errors: Sequence[CellError], sheet: str | None = None) -> bytes:
    """The workbook with the errors marked on `sheet`, the first one where that is not named."""
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
    cell.comment = Comment(text, COMMENTER, height=height, width=width)
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


def _limit_self() -> None:
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    _limit_self()
    said = sys.stdin.buffer
    asked = json.loads(said.read(int.from_bytes(said.read(4), "big")))
    errors = [CellError(**one) for one in asked["errors"]]
    sys.stdout.buffer.write(marked_copy(said.read(), errors, asked["sheet"]))


if __name__ == "__main__":
    main()
