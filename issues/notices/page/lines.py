"""Text broken into lines of 28 cells by the rules of Chinese setting (避头尾).

A Chinese character or mark takes a cell; Latin letters and digits take their own width and stay
together. Every line but a paragraph's last is stretched to the right edge.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from issues.notices.fonts.faces import FaceRole, Faces, Glyph
from issues.notices.page import metrics
from issues.notices.page.figures import is_measured

NEVER_FIRST = frozenset(",.;:!?)]}、，。；：！？）〕】》〉」』”’…—·％%℃°‰々ー～-/~")
NEVER_LAST = frozenset("([{（〔【《〈「『“‘")
SOFT = frozenset("-/.:_?&=@#")  # where a long number or address may be cut rather than leave a hole
MOST_HOLE = 4  # cells a line may be stretched by before a Latin token is cut
_PAIRED = frozenset("—…")
_POINTS = frozenset(".:")
BLANKS = re.compile(r"[ \t\r\n\f\v\xa0]+")  # not the full-width blank, which forms use
_EPSILON = 0.01


class Span(NamedTuple):
    """A piece of text in one role's face."""

    text: str
    role: FaceRole = FaceRole.FANGSONG


class Type(NamedTuple):
    """The size of the letters and the cell each Chinese character takes, in points."""

    size: float
    cell: float


BODY_TYPE = Type(metrics.BODY, metrics.CELL)
CELL_TYPE = Type(metrics.CELL_TEXT, metrics.CELL_TEXT)
SMALL_TYPE = Type(metrics.SMALL, metrics.SMALL)
CAPTION_TYPE = Type(metrics.CAPTION, metrics.CAPTION)
TITLE_TYPE = Type(metrics.TITLE, metrics.TITLE)


class Line(NamedTuple):
    """`indent` from the left edge; `stretch` is added behind each atom that may give way."""

    glyphs: tuple[Glyph, ...]
    type: Type
    indent: float = 0.0
    stretch: float = 0.0

    @property
    def width(self) -> float:
        return sum(widths_of(self.glyphs, self.type))

    @property
    def giving(self) -> list[bool]:
        """Of each glyph whether the space behind it may grow: not inside a Latin token."""
        tokens = [_in_token(glyph) for glyph in self.glyphs]
        return [not (one and other) for one, other in pairwise(tokens)] + [False]

    @property
    def drawn_width(self) -> float:
        """With what it was stretched by."""
        return self.width + (sum(self.giving) * self.stretch if self.stretch else 0.0)

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)


def widths_of(glyphs: Iterable[Glyph], type_: Type) -> list[float]:
    size, cell = type_
    return [cell if wide else advance * size for _text, _font, advance, wide in glyphs]


def glyphs_of(spans: Iterable[Span], faces: Faces) -> list[Glyph]:
    found: list[Glyph] = []
    for span in spans:
        found += faces.glyphs(span.role, BLANKS.sub(" ", span.text))
    return found


def one_line(text: str, role: FaceRole, type_: Type, faces: Faces) -> Line:
    """A line that is never broken, however long."""
    return Line(tuple(glyphs_of([Span(text, role)], faces)), type_)


def set_paragraph(
    spans: Iterable[Span],
    faces: Faces,
    width: float,
    *,
    type_: Type = BODY_TYPE,
    first: float = 0.0,
    rest: float = 0.0,
    justify: bool = True,
) -> list[Line]:
    """The lines of a paragraph; `first` and `rest` are the indents of its first and other lines."""
    glyphs = glyphs_of(spans, faces)
    widths = widths_of(glyphs, type_)
    lines: list[Line] = []
    start = 0
    while start < len(glyphs):
        indent = rest if lines else first
        end = _line_end(glyphs, widths, start, width - indent, type_.cell)
        shown = _trimmed(glyphs[start:end])
        line = Line(tuple(shown), type_, indent)
        if justify and end < len(glyphs):
            line = line._replace(stretch=_stretch(line, width - indent))
        lines.append(line)
        start = _past_blanks(glyphs, end)
    return lines or [Line((), type_, first)]


def _line_end(
    glyphs: Sequence[Glyph], widths: Sequence[float], start: int, room: float, cell: float
) -> int:
    over = _first_over(widths, start, room)
    if over == len(glyphs):
        return over
    legal = next((i for i in range(over, start, -1) if may_break(glyphs, i)), None)
    if legal is not None and _hole(glyphs, widths, start, legal, room) <= MOST_HOLE * cell:
        return legal
    soft = next((i for i in range(over, start, -1) if _may_cut(glyphs, i)), None)
    if soft is not None and soft > (legal or start):
        return soft
    if legal is not None and _is_endless(glyphs, widths, legal, room):
        return over
    return legal or over


def _is_endless(glyphs: Sequence[Glyph], widths: Sequence[float], index: int, room: float) -> bool:
    """Whether the token at this glyph fills more than a line: it is cut in any case."""
    end = index
    while end < len(glyphs) and _in_token(glyphs[end]):
        end += 1
    return sum(widths[index:end]) > room


def _first_over(widths: Sequence[float], start: int, room: float) -> int:
    """The first glyph that no longer fits; at least one does."""
    used, most = 0.0, room + _EPSILON
    for index in range(start, len(widths)):
        used += widths[index]
        if used > most:
            return max(index, start + 1)
    return len(widths)


def _hole(
    glyphs: Sequence[Glyph], widths: Sequence[float], start: int, end: int, room: float
) -> float:
    while end > start and glyphs[end - 1].text.isspace():
        end -= 1
    return room - sum(widths[start:end])


def may_break(glyphs: Sequence[Glyph], index: int) -> bool:
    """Whether a line may begin at this glyph."""
    before, after = glyphs[index - 1], glyphs[index]
    if (
        _sign_from(glyphs, index, 1) in NEVER_FIRST
        or _sign_from(glyphs, index - 1, -1) in NEVER_LAST
    ):
        return False
    if (_in_token(before) and _in_token(after)) or (
        before.text in _PAIRED and before.text == after.text
    ):
        return False
    return not is_measured(glyphs, index)


def _sign_from(glyphs: Sequence[Glyph], index: int, step: int) -> str:
    """The sign here, or the next that is no blank: blanks at the end of a line are not set."""
    while glyphs[index].text.isspace() and 0 <= index + step < len(glyphs):
        index += step
    return glyphs[index].text


def _may_cut(glyphs: Sequence[Glyph], index: int) -> bool:
    """Whether a Latin token may be cut here for want of a better place, never in 0.5."""
    before, after = glyphs[index - 1], glyphs[index]
    if before.text in _POINTS and after.text.isdecimal():
        return False
    return before.text in SOFT and _in_token(after) and after.text not in NEVER_FIRST


def _in_token(glyph: Glyph) -> bool:
    return not glyph.wide and not glyph.text.isspace()


def _trimmed(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    end = len(glyphs)
    while end and glyphs[end - 1].text.isspace():
        end -= 1
    return glyphs[:end]


def _past_blanks(glyphs: Sequence[Glyph], index: int) -> int:
    while index < len(glyphs) and glyphs[index].text.isspace():
        index += 1
    return index


def _stretch(line: Line, room: float) -> float:
    gaps = sum(line.giving)
    return (room - line.width) / gaps if gaps else 0.0
