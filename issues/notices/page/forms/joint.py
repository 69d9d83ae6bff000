"""联合行文: the marks of several organs over one another, and their names over the one date.

GB/T 9704-2012, 7.2.4: the main organ first, 文件 on the right in the middle of all. 7.3.5.1: the
names in order, seals' room for each, at most three in a row, the last one over the date.
"""

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from issues.notices.fonts.faces import FaceRole, Faces
from issues.notices.page import metrics
from issues.notices.page.document import Document
from issues.notices.page.ink import RuleMark, TextMark
from issues.notices.page.lines import BODY_TYPE, CAPTION_TYPE, Line, Type, one_line
from issues.notices.page.sheets import SealBox, Sheets

A_ROW = 3
"""Seals of 42 mm, three in 156 mm."""
APART = 2 * metrics.MM
"""Between the seals of a row."""
SEAL_LINES = 5
"""Lines of the grid from one row of names to the next: seals do not touch (51 mm for 42)."""
LEADING = 1.3
GAP = 0.5
SEAL_PLACE = "印章："
CORNER, FINE = 2.5 * metrics.MM, 0.4


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


class Place(NamedTuple):
    """A name and the middle of its seal, from the left of the sheet."""

    line: Line
    middle: float


def rows_of(names: Sequence[str], day: Line, faces: Faces) -> list[list[Place]]:
    """In order, as many in a row as leave each seal its room within the text area, three at most.

    The last of each row stands over the date's middle, or as far right as its name allows.
    """
    rows: list[list[Place]] = []
    left = [one_line(name, FaceRole.FANGSONG, BODY_TYPE, faces) for name in names]
    while left:
        found = (_row(left[:count], day) for count in range(min(A_ROW, len(left)), 0, -1))
        row = next(row for row in found if len(row) == 1 or _left_of(row[0]) >= metrics.LEFT)
        rows.append(row)
        left = left[len(row) :]
    return rows


def _row(lines: Sequence[Line], day: Line) -> list[Place]:
    """From the right: neighbours as near as their seals and names allow."""
    over = metrics.RIGHT - metrics.DATE_FROM_RIGHT - day.width / 2
    middle = min(over, metrics.RIGHT - _half(lines[-1]))
    found = [Place(lines[-1], middle)]
    for line in reversed(lines[:-1]):
        found.append(Place(line, _left_of(found[-1]) - APART - _half(line)))
    return found[::-1]


def _half(line: Line) -> float:
    return max(metrics.SEAL, line.width) / 2


def _left_of(place: Place) -> float:
    return place.middle - _half(place.line)


def lines_more(document: Document, day: Line, faces: Faces) -> int:
    """How many lines the names take beyond those of one organ's."""
    if not document.partners:
        return 0
    rows = rows_of((document.signer, *document.partners), day, faces)
    return (len(rows) - 1) * SEAL_LINES


class Row(NamedTuple):
    """`y`: the top of its names."""

    y: float
    places: list[Place]


def put_names(sheets: Sheets, document: Document, day: Line) -> list[Row]:
    """The pen goes down to the last row."""
    found: list[Row] = []
    rows = rows_of((document.signer, *document.partners), day, sheets.faces)
    for number, row in enumerate(rows):
        if number:
            sheets.skip(SEAL_LINES)
        for line, middle in row:
            sheets.put(TextMark(line, middle - line.width / 2, sheets.y), ("signer", number))
        found.append(Row(sheets.y, row))
    return found


def seals_of(rows: Sequence[Row], last: SealBox) -> list[SealBox]:
    """The place of each seal: its middle on its name, the last one's on name and date (`last`).

    Those of a row stand at one height, 排列整齐; no row touches the next.
    """
    found = []
    for row in rows:
        y = last.y
        if row is not rows[-1]:
            y = metrics.PAGE_HEIGHT - row.y - metrics.BODY / 2 - metrics.SEAL / 2
        for line, middle in row.places:
            x = round(middle - metrics.SEAL / 2, 2)
            found.append(SealBox(last.page, x, round(y, 2), last.size, line.text))
    return found


def put_seal_places(sheets: Sheets, seals: Sequence[SealBox]) -> None:
    """On a draft: the corners of each seal's place and whose it is, so that none is put awry."""
    for _page, x, y, size, organ in seals:
        top = metrics.PAGE_HEIGHT - y - size
        for across, down in product((x, x + size), (top, top + size)):
            inward = CORNER if across == x else -CORNER
            below = CORNER if down == top else -CORNER
            sheets.put(RuleMark(across, down, across + inward, down, FINE, metrics.GREY))
            sheets.put(RuleMark(across, down, across, down + below, FINE, metrics.GREY))
        line = one_line(f"{SEAL_PLACE}{organ}", FaceRole.FANGSONG, CAPTION_TYPE, sheets.faces)
        narrow = min(1.0, (size - 2.5 * CORNER) / line.width)
        left = x + (size - line.width * narrow) / 2
        sheets.put(TextMark(line, left, top + 1, metrics.GREY, narrow))
