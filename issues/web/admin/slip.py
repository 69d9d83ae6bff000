"""The slip a one-time link is handed over on: folded twice, nobody reads the inside unopened.

A4, three parts. The foot part is folded up over the middle one, the head part back behind it, and
the open edge is sealed. What is secret stands in the upper half of the middle; the dense pattern
of the foot lies before it and that of the head behind it, so that no light shows it.
"""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import NamedTuple

import segno
from reportlab.pdfgen.canvas import Canvas

from issues.ground.practice import named
from issues.notices.fonts.faces import FaceRole, Faces
from issues.notices.page import metrics
from issues.notices.page.ink import RuleMark, SquareMark, TextMark, put
from issues.notices.page.lines import Type, one_line
from issues.notices.pdf.archival import sheets_of

PART = metrics.PAGE_HEIGHT / 3
LEFT, WIDE = 70.0, metrics.PAGE_WIDTH - 140.0
QR = 34 * metrics.MM
LINE, TEXT, SMALL, HEAD = 20.0, 12.0, 9.0, 18.0
PER_LINE = 44
EDGE = 20.0
SECRET_FOOT_ON_HEAD = 132.0
MESH = 3.2
GREY = (0.45, 0.45, 0.45)


class Slip(NamedTuple):
    """What stands on it. `link` is the secret."""

    city: str
    unit: str
    person: str
    account: str
    link: str
    until: datetime


def draw(slip: Slip, faces: Faces) -> bytes:
    return draw_all([slip], faces)


def draw_all(slips: Iterable[Slip], faces: Faces) -> bytes:
    """A sheet for each."""
    file = BytesIO()
    canvas = sheets_of(faces, file, pagesize=(metrics.PAGE_WIDTH, metrics.PAGE_HEIGHT))
    canvas.setTitle(named("密封单"))
    pen = _Pen(canvas, faces)
    for slip in slips:
        _cover(pen, slip)
        _inside(pen, slip)
        _mesh(canvas, 2 * PART + EDGE, metrics.PAGE_HEIGHT - EDGE)
        _folds(pen)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


class _Pen(NamedTuple):
    canvas: Canvas
    faces: Faces

    def words(
        self, text: str, y: float, size: float = TEXT, role: FaceRole = FaceRole.FANGSONG,
        x: float = LEFT,
    ) -> None:  # fmt: skip
        put(self.canvas, TextMark(one_line(text, role, Type(size, size), self.faces), x, y))


def _cover(pen: _Pen, slip: Slip) -> None:
    """The head part, which is outside when it is folded: for whom, and how it is closed."""
    pen.words("密封件（仅限本人拆开）", 26, HEAD, FaceRole.HEI)
    pen.words(f"{slip.unit or '无单位'}　{slip.person}", 56)
    pen.words(f"{slip.city}突出生态环境问题整改督办系统", 56 + LINE)
    pen.words(
        "打印后不看中间一栏：下栏向上折盖住中栏，上栏向后折，封口盖骑缝印后交本人。", 100, SMALL
    )
    pen.words("本人收到时封口已拆的，请不要使用，立即告知安全管理员。", 114, SMALL)
    _mesh(pen.canvas, SECRET_FOOT_ON_HEAD, PART - EDGE)


def _inside(pen: _Pen, slip: Slip) -> None:
    """The secret is nearest to the fold; what anybody may know stands below it."""
    _qr(pen.canvas, slip.link, PART + EDGE)
    for number, start in enumerate(range(0, len(slip.link), PER_LINE)):
        part = slip.link[start : start + PER_LINE]
        beside = LEFT + QR + EDGE
        pen.words(part, PART + 40 + 14 * number, SMALL + 1, FaceRole.SONG, beside)
    top = PART + QR + 3 * EDGE
    pen.words("设定您自己的密码", top, HEAD, FaceRole.HEI)
    pen.words(f"账号：{slip.account}", top + 30)
    pen.words("扫描二维码，或在浏览器中输入二维码右边的地址，几行连着输入。", top + 30 + LINE)
    pen.words(f"只能用一次，{_said(slip.until)}前有效。", top + 30 + 2 * LINE)


def _said(at: datetime) -> str:
    return f"{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute:02}分"


def _qr(canvas: Canvas, text: str, top: float) -> None:
    matrix = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    module = QR / len(matrix)
    rows = [
        (LEFT + column * module, top + line * module, module)
        for line, row in enumerate(matrix)
        for column, dark in enumerate(row)
        if dark
    ]
    put(canvas, SquareMark(tuple(rows), module))


def _mesh(canvas: Canvas, top: float, foot: float) -> None:
    """Crossed strokes and figures of no meaning over the whole width."""
    canvas.saveState()
    canvas.setStrokeColorRGB(*GREY)
    canvas.setLineWidth(0.7)
    height, page = foot - top, metrics.PAGE_HEIGHT
    clip = canvas.beginPath()
    clip.rect(LEFT / 2, page - foot, WIDE + LEFT, height)
    canvas.clipPath(clip, stroke=0)
    x = LEFT / 2 - height
    while x < metrics.PAGE_WIDTH:
        canvas.line(x, page - foot, x + height, page - top)
        canvas.line(x, page - top, x + height, page - foot)
        x += MESH
    canvas.restoreState()


def _folds(pen: _Pen) -> None:
    for number in (1, 2):
        put(pen.canvas, RuleMark(0, PART * number, metrics.PAGE_WIDTH, PART * number, 0.3, GREY))
