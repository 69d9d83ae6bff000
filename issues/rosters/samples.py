"""The workbook to be filled in: an empty sheet, what each column is for, and what may be chosen."""

import io
from collections.abc import Mapping, Sequence

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from issues.exchange.writing.responsibility_list import ACTIVE
from issues.rosters.columns import COLUMNS, Column
from issues.rosters.sheets import MOST_ROWS
from issues.vocabulary import RosterKind

NOTES, CHOICES = "填写说明", "可选值"
HEADS = (("栏目", 14), ("必填", 8), ("怎样填", 60), ("例", 24))


def sample(kind: RosterKind, choices: Mapping[str, Sequence[str]]) -> bytes:
    """`choices` are those that only the city's own rows tell, by the column's name."""
    return sample_of(kind.label, COLUMNS[kind], choices)


def sample_of(title: str, columns: Sequence[Column], choices: Mapping[str, Sequence[str]]) -> bytes:
    """The same of whatever comes in by rows."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet(title)
    notes, lists = book.add_worksheet(NOTES), book.add_worksheet(CHOICES)
    _head(book, sheet, [(one.heading, one.width, one.is_needed) for one in columns])
    _explain(book, notes, columns)
    offered = {one.name: choices.get(one.name) or one.choices for one in columns}
    _offer(book, sheet, lists, columns, offered)
    book.close()
    return target.getvalue()


def _head(book: Workbook, sheet: Worksheet, heads: Sequence[tuple[str, int, bool]]) -> None:
    look = {"bold": True, "border": 1, "align": "center"}
    plain = book.add_format(look)
    needed = book.add_format(look | {"font_color": "#C00000"})
    text = book.add_format({"num_format": "@"})
    for place, (heading, width, is_needed) in enumerate(heads):
        sheet.set_column(place, place, width, text)
        sheet.write_string(0, place, heading, needed if is_needed else plain)
    sheet.freeze_panes(1, 0)


def _explain(book: Workbook, sheet: Worksheet, columns: Sequence[Column]) -> None:
    _head(book, sheet, [(heading, width, False) for heading, width in HEADS])
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for line, one in enumerate(columns, start=1):
        told = (one.heading, "必填" if one.is_needed else "", one.hint, one.sample)
        for place, words in enumerate(told):
            sheet.write_string(line, place, words, wrapped)


def _offer(
    book: Workbook, sheet: Worksheet, lists: Worksheet, columns: Sequence[Column],
    offered: Mapping[str, Sequence[str]],
) -> None:  # fmt: skip
    """A list to choose from; where a cell may hold several, other words are taken too."""
    quoted = book.add_format({"quote_prefix": True})
    _head(book, lists, [(one.heading, one.width, False) for one in columns if offered[one.name]])
    held = [one for one in columns if offered[one.name]]
    for place, one in enumerate(held):
        for line, words in enumerate(offered[one.name], start=1):
            lists.write_string(line, place, words, quoted if words.startswith(ACTIVE) else None)
        letter = chr(ord("A") + place)
        rule = {
            "validate": "list",
            "source": f"='{CHOICES}'!${letter}$2:${letter}${len(offered[one.name]) + 1}",
            "error_type": "stop" if one.name == "kind" else "information",
            "error_title": one.heading,
            "error_message": one.hint[:200],
        }
        column = columns.index(one)
        sheet.data_validation(1, column, MOST_ROWS, column, rule)
