"""Laid-out lines and rules put on a ReportLab canvas, plain strings only: no markup is read."""

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from itertools import groupby
from typing import Any, NamedTuple

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from issues.notices.page import metrics
from issues.notices.page.lines import Line
from issues.notices.pdf.pen import Colour, write


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
    write(canvas, mark.line, mark.x + mark.line.indent, baseline, mark.colour, mark.narrow)


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
