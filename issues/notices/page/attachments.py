"""Attachments: each on a new page, paragraphs on the grid, tables whose head repeats."""

from collections.abc import Sequence
from typing import NamedTuple

from issues.notices.fonts.faces import FaceRole, Faces
from issues.notices.page import metrics
from issues.notices.page.body import paragraph_lines
from issues.notices.page.charts import set_chart
from issues.notices.page.document import Attachment, Chart, Document, Picture, Table
from issues.notices.page.ink import RuleMark, TextMark
from issues.notices.page.lines import (
    BODY_TYPE,
    CELL_TYPE,
    TITLE_TYPE,
    Line,
    Span,
    one_line,
    set_paragraph,
)
from issues.notices.page.pictures import set_picture
from issues.notices.page.sheets import Sheets
from issues.notices.page.titles import title_lines

PADDING = 3.0
LEADING = 16.0
RULE = 0.5


class Row(NamedTuple):
    """The lines of each cell, the height they need in points, and which columns are centred."""

    cells: tuple[tuple[Line, ...], ...]
    height: float
    aligns: str


Edges = tuple[float, ...]  # of the columns, from left to right


def set_attachments(sheets: Sheets, document: Document) -> None:
    several = len(document.attachments) > 1
    for number, attachment in enumerate(document.attachments, 1):
        sheets.turn()
        label = f"附件{number}" if several else "附件"
        sheets.set_line(one_line(label, FaceRole.HEI, BODY_TYPE, sheets.faces))
        sheets.skip(1)
        for text in title_lines(attachment.title, document.phrases):
            part = ("attachments", number - 1)
            sheets.centre(text, FaceRole.TITLE, TITLE_TYPE, metrics.BLACK, part)
            sheets.skip(1)
        sheets.skip(0.5 if _begins_with_table(attachment) else 1)
        _set_blocks(sheets, attachment)


def _begins_with_table(attachment: Attachment) -> bool:
    return bool(attachment.blocks) and isinstance(attachment.blocks[0], Table)


def _set_blocks(sheets: Sheets, attachment: Attachment) -> None:
    before: object = None
    for block in attachment.blocks:
        if isinstance(block, Table):
            set_table(sheets, block)
        elif isinstance(block, Chart):
            set_chart(sheets, block)
        elif isinstance(block, Picture):
            set_picture(sheets, block)
        else:
            if isinstance(before, Table):
                sheets.skip(0.5)
            sheets.set_lines(paragraph_lines(block, sheets.faces))
        before = block


def set_table(sheets: Sheets, table: Table) -> None:
    """Tables that follow one another share their border: together they make a form."""
    grid = _edges(table)
    head = _head(table, grid, sheets.faces) if table.heads else None
    if head:
        _begin(sheets, head, grid)
    for cells in table.rows:
        row = _row(cells, grid, table, sheets.faces)
        if sheets.y + row.height > metrics.BOTTOM and _page_height(head) >= row.height:
            sheets.turn()
            if head:
                _put_row(sheets, head, grid)
        _put_splitting(sheets, row, grid, head)


def _begin(sheets: Sheets, head: Row, grid: Edges) -> None:
    """The head is never alone at the foot of a page."""
    if sheets.y + head.height + metrics.LINE > metrics.BOTTOM:
        sheets.turn()
    _put_row(sheets, head, grid)


def _page_height(head: Row | None) -> float:
    return metrics.HEIGHT - (head.height if head else 0.0)


def _put_splitting(sheets: Sheets, row: Row, grid: Edges, head: Row | None) -> None:
    """A row higher than a page goes on under a repeated head."""
    while sheets.y + row.height > metrics.BOTTOM:
        room = int((metrics.BOTTOM - sheets.y - 2 * PADDING) // LEADING)
        if room > 0:
            _put_row(sheets, _part(row, 0, room), grid)
            row = _part(row, room, None)
        sheets.turn()
        if head:
            _put_row(sheets, head, grid)
    _put_row(sheets, row, grid)


def _part(row: Row, start: int, end: int | None) -> Row:
    cells = tuple(lines[start:end] for lines in row.cells)
    return Row(cells, _height(cells), row.aligns)


def _height(cells: Sequence[Sequence[Line]]) -> float:
    return max((len(lines) for lines in cells), default=1) * LEADING + 2 * PADDING


def _edges(table: Table) -> Edges:
    unit = metrics.WIDTH / sum(table.widths)
    edges = [metrics.LEFT]
    for share in table.widths:
        edges.append(edges[-1] + share * unit)
    return tuple(edges)


def _head(table: Table, grid: Edges, faces: Faces) -> Row:
    aligns = "c" * len(table.widths)
    cells = _cells(table.heads, grid, aligns, faces, FaceRole.HEI)
    return Row(cells, _height(cells), aligns)


def _row(cells: Sequence[str], grid: Edges, table: Table, faces: Faces) -> Row:
    aligns = table.aligns.ljust(len(table.widths), "l")
    set_cells = _cells(cells, grid, aligns, faces, FaceRole.FANGSONG)
    height = max(_height(set_cells), table.row_mm * metrics.MM)
    return Row(set_cells, height, aligns)


def _cells(
    cells: Sequence[str], grid: Edges, aligns: str, faces: Faces, role: FaceRole
) -> tuple[tuple[Line, ...], ...]:
    """A cell missing at the end is empty."""
    found = []
    for column, right in enumerate(grid[1:]):
        text = cells[column] if column < len(cells) else ""
        width = right - grid[column] - 2 * PADDING
        even = aligns[column] == "c"
        found.append(tuple(_cell_lines(text, width, faces, role, even=even)))
    return tuple(found)


def _cell_lines(text: str, width: float, faces: Faces, role: FaceRole, *, even: bool) -> list[Line]:
    """A centred cell is broken to even lines: 签收单位 over （盖章）."""
    lines: list[Line] = []
    for part in text.splitlines():
        spans, room = [Span(part, role)], width
        found = _set(spans, faces, room)
        while even and len(found) > 1 and room > 2 * CELL_TYPE.cell:
            room -= CELL_TYPE.cell / 2
            narrower = _set(spans, faces, room)
            if len(narrower) > len(found):
                break
            found = narrower
        lines += found
    return lines


def _set(spans: list[Span], faces: Faces, width: float) -> list[Line]:
    return set_paragraph(spans, faces, width, type_=CELL_TYPE, justify=False)


def _put_row(sheets: Sheets, row: Row, grid: Edges) -> None:
    top, foot = sheets.y, sheets.y + row.height
    for y in (top, foot):
        sheets.put(RuleMark(grid[0], y, grid[-1], y, RULE))
    for x in grid:
        sheets.put(RuleMark(x, top, x, foot, RULE))
    for column, lines in enumerate(row.cells):
        _put_cell(sheets, lines, (grid[column], grid[column + 1]), row, row.aligns[column])
    sheets.y = foot


def _put_cell(
    sheets: Sheets, lines: Sequence[Line], edges: tuple[float, float], row: Row, align: str
) -> None:
    left, right = edges
    y = sheets.y + (row.height - len(lines) * LEADING) / 2 + (LEADING - metrics.CELL_TEXT) / 2
    for line in lines:
        x = left + PADDING
        if align == "c":
            x = left + (right - left - line.width) / 2
        sheets.put(TextMark(line, x, y))
        y += LEADING
