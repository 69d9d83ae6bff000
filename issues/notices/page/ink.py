"""Laid-out lines and rules put on a ReportLab canvas, plain strings only: no markup is read."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from itertools import groupby
from typing import Any, NamedTuple

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from issues.notices.page import metrics
from issues.notices.page.lines import Line, gives_way, width_of

Colour = tuple[float, float, float]
_OPENING = frozenset("“‘（〔【《〈「『([")
_CLOSING = frozenset("”’，。、；：！？）〕】》〉」』")


class Stroke(NamedTuple):
    """A run of glyphs of one font and one spacing, `x` from the start of its line."""

    x: float
    font: str
    spacing: float
    text: str


class TextMark(NamedTuple):
    """A line whose em box has its upper left corner at (x, y), y from the top of the sheet.

    `narrow` is the share of its natural width it is drawn at.
    """

    line: Line
    x: float
    y: float
    colour: Colour = metrics.BLACK
    narrow: float = 1.0


class RuleMark(NamedTuple):
    """A straight line between two points, y from the top of the sheet."""

    x0: float
    y0: float
    x1: float
    y1: float
    thickness: float
    colour: Colour = metrics.BLACK


class BoxMark(NamedTuple):
    """A filled box with a thin edge, its upper left corner at (x, y)."""

    x: float
    y: float
    width: float
    height: float
    fill: Colour


class SquareMark(NamedTuple):
    """Black modules of a QR code: (x, y, width) rows of `height`, y from the top of the sheet."""

    rows: tuple[tuple[float, float, float], ...]
    height: float


class SlantMark(NamedTuple):
    """One large pale word across the sheet."""

    line: Line


class PictureMark(NamedTuple):
    """A JPEG fitted into a box whose upper left corner is at (x, y)."""

    jpeg: bytes
    x: float
    y: float
    width: float
    height: float


Flat = TextMark | RuleMark | BoxMark | SquareMark | SlantMark | PictureMark


class TurnedMark(NamedTuple):
    """Read at (x, y) of a page that lies on its side: y from the sheet's left, x from its foot."""

    mark: Flat


Mark = Flat | TurnedMark
BOX_EDGE = 0.4
_QUARTER = 90


def put_sheet(canvas: Canvas, marks: Sequence[Mark]) -> None:
    """A page. One that lies on its side says so to whoever shows it, and is upright on paper."""
    sheet = metrics.PAGE_WIDTH, metrics.PAGE_HEIGHT
    lying = any(isinstance(mark, TurnedMark) for mark in marks)
    canvas.setPageRotation(_QUARTER if lying else 0)
    canvas.setPageSize(sheet[::-1] if lying else sheet)  # ReportLab turns the sheet as well
    _put_all(canvas, marks)
    canvas.showPage()


def _put_all(canvas: Canvas, marks: Iterable[Mark]) -> None:
    for lies, group in groupby(marks, key=lambda mark: isinstance(mark, TurnedMark)):
        if lies:
            canvas.saveState()
            canvas.translate(metrics.PAGE_HEIGHT, 0)
            canvas.rotate(_QUARTER)
        for mark in group:
            put(canvas, mark.mark if isinstance(mark, TurnedMark) else mark)
        if lies:
            canvas.restoreState()


def put(canvas: Canvas, mark: Flat) -> None:
    _PUTTING[type(mark)](canvas, mark)


def _put_text(canvas: Canvas, mark: TextMark) -> None:
    size = mark.line.type.size
    baseline = metrics.PAGE_HEIGHT - mark.y - metrics.ASCENT * size
    pen = canvas.beginText()
    pen.setFillColorRGB(*mark.colour)  # a text object keeps the last colour of the page
    pen.setHorizScale(100 * mark.narrow)
    font, spacing = "", 0.0
    for stroke in strokes(mark.line):
        if stroke.font != font:
            font = stroke.font
            pen.setFont(font, size)
        if stroke.spacing != spacing:
            spacing = stroke.spacing
            pen.setCharSpace(spacing)
        for x, text in _runs(canvas, stroke, size):
            pen.setTextOrigin(mark.x + mark.line.indent + x * mark.narrow, baseline)
            pen.textOut(text)
    pen.setCharSpace(0)
    canvas.drawText(pen)


