"""Tables: ruled, of rows that stay whole, the head on every page and the total under the last row.

A list too long for upright pages lies on its side, in smaller letters. GB/T 9704-2012, 11:
横排表格的页码位置与公文其他页码一致，单页码表头在订口一边，双页码在切口一边: left.
"""

from collections.abc import Sequence
from typing import NamedTuple

from issues.notices.fonts.faces import FaceRole, Faces
from issues.notices.page import metrics
from issues.notices.page.document import Table
from issues.notices.page.ink import RuleMark, TextMark
from issues.notices.page.lines import CELL_TYPE, Line, Span, Type, set_paragraph
from issues.notices.page.sheets import Part, Sheets

LEADING = 16.0
PADDING = 3.0
RULE = 0.5


class Style(NamedTuple):
    """The letters of a cell, from line to line, and between them and the rules, in points."""

    type: Type
    leading: float
    padding: float


def plain() -> Style:
    return Style(CELL_TYPE, LEADING, PADDING)


DENSE = Style(Type(9.0, 9.0), 11.0, 1.75)
"""Of a list that lies on its side."""


class Row(NamedTuple):
    """The lines of each cell, the height they need in points, and which columns are centred."""

    cells: tuple[tuple[Line, ...], ...]
    height: float
    aligns: str


Edges = tuple[float, ...]  # of the columns, from left to right


class Setting(NamedTuple):
    """What a table is set with."""

    grid: Edges
    style: Style
    faces: Faces
    head: Row | None


def rows_of(table: Table, faces: Faces) -> tuple[list[Row], Setting]:
    """The rows with the head, for one who seats them on the grid of the body."""
    grid = edges(table.widths, metrics.LEFT, metrics.RIGHT)
    setting = Setting(grid, plain(), faces, None)
    head = [_head(table, setting)] if table.heads else []
    return [*head, *(_row(cells, table, setting) for cells in table.rows)], setting


def put_row(sheets: Sheets, row: Row, setting: Setting, part: Part) -> None:
    _put_row(sheets, row, setting, part)


def set_table(sheets: Sheets, table: Table, style: Style | None = None) -> None:
    """Tables that follow one another share their border: together they make a form."""
    style = style or plain()
    grid = edges(table.widths, sheets.area.left, sheets.area.right)
    bare = Setting(grid, style, sheets.faces, None)
    head = _head(table, bare) if table.heads else None
    setting = bare._replace(head=head)
    if head:
        _begin(sheets, head, setting)
    rows = [_row(cells, table, setting) for cells in table.rows]
    for number, row in enumerate(rows):
        last = number == len(rows) - 1 and len(rows) > 1
        behind = _total(table, setting) if last and table.total else None
        _put_whole(sheets, row, behind, setting)
        if behind:
            _put_row(sheets, behind, setting)


def _put_whole(sheets: Sheets, row: Row, behind: Row | None, setting: Setting) -> None:
    """On this page or the next, with what may not stand alone behind it."""
    height = row.height + (behind.height if behind else 0.0)
    page = sheets.area.foot - sheets.area.top - (setting.head.height if setting.head else 0.0)
    if sheets.y + height > sheets.area.foot and page >= row.height:
        sheets.turn()
        if setting.head:
            _put_row(sheets, setting.head, setting)
    _put_splitting(sheets, row, setting)


def _begin(sheets: Sheets, head: Row, setting: Setting) -> None:
    """The head is never alone at the foot of a page."""
    if sheets.y + head.height + metrics.LINE > sheets.area.foot:
        sheets.turn()
    _put_row(sheets, head, setting)


