"""The responsibility list as a workbook: a two-row heading, ticket cells merged over measures."""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from issues.colour.past import CLOSING_UNSAID
from issues.exchange.reading.extra_columns import COMPLAINT
from issues.exchange.worked_out import APART, OURS, plain_heading
from issues.exchange.writing.colour_rows import HEADS, Line
from issues.exchange.writing.figured import Value
from issues.exchange.writing.new_workbook import Workbook
from issues.exchange.writing.put_by import Cells, Kept, PutBy
from issues.ground import under_way
from issues.tickets.fields import WRITTEN
from issues.tickets.life import COLUMNS, LAST_BEFORE

TITLE = "突出生态环境问题整改责任清单"
SHEET, COLOUR_SHEET = "责任清单", "颜色说明"
Column = tuple[str, str, int]
_PLACED = sorted(
    [export for _, export in WRITTEN] + [column.export for column in COLUMNS if column.export],
    key=attrgetter("place"),
)
BEFORE: tuple[Column, ...] = tuple(
    (one.group, one.heading, one.width) for one in _PLACED if one.place <= LAST_BEFORE
)
MEASURES = (
    ("整改措施", "序号", 6), ("整改措施", "具体措施", 44), ("整改措施", "启动时间", 12),
    ("整改措施", "完成时限", 14), ("整改措施", "目标值", 8), ("整改措施", "完成值", 8),
    ("整改措施", "单位", 8), ("措施进展", "进度描述", 36), ("措施进展", "是否完成", 9),
)  # fmt: skip
AFTER: tuple[Column, ...] = tuple(
    (one.group, one.heading, one.width) for one in _PLACED if one.place > LAST_BEFORE
)
OPTIONAL = frozenset(one.heading for one in _PLACED if one.optional)
BEHIND = (*OURS, CLOSING_UNSAID, *COMPLAINT.values())
"""Columns after those of the list, in this order; what a ledger alone calls so comes behind."""
USUAL, A3 = 16, 8
FIRST_ROW = 4
ACTIVE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class _Book:
    """One workbook being written. Text is always text, whatever it begins with."""

    def __init__(self) -> None:
        self.target = io.BytesIO()
        self.book = Workbook(self.target, {"constant_memory": True})
        self.sheet: Worksheet = self.book.add_worksheet(SHEET)
        cell = {"border": 1, "text_wrap": True, "valign": "vcenter"}
        self.plain = self.book.add_format(cell)
        self.quoted = self.book.add_format(cell | {"quote_prefix": True})
        self.dated = self.book.add_format(cell | {"num_format": "yyyy-mm-dd"})
        self.head = self.book.add_format(cell | {"bold": True, "align": "center"})
        self.title = self.book.add_format({"bold": True, "font_size": 18, "align": "center"})

    def put(self, row: int, column: int, value: Value) -> None:
        form = self._form(value)
        if value is None or value == "":
            self.sheet.write_blank(row, column, None, form)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, column, value, form)
        elif isinstance(value, Decimal | int):
            self.sheet.write_number(row, column, value, form)
        else:
            self.sheet.write_string(row, column, value, form)

    def continue_down(self, row: int, column: int, value: Value) -> None:
        """A cell below the first of a value that stands over several rows."""
        self.sheet.write_blank(row, column, None, self._form(value))

    def merge_down(self, first: int, last: int, columns: Iterable[int]) -> None:
        """The library's own way would go back to rows that are written already."""
        self.sheet.merge += [[first, column, last, column] for column in columns]

    def _form(self, value: Value) -> Format:
        if isinstance(value, date):
            return self.dated
        is_active = isinstance(value, str) and value.startswith(ACTIVE)
        return self.quoted if is_active else self.plain

    def bytes(self) -> bytes:
        self.book.close()
        return self.target.getvalue()


