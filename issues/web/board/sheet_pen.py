"""The pen of the sheet on the wall: its measures, words, boxes and rules."""

from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from issues.notices.fonts.faces import FaceRole, Faces
from issues.notices.page import metrics
from issues.notices.page.ink import BoxMark, Colour, RuleMark, TextMark, put
from issues.notices.page.lines import Line, Type, one_line

WIDTH, HEIGHT = 420 * metrics.MM, 297 * metrics.MM
EDGE, GAP = 34.0, 16.0
ROW, TEXT, HEAD, FOOT, SMALL = 21.0, 12.0, 15.0, 62.0, 9.0
PALE: Colour = (0.93, 0.93, 0.93)
GREY: Colour = (0.3, 0.3, 0.3)


@dataclass
class Pen:
    """Puts words, boxes and rules on the sheet, places from its upper left corner."""

    canvas: Canvas
    faces: Faces

    def line(self, text: str, size: float, role: FaceRole, most: float) -> Line:
        """The words in one line; where they are too long, as many as fit and a mark."""
        type_ = Type(size, size)
        line = one_line(text, role, type_, self.faces)
        while line.width > most and text:
            text = text[:-1]
            line = one_line(f"{text}…", role, type_, self.faces)
        return line

    def words(
        self, text: str, x: float, y: float, *, size: float = TEXT,
        role: FaceRole = FaceRole.FANGSONG, most: float = WIDTH, right: bool = False,
        colour: Colour = metrics.BLACK,
    ) -> float:  # fmt: skip
        """Their width. `right`: they end at x."""
        line = self.line(text, size, role, most)
        put(self.canvas, TextMark(line, x - line.width if right else x, y, colour))
        return line.width

    def box(self, x: float, y: float, width: float, height: float, fill: Colour) -> None:
        put(self.canvas, BoxMark(x, y, width, height, fill))

    def rule(self, x: float, y: float, width: float, thickness: float = 0.5) -> None:
        put(self.canvas, RuleMark(x, y, x + width, y, thickness))
