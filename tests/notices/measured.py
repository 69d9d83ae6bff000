"""A PDF read back: every sign with its place in points, from the upper left corner of its sheet."""

from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pdfplumber

from issues.notices.page.metrics import ASCENT, BOTTOM, MM, TOP

BUILT = Path(__file__).resolve().parents[2] / ".tools" / "fonts"
RED = (1, 0, 0)
NEAR = 0.3


def near(value, wanted, within=NEAR):
    return abs(value - wanted) <= within


class Sign(NamedTuple):
    """`y` is the top of its em box, 0.88 em above its baseline.

    Of a page that lies on its side, places are told as it is read.
    """

    text: str
    x: float
    right: float
    y: float
    size: float
    font: str
    colour: tuple
    upright: bool

    @property
    def is_red(self):
        return tuple(self.colour) == RED


class Row(NamedTuple):
    """The signs on one base line, from left to right."""

    signs: tuple

    @property
    def text(self):
        return "".join(sign.text for sign in self.signs)

    @property
    def x(self):
        return self.signs[0].x

    @property
    def right(self):
        return self.signs[-1].right

    @property
    def y(self):
        return self.signs[0].y

    @property
    def size(self):
        return self.signs[0].size

    @property
    def middle(self):
        return (self.x + self.right) / 2


class Ruling(NamedTuple):
    x0: float
    x1: float
    y: float
    thickness: float
    colour: tuple

    @property
    def is_red(self):
        return tuple(self.colour) == RED


class Sheet:
    def __init__(self, page):
        self.width, self.height = page.width, page.height
        self.lies = page.rotation != 0
        self.signs = [_sign(char, page.height) for char in page.chars]
        self.rulings = sorted(
            (
                Ruling(
                    line["x0"], line["x1"], line["top"], line["linewidth"], line["stroking_color"]
                )
                for line in page.lines
                if near(line["top"], line["bottom"], 0.01)
            ),
            key=lambda ruling: ruling.y,
        )
        self.squares = page.curves + page.rects

    @property
    def rows(self):
        upright = sorted((s for s in self.signs if s.upright), key=lambda s: (round(s.y, 1), s.x))
        return [Row(tuple(found)) for _y, found in groupby(upright, key=lambda s: round(s.y, 1))]

    @property
    def text_rows(self):
        """The rows inside the text area."""
        return [row for row in self.rows if TOP - NEAR <= row.y <= BOTTOM + NEAR]

    def row(self, start):
        return next(row for row in self.rows if row.text.startswith(start))


class Reading:
    def __init__(self, rendered):
        self.pdf, self.seal = rendered.pdf, rendered.seal
        with pdfplumber.open(BytesIO(rendered.pdf)) as opened:
            self.sheets = [Sheet(page) for page in opened.pages]

    @property
    def text(self):
        return "\n".join(row.text for sheet in self.sheets for row in sheet.rows)

    def sheet_of(self, start):
        return next(
            sheet for sheet in self.sheets if any(r.text.startswith(start) for r in sheet.rows)
        )


def _sign(char, height):
    _a, b, _c, _d, x, base = char["matrix"]
    size = char["size"]
    return Sign(
        char["text"],
        x,
        char["x1"],
        height - base - ASCENT * size,
        round(size, 2),
        char["fontname"],
        char["non_stroking_color"],
        b == 0,
    )


def mm(points):
    return points / MM