def write_register(
    rows: Iterable[Cells], *, city: str, unit: str, filled_on: date, colours: Sequence[Line] = ()
) -> bytes:
    """The workbook's bytes. `unit` and `filled_on` stand under the title.

    `colours` make a second sheet, which an import passes over. The rows are gone through once and
    never held together.
    """
    book = _Book()
    with PutBy(rows) as kept:
        before, after = _columns(kept)
        _head(book, [*before, *MEASURES, *after], f"{city}{TITLE}", unit, filled_on)
        own = [*enumerate(heading for _, heading, _ in before)]
        own += enumerate((heading for _, heading, _ in after), start=len(before) + len(MEASURES))
        at = FIRST_ROW
        for row in under_way.counted("写成工作簿", kept):
            at = _write(book, at, row, own, len(before))
    if colours:
        _explain(book, colours)
    return book.bytes()


def _write(book: _Book, at: int, row: Kept, own: Sequence[tuple[int, str]], steps_at: int) -> int:
    """A ticket's rows, one a measure, from the top down; the row after them."""
    for column, heading in own:
        book.put(at, column, row.cells.get(heading))
    for place, measure in enumerate(row.measures):
        for column, (_, heading, _) in enumerate(MEASURES, start=steps_at):
            book.put(at + place, column, measure[heading])
        for column, heading in own if place else ():
            book.continue_down(at + place, column, row.cells.get(heading))
    last = at + max(len(row.measures), 1) - 1
    if last > at:
        book.merge_down(at, last, (column for column, _ in own))
    return last + 1


def _explain(book: _Book, colours: Sequence[Line]) -> None:
    book.sheet = book.book.add_worksheet(COLOUR_SHEET)
    for column, (heading, width) in enumerate(HEADS):
        book.sheet.set_column(column, column, width)
        book.sheet.write_string(0, column, heading, book.head)
    for at, line in enumerate(colours, start=1):
        for column, value in enumerate(line):
            book.put(at, column, value)
    book.sheet.freeze_panes(1, 1)


def _columns(rows: PutBy) -> tuple[list[Column], list[Column]]:
    """Columns nobody fills are left out; what a ledger brought beside the known ones comes last."""
    known = {heading for _, heading, _ in (*BEFORE, *AFTER)}
    more = sorted(rows.named - known, key=_place)
    before = [one for one in BEFORE if one[1] not in OPTIONAL or one[1] in rows.filled]
    return before, [*AFTER, *(_added(name) for name in more)]


def _added(heading: str) -> Column:
    ours = OURS.get(plain_heading(heading))
    return (ours.group, heading, ours.width) if ours else ("", heading, USUAL)


def _place(heading: str) -> tuple[int, str]:
    """The same wherever the rows stand: our own columns, then by their names."""
    ours = plain_heading(heading) if heading.endswith(APART) else heading
    return (BEHIND.index(ours) if ours in BEHIND else len(BEHIND), heading)


def _head(book: _Book, columns: list[Column], title: str, unit: str, filled_on: date) -> None:
    sheet, last = book.sheet, len(columns) - 1
    sheet.merge_range(0, 0, 0, last, title, book.title)
    sheet.write_string(1, 0, f"填报单位（盖章）：{unit}")
    day = f"{filled_on.year}年{filled_on.month}月{filled_on.day}日"
    sheet.write_string(1, last, f"填报时间：{day}")
    groups = groups_of([group for group, _, _ in columns])
    named = {first: group for first, _, group in groups}
    for column, (group, heading, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, named.get(column, "") if group else heading, book.head)
    for column, (group, heading, _) in enumerate(columns):
        sheet.write_string(3, column, heading if group else "", book.head)
    book.merge_down(2, 3, (column for column, one in enumerate(columns) if not one[0]))
    sheet.merge += [[2, first, 2, final] for first, final, _ in groups if final > first]
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2, FIRST_ROW - 1)


def groups_of(columns: Sequence[str]) -> list[tuple[int, int, str]]:
    """The first and last column under each group's heading, by the group of each column."""
    spans: list[list[Any]] = []
    for column, group in enumerate(columns):
        if group and spans and spans[-1][2] == group and spans[-1][1] == column - 1:
            spans[-1][1] = column
        elif group:
            spans.append([column, column, group])
    return [(first, last, group) for first, last, group in spans]
