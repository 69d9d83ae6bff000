"""The differences as a workbook to be looked through, and the marks a person made in it."""

import io
from collections.abc import Sequence

from issues.exchange.differences.difference import Comparison, Difference
from issues.exchange.workbook.package import UnreadableWorkbook
from issues.exchange.workbook.sheet import Sheet, address, plain, read_sheets
from issues.exchange.writing.new_workbook import Workbook

SHEET = "与台账的差异"
MARK, CODE, ACCEPT = "是否接受", "核对码", "接受"
HEADS = (
    ("编号", 18), ("栏目", 22), ("台账现在是", 44), ("文件中是", 44), ("单元格", 9),
    ("台账此后由谁改过", 24), ("不能从文件改的原因", 40), (MARK, 10), (CODE, 24),
)  # fmt: skip
LEAVE = ("", "拒绝", "不接受", "否")
TAKE = (ACCEPT, "是", "√", "✓")
NO_MARKS = f"这不是比对生成的工作簿：没有“{MARK}”和“{CODE}”两栏"


def marked_workbook(found: Comparison) -> bytes:
    """One row a difference; those that no file may change cannot be marked."""
    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(SHEET)
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#EEEEEE"})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"})
    for place, (heading, width) in enumerate(HEADS):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, heading, head)
    for row, one in enumerate(found.differences, start=1):
        for place, text in enumerate(_row(one)):
            sheet.write_string(row, place, text, cell)
        if one.take:
            choice = {"validate": "list", "source": [ACCEPT, "拒绝"]}
            sheet.data_validation(row, len(HEADS) - 2, row, len(HEADS) - 2, choice)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return target.getvalue()


def _row(one: Difference) -> tuple[str, ...]:
    who = f"{one.since.on} {one.since.unit}{one.since.actor}" if one.since else ""
    why = one.stays if not one.take else ""
    return (one.number, one.label, one.was, one.now, one.cell, who, why, "", one.code)


def read_marks(content: bytes) -> tuple[frozenset[str], frozenset[str]]:
    """The codes that are marked as accepted, and all that the workbook lists.

    Raises UnreadableWorkbook, naming the first cell whose mark is neither yes nor no.
    """
    sheets = [sheet for sheet in read_sheets(content) if _columns(sheet)]
    if not sheets:
        raise UnreadableWorkbook(NO_MARKS)
    sheet = sheets[0]
    mark, code = _columns(sheet)
    accepted, listed = set(), set()
    for row in range(2, sheet.row_count + 1):
        told, which = plain(sheet.cell(row, mark).text), plain(sheet.cell(row, code).text)
        if told not in LEAVE + TAKE:
            where = address(row, mark)
            raise UnreadableWorkbook(f"{where}应填“{ACCEPT}”“拒绝”或留空，现为“{told[:20]}”")
        if told in TAKE and not which:
            raise UnreadableWorkbook(f"{address(row, code)}的核对码不见了，请重新比对后再标")
        listed.add(which)
        if told in TAKE:
            accepted.add(which)
    return frozenset(accepted), frozenset(listed)


def _columns(sheet: Sheet) -> Sequence[int]:
    """Where the marks and the codes stand; nothing where one of them is missing."""
    heads = {plain(cell.text): cell.column for cell in sheet.row(1)}
    return [heads[MARK], heads[CODE]] if MARK in heads and CODE in heads else []