def _runs(canvas: Canvas, stroke: Stroke, size: float) -> Iterator[tuple[float, str]]:
    """Cut where its subset changes: readers disagree whether spacing counts behind a subset."""
    font = pdfmetrics.getFont(stroke.font)
    if len(stroke.text) == 1:
        yield stroke.x, stroke.text
        return
    parts = font.splitString(stroke.text, canvas._doc)  # noqa: SLF001 - no other way
    if len(parts) == 1:
        yield stroke.x, stroke.text
        return
    x, start = stroke.x, 0
    for _subset, codes in parts:
        text = stroke.text[start : start + len(codes)]
        yield x, text
        x += font.stringWidth(text, size) + len(text) * stroke.spacing
        start += len(codes)


def strokes(line: Line) -> Iterator[Stroke]:
    """Neighbours of one font and one spacing are drawn together, so that they read as one text."""
    size, last = line.type.size, len(line.glyphs) - 1  # what follows the last is never seen
    x = start = spacing = 0.0
    font = ""
    texts: list[str] = []
    for index, glyph in enumerate(line.glyphs):
        shift = _shift(line, index)
        advance = width_of(glyph, line.type)
        if line.stretch and (index == last or gives_way(line.glyphs, index)):
            advance += line.stretch
        own = round(advance - shift - glyph.advance * size, 4)
        if not texts or shift or glyph.font != font or own != spacing:
            if texts:
                yield Stroke(start, font, spacing, "".join(texts))
            start, font, spacing, texts = x + shift, glyph.font, own, []
        texts.append(glyph.text)
        x += advance
    if texts:
        yield Stroke(start, font, spacing, "".join(texts))


def _shift(line: Line, index: int) -> float:
    """How far a glyph narrower than its cell stands in: an opening mark keeps to its word."""
    glyph = line.glyphs[index]
    if not glyph.wide or glyph.advance >= metrics.FULL_ADVANCE:
        return 0.0
    spare = line.type.size * (1 - glyph.advance)
    if glyph.text in _OPENING:
        return spare
    return 0.0 if glyph.text in _CLOSING else spare / 2


def _put_rule(canvas: Canvas, mark: RuleMark) -> None:
    canvas.setStrokeColorRGB(*mark.colour)
    canvas.setLineWidth(mark.thickness)
    top = metrics.PAGE_HEIGHT
    canvas.line(mark.x0, top - mark.y0, mark.x1, top - mark.y1)


def _put_box(canvas: Canvas, mark: BoxMark) -> None:
    canvas.setStrokeColorRGB(*metrics.BLACK)
    canvas.setLineWidth(BOX_EDGE)
    canvas.setFillColorRGB(*mark.fill)
    foot = metrics.PAGE_HEIGHT - mark.y - mark.height
    canvas.rect(mark.x, foot, mark.width, mark.height, stroke=1, fill=1)


def _put_squares(canvas: Canvas, mark: SquareMark) -> None:
    canvas.setFillColorRGB(*metrics.BLACK)
    path = canvas.beginPath()
    for x, y, width in mark.rows:
        path.rect(x, metrics.PAGE_HEIGHT - y - mark.height, width, mark.height)
    canvas.drawPath(path, stroke=0, fill=1)


def _put_picture(canvas: Canvas, mark: PictureMark) -> None:
    canvas.drawImage(
        ImageReader(BytesIO(mark.jpeg)),
        mark.x,
        metrics.PAGE_HEIGHT - mark.y - mark.height,
        mark.width,
        mark.height,
        preserveAspectRatio=True,
        anchor="n",
    )


def _put_slanted(canvas: Canvas, mark: SlantMark) -> None:
    canvas.saveState()
    canvas.translate(metrics.PAGE_WIDTH / 2, metrics.PAGE_HEIGHT / 2)
    canvas.rotate(45)
    half = mark.line.type.size / 2
    _put_text(
        canvas,
        TextMark(mark.line, -mark.line.width / 2, metrics.PAGE_HEIGHT - half, metrics.PALE),
    )
    canvas.restoreState()


_PUTTING: dict[type, Callable[[Canvas, Any], None]] = {
    TextMark: _put_text, RuleMark: _put_rule, BoxMark: _put_box, SquareMark: _put_squares,
    PictureMark: _put_picture, SlantMark: _put_slanted,
}  # fmt: skip
