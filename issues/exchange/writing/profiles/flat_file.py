"""A paper as comma-separated values, a line a ticket: no text becomes a formula."""

import csv
import io
from datetime import date
from decimal import Decimal

from issues.exchange.reading.extra_columns import mark_of
from issues.exchange.writing.profiles.paper import Paper, Value
from issues.exchange.writing.responsibility_list import ACTIVE
from issues.vocabulary import Colour

ENCODING = "utf-8-sig"
"""With the mark by which a spreadsheet knows the Chinese for what it is."""


def flat_file(paper: Paper) -> bytes:
    """The bytes of its first table."""
    table, target = paper.tables[0], io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(column.heading for column in table.columns)
    for line in table.lines:
        writer.writerow(said(line.cells.get(column.key)) for column in table.columns)
    return target.getvalue().encode(ENCODING)


def said(value: Value) -> str:
    """A cell's words. A text that a spreadsheet would reckon with is led by an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, Colour):
        return mark_of(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | int):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    return f"'{value}" if value.startswith(ACTIVE) else value
