"""Marks as objects of an OFD page (GB/T 33190-2016, 8 to 11): text, paths, pictures.

Lengths are millimetres from the upper left corner of the sheet, to four places; colours are RGB.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics

from issues.ground.packed.markup import tag, words
from issues.notices.ofd.resources import Picture, Resources
from issues.notices.page import metrics
from issues.notices.page.ink import (
    BOX_EDGE,
    BoxMark,
    Flat,
    Mark,
    PictureMark,
    RuleMark,
    SlantMark,
    SquareMark,
    TextMark,
    TurnedMark,
)
from issues.notices.page.lines import Line
from issues.notices.pdf.pen import Colour, Stroke, strokes

ABOVE, BELOW = 0.2, 0.4
"""Of an em: what a glyph may reach over its box, which some readers cut at."""
DIAGONAL = math.sqrt(0.5)
OPAQUE = 255


class Box(NamedTuple):
    """Points, from the upper left corner."""

    x: float
    y: float
    width: float
    height: float


SHEET = Box(0, 0, metrics.PAGE_WIDTH, metrics.PAGE_HEIGHT)


def mm(*points: float) -> str:
    return " ".join(f"{point / metrics.MM:.4f}".rstrip("0").rstrip(".") for point in points)


Matrix = tuple[float, float, float, float, float, float]
"""As in CTM (8.3): of the last two, which move, points."""
AS_IT_IS: Matrix = (1, 0, 0, 1, 0, 0)


def lies(marks: Iterable[Mark]) -> bool:
    """Whether the page is read on its side: it then lies before the reader, who turns nothing."""
    return any(isinstance(mark, TurnedMark) for mark in marks)


def objects(marks: Sequence[Mark], held: Resources, ids: Callable[[], int]) -> Iterator[str]:
    """Of a lying page the few things that are upright on paper are turned."""
    page_lies = lies(marks)
    for mark in marks:
        if isinstance(mark, TurnedMark):
            yield from _drawn(mark.mark, Pen(held, ids))
        else:
            yield from _drawn(mark, Pen(held, ids, turns=page_lies))


class Pen(NamedTuple):
    """What objects are written with. `turns`: a quarter to the right, with the whole sheet."""

    held: Resources
    ids: Callable[[], int]
    turns: bool = False

    def placed(self, box: Box, matrix: Matrix | None = None) -> dict[str, object]:
        """The attributes every object has (8.5)."""
        if self.turns:
            a, b, c, d, e, f = matrix or AS_IT_IS
            matrix = (-b, a, -d, c, box.height - f, e)
            top = metrics.PAGE_HEIGHT - box.y - box.height
            box = Box(top, box.x, box.height, box.width)
        told = None if matrix is None else f"{_plain(*matrix[:4])} {mm(*matrix[4:])}"
        return {"ID": self.ids(), "Boundary": mm(*box), "CTM": told}


def _plain(*figures: float) -> str:
    return " ".join(f"{figure:.6f}".rstrip("0").rstrip(".") for figure in figures)


def _drawn(mark: Flat, pen: Pen) -> Iterator[str]:
    if isinstance(mark, TextMark):
        yield from _text(mark, pen)
    elif isinstance(mark, SlantMark):
        yield from slanted(mark.line, metrics.PALE, pen)
    elif isinstance(mark, PictureMark):
        yield _picture(mark, pen)
    else:
        yield _path(mark, pen)


def _text(mark: TextMark, pen: Pen) -> Iterator[str]:
    """A narrowed line is drawn at its natural width in a space of its own that is narrower."""
    size, line = mark.line.type.size, mark.line
    box = Box(
        mark.x + line.indent - size, mark.y - ABOVE * size,
        (line.width + 2 * size) * mark.narrow, (1 + BELOW) * size,
    )  # fmt: skip
    matrix: Matrix | None = (mark.narrow, 0, 0, 1, 0, 0) if mark.narrow != 1 else None
    at = (size / mark.narrow, (ABOVE + metrics.ASCENT) * size)
    fill = _colour("FillColor", mark.colour)
    yield from _lines(line, at, fill, lambda: pen.placed(box, matrix), pen.held)


def slanted(
    line: Line, colour: Colour, pen: Pen, alpha: int = OPAQUE, drop: float = metrics.ASCENT - 0.5
) -> Iterator[str]:
    """A word across the middle of the sheet, rising to the right; its baseline `drop` em down."""
    one = DIAGONAL
    matrix: Matrix = (one, -one, one, one, SHEET.width / 2, SHEET.height / 2)
    at = (-line.width / 2, drop * line.type.size)
    fill = _colour("FillColor", colour, alpha)
    yield from _lines(line, at, fill, lambda: pen.placed(SHEET, matrix), pen.held)


def _lines(
    line: Line, at: tuple[float, float], fill: str, placed: Callable[[], dict[str, object]],
    held: Resources,
) -> Iterator[str]:  # fmt: skip
    """Neighbours of one font are one text, each glyph at its own place."""
    x, y = at
    for font, run in groupby(strokes(line), key=lambda stroke: stroke.font):
        places, text = _places(list(run), line.type.size)
        if not text:
            continue
        steps = [after - before for before, after in pairwise(places)]
        code = tag(
            "ofd:TextCode", words(text), X=mm(x + places[0]), Y=mm(y),
            DeltaX=_grouped(steps) or None,
        )  # fmt: skip
        yield tag(
            "ofd:TextObject", fill, code, **placed(), Font=held.font(font, text),
            Size=mm(line.type.size),
        )  # fmt: skip


def _places(run: Sequence[Stroke], size: float) -> tuple[list[float], str]:
    """Where each glyph of strokes of one font begins, and what they say, no blank at either end."""
    places, text = [], ""
    for stroke in run:
        font, x = pdfmetrics.getFont(stroke.font), stroke.x
        for character in stroke.text:
            if words(character):
                places.append(x)
                text += character
            x += font.stringWidth(character, size) + stroke.spacing
    said = text.strip()
    first = len(text) - len(text.lstrip())
    return places[first : first + len(said)], said


def _grouped(steps: Sequence[float]) -> str:
    """Equal steps in a row are told once: g 3 5 is 5 5 5 (GB/T 33190, 11.3)."""
    told = []
    for step, run in groupby(map(mm, steps)):
        count = len(list(run))
        told += ["g", str(count), step] if count > 3 else [step] * count  # noqa: PLR2004
    return " ".join(told)


def _colour(name: str, colour: Colour, alpha: int = OPAQUE) -> str:
    value = " ".join(str(round(255 * share)) for share in colour)
    return tag(f"ofd:{name}", Value=value, Alpha=alpha if alpha != OPAQUE else None)


def _path(mark: RuleMark | BoxMark | SquareMark, pen: Pen) -> str:
    if isinstance(mark, RuleMark):
        half = mark.thickness / 2
        x, y = min(mark.x0, mark.x1) - half, min(mark.y0, mark.y1) - half
        box = Box(x, y, abs(mark.x1 - mark.x0) + 2 * half, abs(mark.y1 - mark.y0) + 2 * half)
        drawn = f"M {mm(mark.x0 - x, mark.y0 - y)} L {mm(mark.x1 - x, mark.y1 - y)}"
        colours = _colour("StrokeColor", mark.colour)
        width: float | None = mark.thickness
    elif isinstance(mark, BoxMark):
        half = BOX_EDGE / 2
        box = Box(mark.x - half, mark.y - half, mark.width + 2 * half, mark.height + 2 * half)
        drawn = _rectangle(half, half, mark.width, mark.height)
        colours = _colour("StrokeColor", metrics.BLACK) + _colour("FillColor", mark.fill)
        width = BOX_EDGE
    else:
        box = _around(mark)
        drawn = " ".join(_rectangle(x - box.x, y - box.y, w, mark.height) for x, y, w in mark.rows)
        colours, width = _colour("FillColor", metrics.BLACK), None
    return tag(
        "ofd:PathObject", colours, tag("ofd:AbbreviatedData", drawn), **pen.placed(box),
        LineWidth=None if width is None else mm(width),
        Stroke="true" if width is not None else "false",
        Fill="false" if isinstance(mark, RuleMark) else "true",
    )  # fmt: skip


def _rectangle(x: float, y: float, width: float, height: float) -> str:
    right, foot = x + width, y + height
    return f"M {mm(x, y)} L {mm(right, y)} L {mm(right, foot)} L {mm(x, foot)} C"


def _around(mark: SquareMark) -> Box:
    left, top = min(row[0] for row in mark.rows), min(row[1] for row in mark.rows)
    right = max(x + width for x, _, width in mark.rows)
    foot = max(y for _, y, _ in mark.rows) + mark.height
    return Box(left, top, right - left, foot - top)


def _picture(mark: PictureMark, pen: Pen) -> str:
    """Fitted into its box as in the PDF: whole, in the middle, at the top."""
    one: Picture = pen.held.picture(mark.jpeg)
    scale = min(mark.width / one.width, mark.height / one.height)
    width, height = one.width * scale, one.height * scale
    box = Box(mark.x + (mark.width - width) / 2, mark.y, width, height)
    matrix: Matrix = (width / metrics.MM, 0, 0, height / metrics.MM, 0, 0)
    return tag("ofd:ImageObject", **pen.placed(box, matrix), ResourceID=one.id)
