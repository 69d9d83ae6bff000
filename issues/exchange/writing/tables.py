"""A workbook of sentences and tables, from the top down: what a page shows, to be taken along."""

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from issues.exchange.writing.new_workbook import Workbook

WIDTH = 16
Cells = Sequence[str | int | Decimal]
"""A sum of PostgreSQL is a Decimal."""


class Tables:
    """Sheet by sheet. Text is always text, whatever it begins with; a number can be summed."""

    sheet: Worksheet

    def __init__(self, *, is_long: bool = False) -> None:
        """One that is long is written row by row: what stands above cannot be returned to."""
        self.target = io.BytesIO()
        self.book = Workbook(self.target, {"constant_memory" if is_long else "in_memory": True})
        look = {"border": 1, "text_wrap": True, "valign": "top"}
        self.plain = self.book.add_format(look | {"quote_prefix": True})
        self.number = self.book.add_format(look)
        self.head = self.book.add_format(look | {"bold": True})
        self.at = 0

    def turn_to(self, name: str, widths: Sequence[int]) -> None:
        self.sheet, self.at = self.book.add_worksheet(name), 0
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)

    def say(self, text: str) -> None:
        self.sheet.write_string(self.at, 0, text)
        self.at += 1

    def table(self, heads: Sequence[str], rows: Iterable[Cells]) -> None:
        for column, head in enumerate(heads):
            self.sheet.write_string(self.at, column, head, self.head)
        self.at += 1
        for row in rows:
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    self.sheet.write_string(self.at, column, cell, self.plain)
                else:
                    self.sheet.write_number(self.at, column, cell, self.number)
            self.at += 1
        self.at += 1

    def tell(self, name: str, notes: Sequence[str], heads: Sequence[str],
             rows: Sequence[Cells]) -> None:  # fmt: skip
        """A sheet of one table under its notes."""
        self.turn_to(name, [WIDTH] * len(heads))
        for note in notes:
            self.say(note)
        self.table(heads, rows)

    def bytes(self) -> bytes:
        self.book.close()
        return self.target.getvalue()