def _put_splitting(sheets: Sheets, row: Row, setting: Setting) -> None:
    """A row higher than a page goes on under a repeated head."""
    style = setting.style
    while sheets.y + row.height > sheets.area.foot:
        room = int((sheets.area.foot - sheets.y - 2 * style.padding) // style.leading)
        if room > 0:
            _put_row(sheets, _part(row, 0, room, style), setting)
            row = _part(row, room, None, style)
        sheets.turn()
        if setting.head:
            _put_row(sheets, setting.head, setting)
    _put_row(sheets, row, setting)


def _part(row: Row, start: int, end: int | None, style: Style) -> Row:
    cells = tuple(lines[start:end] for lines in row.cells)
    return Row(cells, _height(cells, style), row.aligns)


def _height(cells: Sequence[Sequence[Line]], style: Style) -> float:
    return max((len(lines) for lines in cells), default=1) * style.leading + 2 * style.padding


def edges(widths: Sequence[float], left: float, right: float) -> Edges:
    unit = (right - left) / sum(widths)
    found = [left]
    for share in widths:
        found.append(found[-1] + share * unit)
    return tuple(found)


def _head(table: Table, setting: Setting) -> Row:
    aligns = "c" * len(table.widths)
    cells = _cells(table.heads, aligns, setting, FaceRole.HEI)
    return Row(cells, _height(cells, setting.style), aligns)


def _row(cells: Sequence[str], table: Table, setting: Setting) -> Row:
    aligns = table.aligns.ljust(len(table.widths), "l")
    set_cells = _cells(cells, aligns, setting, FaceRole.FANGSONG)
    least = table.row_mm * metrics.MM if setting.style != DENSE else 0.0
    return Row(set_cells, max(_height(set_cells, setting.style), least), aligns)


def _total(table: Table, setting: Setting) -> Row:
    cells = _cells(table.total, "c" * len(table.widths), setting, FaceRole.HEI)
    return Row(cells, _height(cells, setting.style), "c" * len(table.widths))


def _cells(
    cells: Sequence[str], aligns: str, setting: Setting, role: FaceRole
) -> tuple[tuple[Line, ...], ...]:
    """A cell missing at the end is empty."""
    found = []
    for column, right in enumerate(setting.grid[1:]):
        text = cells[column] if column < len(cells) else ""
        width = right - setting.grid[column] - 2 * setting.style.padding
        even = aligns[column] == "c"
        found.append(tuple(_cell_lines(text, width, setting, role, even=even)))
    return tuple(found)


def _cell_lines(
    text: str, width: float, setting: Setting, role: FaceRole, *, even: bool
) -> list[Line]:
    """A centred cell is broken to even lines: 签收单位 over （盖章）."""
    lines: list[Line] = []
    cell = setting.style.type.cell
    for part in text.splitlines():
        spans, room = [Span(part, role)], width
        found = _set(spans, setting, room)
        while even and len(found) > 1 and room > 2 * cell:
            room -= cell / 2
            narrower = _set(spans, setting, room)
            if len(narrower) > len(found):
                break
            found = narrower
        lines += found
    return lines


def _set(spans: list[Span], setting: Setting, width: float) -> list[Line]:
    return set_paragraph(spans, setting.faces, width, type_=setting.style.type, justify=False)


def _put_row(sheets: Sheets, row: Row, setting: Setting, part: Part | None = None) -> None:
    grid, top, foot = setting.grid, sheets.y, sheets.y + row.height
    for y in (top, foot):
        sheets.put(RuleMark(grid[0], y, grid[-1], y, RULE))
    for x in grid:
        sheets.put(RuleMark(x, top, x, foot, RULE))
    for column, lines in enumerate(row.cells):
        within = (grid[column], grid[column + 1])
        _put_cell(sheets, lines, within, (row, row.aligns[column], setting.style), part)
    sheets.y = foot


def _put_cell(
    sheets: Sheets,
    lines: Sequence[Line],
    within: tuple[float, float],
    look: tuple[Row, str, Style],
    part: Part | None,
) -> None:
    left, right = within
    row, align, style = look
    y = sheets.y + (row.height - len(lines) * style.leading) / 2
    y += (style.leading - style.type.size) / 2
    for line in lines:
        x = left + style.padding
        if align == "c":
            x = left + (right - left - line.width) / 2
        sheets.put(TextMark(line, x, y), part)
        y += style.leading
