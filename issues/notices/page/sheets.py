"""The sheets of a document while it is laid out: a pen that goes down the page, line by line."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from issues.notices.fonts.faces import FaceRole, Faces
from issues.notices.page import metrics
from issues.notices.page.ink import Colour, Flat, Mark, RuleMark, TextMark, TurnedMark
from issues.notices.page.lines import Line, Type, one_line

_EPSILON = 0.01
Part = tuple[str, int]
"""A part of the document by its field, and which of them: ("body", 3) is its fourth paragraph."""


class BodyLine(NamedTuple):
    """`keeps`: it may not be the last of a page. `draw` puts what stands at it instead of text."""

    """`keeps` says that the line may not be the last of a page: a heading."""

    line: Line
    keeps: bool = False
    part: Part | None = None
    draw: Callable[["Sheets"], None] | None = None


class Box(NamedTuple):
    """Points from the left and the top of that page (counted from 1): the em boxes of a line."""

    page: int
    x: float
    top: float
    width: float
    height: float


class SealBox(NamedTuple):
    """Where an organ's seal belongs: points from the left and the bottom of that page (from 1)."""

    page: int
    x: float
    y: float
    size: float
    organ: str = ""


class Area(NamedTuple):
    """The text area of a page in points from the left and the top of it, as it is read."""

    left: float
    top: float
    right: float
    foot: float


_LEFT_LYING = metrics.PAGE_HEIGHT - metrics.BOTTOM
LYING = Area(_LEFT_LYING, metrics.LEFT, _LEFT_LYING + metrics.HEIGHT, metrics.RIGHT)
"""The same area of a page that lies on its side, its head on the left of the sheet."""


class Sheets:
    """Marks by page, and `y`: the top of the next line on the last page.

    `parts`: where each part of the document that bears a name was put, a box a line. `pitch`: from
    one line of this page to the next. `unnumbered`: pages, counted from 1, that bear no number.
    `seals`: the place of each organ's seal, in the order of the names.
    """

    def __init__(self, faces: Faces) -> None:
        self.faces = faces
        self.pages: list[list[Mark]] = [[]]
        self.parts: dict[Part, list[Box]] = {}
        self.unnumbered: set[int] = set()
        self.seals: list[SealBox] = []
        self.area = Area(metrics.LEFT, metrics.TOP, metrics.RIGHT, metrics.BOTTOM)
        self.y = metrics.TOP
        self.pitch = metrics.LINE

    @property
    def lies(self) -> bool:
        """Whether this page lies on its side."""
        return self.area == LYING

    def turn(self, *, lying: bool | None = None) -> None:
        """On to the next page, which lies as this one does where nothing else is asked."""
        if lying is not None:
            upright = Area(metrics.LEFT, metrics.TOP, metrics.RIGHT, metrics.BOTTOM)
            self.area = LYING if lying else upright
        self.pages.append([])
        self.y = self.area.top
        self.pitch = metrics.LINE

    @property
    def room(self) -> int:
        """How many more lines of body the page takes: the last needs its letters' height only."""
        return room_under(self.y, self.pitch, self.area.foot)

    def skip(self, lines: float) -> None:
        self.y += lines * self.pitch

    def put(self, mark: Flat, part: Part | None = None) -> None:
        self.pages[-1].append(TurnedMark(mark) if self.lies else mark)
        if part is not None and isinstance(mark, TextMark):
            self.parts.setdefault(part, []).append(_box(mark, len(self.pages)))

    def set_line(self, line: Line, part: Part | None = None) -> None:
        """Put a line on the next line of the grid; a blank one that is no part leaves it empty."""
        if line.glyphs or part:
            self.put(TextMark(line, self.area.left, self.y), part)
        self.y += self.pitch

    def set_body(self, body_line: BodyLine) -> None:
        """A line of the body, or the row of a table that begins there."""
        if body_line.draw:
            y = self.y
            body_line.draw(self)
            self.y = y + self.pitch
        else:
            self.set_line(body_line.line, body_line.part)

    def centre(
        self, text: str, role: FaceRole, type_: Type, colour: Colour, part: Part | None = None
    ) -> Line:
        """Put a line in the middle of the sheet's text area; the pen stays."""
        line = one_line(text, role, type_, self.faces)
        x = (self.area.left + self.area.right - line.width) / 2
        self.put(TextMark(line, x, self.y, colour), part)
        return line

    def rule(self, y: float, thickness: float, colour: Colour = metrics.BLACK) -> None:
        """A line as wide as the text area."""
        self.put(RuleMark(metrics.LEFT, y, metrics.RIGHT, y, thickness, colour))

    def set_lines(self, lines: Sequence[BodyLine]) -> None:
        """Lines over as many pages as they take."""
        while lines:
            count = fitting(lines, self.room)
            for body_line in lines[:count]:
                self.set_body(body_line)
            lines = lines[count:]
            if lines:
                self.turn()


def room_under(y: float, pitch: float, foot: float | None = None) -> int:
    """How many lines of body stand between y and the foot of the text area."""
    free = (metrics.BOTTOM if foot is None else foot) - y - metrics.BODY + _EPSILON
    return int(free // pitch) + 1 if free >= 0 else 0


def _box(mark: TextMark, page: int) -> Box:
    line = mark.line
    x, width = mark.x + line.indent, line.drawn_width * mark.narrow
    return Box(page, round(x, 2), round(mark.y, 2), round(width, 2), line.type.size)


def fitting(lines: Sequence[BodyLine], room: int) -> int:
    """How many of the lines go on a page of that many lines, no heading left at its foot."""
    if len(lines) <= room:
        return len(lines)
    count = room
    while count > 0 and lines[count - 1].keeps:
        count -= 1
    return count or room
