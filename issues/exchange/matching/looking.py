"""A sheet as a clerk looks at it to say what is what: its first rows, its columns, samples."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from issues.exchange.matching.columns import Headings, fit
from issues.exchange.matching.headings import DEEPEST, Head, Rows, guess, heads
from issues.exchange.matching.match import MOST_HEADING_ROWS, Match
from issues.exchange.matching.suggestions import (
    KEPT,
    Column,
    Suggestion,
    columns_looked_at,
    suggest,
)
from issues.exchange.reading.unit_names import Directory
from issues.exchange.workbook.package import UnreadableWorkbook
from issues.exchange.workbook.sheet import Sheet, read_sheets
from issues.exchange.workbook.sheet_limits import column_letters
from issues.ground.secrecy import persons

LONGEST_SHOWN = 24
MOST_SAMPLES = 3
ROWS_SHOWN = 4
"""Rows of data under the heading, to be told from it."""
NEAR = 0.5
HIDDEN = "（含举报人信息，不在此显示）"


class Asked(NamedTuple):
    """Which sheet and rows the clerk says; None is what is likeliest."""

    sheet: str = ""
    rows: Rows | None = None


class Shown(NamedTuple):
    """One column as the page lists it. `letters` are the column's, `samples` what stands in it."""

    head: Head
    letters: str
    samples: list[str]
    suggestion: Suggestion

    @property
    def called(self) -> str:
        return self.head.text or "无表头"


class Line(NamedTuple):
    """One row of the sheet, and whether it is heading, data, or neither."""

    number: int
    kind: str
    cells: list[str]


@dataclass(frozen=True)
class Looked:
    """`letters` are those of the columns the lines show, `near` the layout that knows the most."""

    sheet: str
    sheets: list[str]
    rows: Rows
    letters: list[str]
    lines: list[Line]
    columns: list[Shown]
    near: str = ""

    def match(self, name: str, chosen: dict[int, tuple[str, ...]]) -> Match:
        """A layout of these columns, by their headings."""
        return Match(
            name=name,
            columns={one.head.key: chosen[one.head.column] for one in self.columns},
            sheet=self.sheet[:60],
            heading_rows=self.rows.depth,
            rows_between=self.rows.data - self.rows.last - 1,
        )


def look(
    content: bytes,
    asked: Asked,
    directory: Directory,
    match: Match | None = None,
    kept: Sequence[Match] = (),
) -> Looked:
    """Raises UnreadableWorkbook. `match` is what is known of the workbook so far.

    Where nothing is, the one of those kept that knows half of its headings speaks for those.
    """
    sheets = read_sheets(content)
    wanted = asked.sheet or (match.sheet if match else "")
    in_order = sorted(sheets, key=lambda sheet: (sheet.name != wanted, guess(sheet) is None))
    sheet = in_order[0]
    rows = asked.rows or _rows_of(sheet, match) or guess(sheet) or Rows(1, 1, 2)
    found = heads(sheet, rows.first, rows.depth)
    if not found:
        raise UnreadableWorkbook(f"工作表“{sheet.name}”里没有栏目，请选择别的工作表")
    columns = columns_looked_at(sheet, found, rows.data)
    suggested = suggest(columns, directory)
    near = match or _nearest(found, kept)
    if near:
        suggested |= _known(found, near)
    shown = [
        Shown(one.head, column_letters(one.head.column), _samples(one), suggested[one.head.key])
        for one in columns
    ]
    return Looked(
        sheet.name, [one.name for one in sheets], rows, [one.letters for one in shown],
        _lines(sheet, rows, found), shown, near.name if near else "",
    )  # fmt: skip


def rows_told(first: int | None, last: int | None, data: int | None) -> Rows | None:
    """Three numbers as rows of a heading; None where they are none. `data` follows the last."""
    if first is None or last is None or not 1 <= first <= DEEPEST:
        return None
    if not first <= last < first + MOST_HEADING_ROWS:
        return None
    data = last + 1 if data is None else data
    return Rows(first, last, data) if last < data <= last + 1 + MOST_HEADING_ROWS else None


def _rows_of(sheet: Sheet, match: Match | None) -> Rows | None:
    place = fit(Headings(sheet), match) if match else None
    if match is None or place is None:
        return None
    last = place.first + match.heading_rows - 1
    return Rows(place.first, last, last + match.rows_between + 1)


def _nearest(found: list[Head], kept: Sequence[Match]) -> Match | None:
    keys = {head.key for head in found}
    shares = [len(keys & set(one.columns)) / len(keys | set(one.columns)) for one in kept]
    best = max(shares, default=0)
    return kept[shares.index(best)] if best >= NEAR else None


def _known(found: list[Head], match: Match) -> dict[str, Suggestion]:
    """What the layout says of the columns it knows."""
    return {
        head.key: Suggestion(match.columns[head.key], KEPT)
        for head in found
        if head.key in match.columns
    }


def _samples(column: Column) -> list[str]:
    said = dict.fromkeys(_shown(column.head.text, cell.text) for cell in column.cells)
    return list(said)[:MOST_SAMPLES]


def _shown(heading: str, text: str) -> str:
    """A cell without who complained, cut to what tells one column from another."""
    if persons.kind_of(heading) is not None:
        return HIDDEN
    words = " ".join(persons.masked(text).split())
    return words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN]}…"


def _lines(sheet: Sheet, rows: Rows, found: list[Head]) -> list[Line]:
    last = min(sheet.row_count, rows.data + ROWS_SHOWN - 1)
    return [
        Line(number, _kind(number, rows), [_cell(sheet, number, rows, head) for head in found])
        for number in range(1, last + 1)
    ]


def _cell(sheet: Sheet, number: int, rows: Rows, head: Head) -> str:
    heading = head.text if number >= rows.data else ""
    return _shown(heading, sheet.cell(number, head.column).text)


def _kind(number: int, rows: Rows) -> str:
    if rows.first <= number <= rows.last:
        return "表头"
    return "数据" if number >= rows.data else ""
