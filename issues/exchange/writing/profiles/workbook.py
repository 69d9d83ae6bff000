"""A paper as a workbook that is printed as it stands: landscape, one page wide, heads on each page.

A ticket's cells are merged over the lines of its measures. A colour is a fill and a word.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from issues.exchange.reading.extra_columns import mark_of
from issues.exchange.writing.new_workbook import Workbook
from issues.exchange.writing.profiles.columns import Column
from issues.exchange.writing.profiles.paper import Line, Paper, Table, Value
from issues.exchange.writing.profiles.profile import PAPERS
from issues.exchange.writing.responsibility_list import ACTIVE, groups_of
from issues.ground.signs import places
from issues.rules.dates.days import written
from issues.vocabulary import Colour

BODY, HEADING = "仿宋", "黑体"
FILLS = {
    Colour.RED: "#F8B4AE", Colour.YELLOW: "#FFE699", Colour.GREEN: "#C6E0B4",
    Colour.GREY: "#D9D9D9",
}  # fmt: skip
FROZEN = 2
"""Columns from the left that stay where they are."""
TOP = 2
"""Lines over the heads: the title, and who tells it when."""
POINTS, LINE, HIGHEST = 10, 14.5, 409
MARGINS = {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.6}
FOOT = "&C&9第 &P 页，共 &N 页"
_COUNTED = {"count": '0"个问题"', "yes": '"是"0"项"', "measures": '0"项"'}


class _Pen:
    """The forms of one workbook: made once, however many cells use them."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def form(self, **more: Any) -> Format:
        cell = {"font_name": BODY, "font_size": POINTS, "border": 1, "text_wrap": True,
                "valign": "vcenter"}  # fmt: skip
        key = tuple(sorted(more.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(cell | more)
        return self.made[key]

    def of(self, value: Value, column: Column, line: Line) -> Format:
        more: dict[str, Any] = {"bold": True, "font_name": HEADING} if line.is_sum else {}
        if isinstance(value, Colour):
            return self.form(bg_color=FILLS[value], align="center", **more)
        if isinstance(value, date):
            return self.form(num_format="yyyy-mm-dd", align="center", **more)
        if isinstance(value, Decimal | int):
            told = _COUNTED.get(column.total) if line.is_sum else None
            return self.form(align="center", **({"num_format": told} if told else {}), **more)
        if isinstance(value, str) and value.startswith(ACTIVE):
            more["quote_prefix"] = True
        return self.form(**more)


def workbook(paper: Paper) -> bytes:
    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True})
    pen = _Pen(book)
    for table in paper.tables:
        _Sheet(book.add_worksheet(table.name), pen, paper, table).draw()
    book.close()
    return target.getvalue()


class _Sheet:
    def __init__(self, sheet: Worksheet, pen: _Pen, paper: Paper, table: Table) -> None:
        self.sheet, self.pen, self.paper, self.table = sheet, pen, paper, table
        self.last = max(len(table.columns) - 1, 1)
        self.has_groups = any(column.of_measure for column in table.columns)
        self.first = TOP + (2 if self.has_groups else 1)

    def draw(self) -> None:
        self._set_up()
        self._top()
        self._heads()
        at = self.first
        for line in self.table.lines:
            at = self._line(at, line)
        self.sheet.print_area(0, 0, max(at - 1, self.first), self.last)

    def _set_up(self) -> None:
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(PAPERS[self.paper.size])
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(**MARGINS)
        sheet.center_horizontally()
        sheet.repeat_rows(TOP, self.first - 1)
        sheet.set_footer(FOOT)
        sheet.freeze_panes(self.first, min(FROZEN, self.last))
        for place, column in enumerate(self.table.columns):
            sheet.set_column(place, place, column.width)

    def _top(self) -> None:
        paper, plain = self.paper, {"font_name": BODY, "font_size": POINTS + 1}
        title = self.pen.book.add_format(
            {"font_name": HEADING, "font_size": 18, "align": "center", "valign": "vcenter"}
        )
        self._merged((0, 0, 0, self.last), paper.title, title)
        self.sheet.set_row(0, 30)
        days = f"填报时间：{written(paper.filled_on)}　统计日期：{written(paper.day)}"
        said = f"填报单位（盖章）：{paper.unit}　　{days}"
        told = self.pen.book.add_format(plain)
        words = "　　".join(filter(None, (said, paper.note)))
        self._merged((1, 0, 1, self.last), words, told)

    def _merged(self, range_: tuple[int, int, int, int], text: str, form: Format) -> None:
        """Text is text, whatever it begins with."""
        self.sheet.merge_range(*range_, "", form)
        self.sheet.write_string(range_[0], range_[1], text, form)

    def _heads(self) -> None:
        columns, below = self.table.columns, self.first - 1
        head = self.pen.form(font_name=HEADING, align="center")
        for place, column in enumerate(columns):
            if column.group or not self.has_groups:
                self.sheet.write_string(below, place, column.heading, head)
            else:
                self._merged((TOP, place, below, place), column.heading, head)
        groups = [column.group for column in columns] if self.has_groups else []
        for first, final, group in groups_of(groups):
            if final > first:
                self._merged((TOP, first, TOP, final), group, head)
            else:
                self.sheet.write_string(TOP, first, group, head)

    def _line(self, at: int, line: Line) -> int:
        """Where the next one begins."""
        steps = line.steps if any(one.of_measure for one in self.table.columns) else ()
        last = at + max(len(steps), 1) - 1
        for place, column in enumerate(self.table.columns):
            if column.of_measure and steps:
                for row, step in enumerate(steps, start=at):
                    self._put(row, place, column, step.get(column.key), line, row)
            else:
                self._put(at, place, column, line.cells.get(column.key), line, last)
        for row, height in enumerate(self._heights(line.cells, steps), start=at):
            self.sheet.set_row(row, height)
        return last + 1

    def _put(
        self, row: int, place: int, column: Column, value: Value, line: Line, last: int
    ) -> None:
        form = self.pen.of(value, column, line)
        if last > row:
            self.sheet.merge_range(row, place, last, place, "", form)
        if value is None or value == "":
            self.sheet.write_blank(row, place, None, form)
        elif isinstance(value, Colour):
            self.sheet.write_string(row, place, mark_of(value), form)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, place, value, form)
        elif isinstance(value, Decimal | int):
            self.sheet.write_number(row, place, value, form)
        else:
            self.sheet.write_string(row, place, value, form)

    def _heights(
        self, cells: Mapping[str, Value], steps: Sequence[Mapping[str, Value]]
    ) -> list[float]:
        """High enough for the longest text of each line: a merged cell makes no room by itself."""
        own = [one for one in self.table.columns if not one.of_measure or not steps]
        needed = _lines(own, cells)
        if not steps:
            return [min(HIGHEST, needed * LINE)]
        below = [one for one in self.table.columns if one.of_measure]
        each = [_lines(below, step) for step in steps]
        lack = max(0, needed - sum(each))
        return [min(HIGHEST, (one + lack / len(each)) * LINE) for one in each]


def _lines(columns: Sequence[Column], cells: Mapping[str, Value]) -> int:
    """How many lines the longest text takes, two places for each Chinese sign."""
    return max((_wrapped(cells.get(one.key), one.width) for one in columns), default=1)


def _wrapped(value: Value, width: int) -> int:
    if not isinstance(value, str) or isinstance(value, Colour):
        return 1
    parts = value.split("\n")
    return sum(max(1, ceil(places(part) / max(1, width - 1))) for part in parts)
