"""联合行文: the marks of several organs over one another, and their names over the one date.

GB/T 9704-2012, 7.2.4: the main organ first, 文件 on the right in the middle of all. 7.3.5.1: the
names in order, seals' room for each, at most three in a row, the last one over the date.
"""

from collections.abc import Sequence
from typing import NamedTuple

from issues.notices.fonts.faces import FaceRole, Faces
from issues.notices.page import metrics
from issues.notices.page.document import Document
from issues.notices.page.ink import TextMark
from issues.notices.page.lines import BODY_TYPE, Line, Type, one_line
from issues.notices.page.sheets import Sheets

A_ROW = 3
"""Seals of 42 mm, three in 156 mm."""
APART = 2 * metrics.MM
"""Between the seals of a row."""
SEAL_LINES = 5
"""Lines of the grid from one row of names to the next: seals do not touch (51 mm for 42)."""
LEADING = 1.3
GAP = 0.5


def put_joint_marks(sheets: Sheets, names: Sequence[str], word: str, top: float) -> float:
    """All as wide as the longest, the first with its ink at `top`; answers where the last ends."""
    natural = [_natural(name, sheets.faces) for name in names]
    beside = _natural(word, sheets.faces) + GAP if word else 0.0
    size = min(metrics.MARK_SIZE, metrics.WIDTH / (max(natural) + beside) / metrics.MARK_NARROWEST)
    narrow = min(1.0, metrics.WIDTH / ((max(natural) + beside) * size))
    width = max(natural) * size * narrow
    left = metrics.LEFT + (metrics.WIDTH - width - beside * size * narrow) / 2
    pitch = size * LEADING
    box_top = top - (metrics.ASCENT - metrics.INK_TOP) * size
    for place, name in enumerate(names):
        line = _spread(name, size, width / narrow, sheets.faces)
        sheets.put(TextMark(line, left, box_top + place * pitch, metrics.RED, narrow))
    if word:
        line = one_line(word, FaceRole.TITLE, Type(size, size), sheets.faces)
        middle = box_top + (len(names) - 1) * pitch / 2
        x = left + width + GAP * size * narrow
        sheets.put(TextMark(line, x, middle, metrics.RED, narrow))
    return top + size + (len(names) - 1) * pitch


def _natural(text: str, faces: Faces) -> float:
    return one_line(text, FaceRole.TITLE, Type(1.0, 1.0), faces).width


def _spread(name: str, size: float, width: float, faces: Faces) -> Line:
    line = one_line(name, FaceRole.TITLE, Type(size, size), faces)
    gaps = len(line.glyphs) - 1
    return line._replace(stretch=(width - line.width) / gaps) if gaps else line


class Rows(NamedTuple):
    """The names by rows, where the last one's middle is, and how far each is from its neighbour."""

    rows: list[list[Line]]
    centre: float
    pitch: float


def rows_of(names: Sequence[str], day: Line, faces: Faces) -> Rows:
    """As many in a row as leave each seal its room within the text area, three at most."""
    lines = [one_line(name, FaceRole.FANGSONG, BODY_TYPE, faces) for name in names]
    half = max([metrics.SEAL, *(line.width for line in lines)]) / 2
    centre = min(metrics.RIGHT - metrics.DATE_FROM_RIGHT - day.width / 2, metrics.RIGHT - half)
    pitch = 2 * half + APART
    room = int((centre - half - metrics.LEFT) // pitch) + 1
    count = max(1, min(A_ROW, room))
    rows = [lines[start : start + count] for start in range(0, len(lines), count)]
    return Rows(rows, centre, pitch)


def lines_more(document: Document, day: Line, faces: Faces) -> int:
    """How many lines the names take beyond those of one organ's."""
    if not document.partners:
        return 0
    rows = rows_of((document.signer, *document.partners), day, faces).rows
    return (len(rows) - 1) * SEAL_LINES


def put_names(sheets: Sheets, document: Document, day: Line) -> float:
    """The pen goes down to the last row; answers where the last one's middle is."""
    rows, centre, pitch = rows_of((document.signer, *document.partners), day, sheets.faces)
    for place, row in enumerate(rows):
        if place:
            sheets.skip(SEAL_LINES)
        for back, line in enumerate(reversed(row)):
            middle = centre - back * pitch
            sheets.put(TextMark(line, middle - line.width / 2, sheets.y))
    return centre
