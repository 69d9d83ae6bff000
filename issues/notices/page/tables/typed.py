"""A table as a person types or pastes it into a text: lines of cells with marks between them."""

from issues.notices.page.document import Level, Paragraph, Table
from issues.notices.page.tables.shares import shares

CELL = "｜"
MARKS = (CELL, "|", "\t")
LEAST_SHARE, MOST_SHARE = 3, 24
LEAST_ROWS, MOST_ROWS = 2, 12
"""Of a table in the body: it stands whole on one page. A longer one is an annex."""


def is_row(line: str) -> bool:
    return any(mark in line for mark in MARKS)


def cells_of(line: str) -> tuple[str, ...]:
    """A line that is closed in by marks has no cell outside them; an empty cell is one."""
    for mark in MARKS:
        line = line.replace(mark, CELL)
    if len(line) > 1 and line[0] == line[-1] == CELL:
        line = line[1:-1]
    return tuple(cell.strip() for cell in line.split(CELL))


def table_of(rows: list[tuple[str, ...]]) -> Table:
    """The first is its head."""
    count = max(map(len, rows))
    full = [(*row, *[""] * (count - len(row))) for row in rows]
    widths = shares(full, LEAST_SHARE, MOST_SHARE)
    return Table(widths, tuple(full[1:]), full[0], aligns="c" * count)


def table_in(paragraph: Paragraph) -> Table | None:
    """Where plain text is nothing but rows, two at least."""
    lines = paragraph.text.splitlines()
    if paragraph.level is not Level.TEXT or len(lines) < LEAST_ROWS or not all(map(is_row, lines)):
        return None
    return table_of([cells_of(line) for line in lines])
