"""The headings of a sheet: what stands over each column, and which rows they are likely to be."""

import re
from itertools import pairwise
from typing import NamedTuple

from issues.exchange.matching.match import MOST_COLUMNS
from issues.exchange.matching.words import is_known
from issues.exchange.workbook.sheet import Sheet, plain
from issues.exchange.workbook.sheet_limits import Place, column_letters

DEEPEST = 20
LONGEST_HEADING = 24
MOST_LOOKED_AT = 30
"""Rows under the heading that are looked at to tell what a column holds."""
LEAST_HEADINGS = 3
KNOWN_WEIGHS = 3
MOST_ODD = 5
"""Of so many headings one may look like none."""
_SENTENCE = re.compile(
    r"[。；;！!？?]|^[\d./\-年月日:]+$|^第?\d+$|(?:盖章\)?|时间|日期|单位|人)[:：]"
)


class Head(NamedTuple):
    """`key` is what a column is known by, `text` its lowest heading, `group` the one above."""

    column: int
    key: str
    text: str
    group: str


class Rows(NamedTuple):
    """The rows of a heading, and the first of the data."""

    first: int
    last: int
    data: int

    @property
    def depth(self) -> int:
        return self.last - self.first + 1


def heads(sheet: Sheet, first: int, depth: int) -> list[Head]:
    """Every column with a heading, or with anything below it, from left to right."""
    columns = range(1, min(sheet.column_count, MOST_COLUMNS) + 1)
    rows = [[plain(sheet.seen(first + n, c).text) for c in columns] for n in range(depth)]
    for upper, lower in pairwise(rows):
        _carry(upper, lower)
    found, times = [], dict[str, int]()
    for place, column in enumerate(columns):
        path = list(dict.fromkeys(row[place] for row in rows if row[place]))
        if not path and not _holds_anything(sheet, first + depth, column):
            continue
        key = "/".join(path) or f"列{column_letters(column)}"
        times[key] = times.get(key, 0) + 1
        if times[key] > 1:
            key = f"{key}#{times[key]}"
        text = _shown(sheet, first, depth, column) if path else ""
        found.append(Head(column, key, text, path[0] if len(path) > 1 else ""))
    return found


def _holds_anything(sheet: Sheet, data: int, column: int) -> bool:
    return any((row, column) in sheet.cells for row in range(data, data + MOST_LOOKED_AT))


def _carry(upper: list[str], lower: list[str]) -> None:
    """A group that is written over its first column alone stands over those beside it too."""
    group = ""
    for place, below in enumerate(lower):
        group = upper[place] or (group if below else "")
        upper[place] = group


def _shown(sheet: Sheet, first: int, depth: int, column: int) -> str:
    """The lowest heading as it is written, its lines put together."""
    texts = [sheet.seen(first + n, column).text for n in reversed(range(depth))]
    return "".join(next(filter(None, texts), "").split())


def guess(sheet: Sheet) -> Rows | None:
    """The likeliest rows of a heading; None where no row looks like one."""
    scored = [
        (_score(sheet, first, depth), -depth, -first)
        for first in range(1, min(sheet.row_count, DEEPEST) + 1)
        for depth in (1, 2)
        if depth == 1 or _is_grouped(sheet, first)
    ]
    score, depth, first = max(scored, default=(0, 0, 0))
    if score < LEAST_HEADINGS:
        return None
    first, last = -first, -first - depth - 1
    if last >= sheet.row_count:
        return None
    return Rows(first, last, last + 2 if _is_count(sheet, last + 1) else last + 1)


def _score(sheet: Sheet, first: int, depth: int) -> int:
    """How many cells of these rows are headings, those of known words several times."""
    found = [head for head in heads(sheet, first, depth) if head.text]
    odd = sum(not (_is_heading(head.text) and _is_heading(head.group)) for head in found)
    if odd * MOST_ODD > len(found):
        return 0
    texts = [text for place, text in _own(sheet, found, first, depth).items() if place[0] >= first]
    return len(texts) + KNOWN_WEIGHS * sum(map(is_known, texts))


def _own(sheet: Sheet, found: list[Head], first: int, depth: int) -> dict[Place, str]:
    """The cells that hold the lowest headings, each once: the first of a merged range."""
    return {
        sheet.merged.first(row, head.column): head.text
        for head in found
        for row in range(first, first + depth)
        if plain(sheet.seen(row, head.column).text) == plain(head.text)
    }


def _is_heading(text: str) -> bool:
    return len(text) <= LONGEST_HEADING and not _SENTENCE.search(text)


def _is_grouped(sheet: Sheet, row: int) -> bool:
    """Whether a row has cells over several columns that have headings of their own below."""
    columns = range(1, min(sheet.column_count, MOST_COLUMNS) + 1)
    below = [c for c in columns if sheet.cell(row + 1, c).text]
    own = [c for c in columns if sheet.cell(row, c).text]
    beside = [c for c in below if sheet.cell(row, c).is_empty]
    return (
        len(own) > 1
        and bool(beside)
        and all(_is_heading(sheet.cell(row + 1, c).text) for c in below)
    )


def _is_count(sheet: Sheet, row: int) -> bool:
    """A row of nothing but the numbers of its columns."""
    said = [cell.text for cell in sheet.row(row)]
    counted = [str(n) for n in range(1, len(said) + 1)]
    return len(said) >= LEAST_HEADINGS and said == counted
