"""Annexes of a person's own: paragraphs as typed, tables of lines with cells marked off."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from issues.notices.kinds.shape import NoticeFactsDoc
from issues.notices.kinds.template import level_of
from issues.notices.kinds.wording import formal
from issues.notices.page.document import Attachment, Block, Level, Paragraph, Table
from issues.notices.page.tables.shares import shares

CELL = "｜"
MARKS = (CELL, "|", "\t")
"""What stands between the cells of a line that is a row of a table."""
LEAST_SHARE, MOST_SHARE = 3, 24


def own_annexes(facts: NoticeFactsDoc) -> list[Attachment]:
    return [
        Attachment(formal(one.get("title", "")), tuple(_blocks(one.get("text", ""))))
        for one in facts.get("annexes") or []
    ]


def _blocks(text: str) -> Iterator[Block]:
    """Lines of cells that follow one another are one table, the first of them its head."""
    lines = [line.strip(" \r") for line in text.splitlines() if line.strip()]
    for is_table, group in groupby(lines, key=_is_row):
        if is_table:
            yield _table([_cells(line) for line in group])
        else:
            yield from map(_paragraph, group)


def _is_row(line: str) -> bool:
    return any(mark in line for mark in MARKS)


def _cells(line: str) -> tuple[str, ...]:
    """A line that is closed in by marks has no cell outside them; an empty cell is one."""
    for mark in MARKS:
        line = line.replace(mark, CELL)
    if len(line) > 1 and line[0] == line[-1] == CELL:
        line = line[1:-1]
    return tuple(formal(cell.strip()) for cell in line.split(CELL))


def _paragraph(line: str) -> Paragraph:
    level, _rest = level_of(line.strip())
    return Paragraph(formal(line), level if level is not Level.THIRD else Level.TEXT)


def _table(rows: Sequence[tuple[str, ...]]) -> Table:
    count = max(map(len, rows))
    full = [(*row, *[""] * (count - len(row))) for row in rows]
    return Table(
        shares(full, LEAST_SHARE, MOST_SHARE), tuple(full[1:]), full[0], aligns="c" * count
    )
