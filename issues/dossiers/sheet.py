"""A dossier's PDF: cover, index, facts, colours, measures, course, notices, readings, evidence.

Laid out with the drawing of the notices. The index is set last, when the pages are known.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from io import BytesIO

from issues.dossiers import words as told
from issues.dossiers.content import Content
from issues.dossiers.sealing import Seal
from issues.evidence.decoding.previews import AT_ONCE
from issues.models import Evidence
from issues.notices.desk.pieces import ordinal
from issues.notices.fonts.faces import FaceRole, Faces
from issues.notices.page import metrics
from issues.notices.page.body import paragraph_lines
from issues.notices.page.document import Paragraph, Table
from issues.notices.page.gongwen import DRAWING
from issues.notices.page.ink import Mark, PictureMark, RuleMark, TextMark, put_sheet
from issues.notices.page.lines import (
    BODY_TYPE,
    CAPTION_TYPE,
    SMALL_TYPE,
    TITLE_TYPE,
    Span,
    one_line,
    set_paragraph,
)
from issues.notices.page.sheets import Sheets
from issues.notices.page.tables import set_table
from issues.notices.pdf.archival import About, canvas_of

Preview = Callable[[Evidence, int], bytes | None]
COLUMNS, GAP = 2, 6 * metrics.MM
PICTURE_HEIGHT = 56 * metrics.MM
CAPTION_LINE = 12.0
CAPTION_LINES = 3
FRONT_PAGES = 2
FOOT = metrics.PAGE_HEIGHT - 20 * metrics.MM


def draw(content: Content, faces: Faces, preview: Preview, seal: Seal) -> bytes:
    """The same content, fonts, previews and key, the same bytes."""
    with DRAWING:
        body = Sheets(faces)
        index = []
        for place, (name, set_section) in enumerate(_sections(content, preview, seal), 1):
            title = f"{ordinal(place)}、{name}"
            if place > 1:
                body.turn()
            index.append((title, len(body.pages) + FRONT_PAGES))
            _heading(body, title)
            set_section(body)
        front = Sheets(faces)
        _set_cover(front, content)
        front.turn()
        _set_index(front, index)
        pages = [*front.pages, *body.pages]
        for number, marks in enumerate(pages[1:], 2):
            marks.append(_foot(f"{content.issue.number}    第 {number} 页", faces))
        return _written(pages, content, faces)


def _sections(
    content: Content, preview: Preview, seal: Seal
) -> Iterator[tuple[str, Callable[[Sheets], None]]]:
    """Each part by its name; its number is its place among those that are there."""
    for title, table in told.tables(content):
        yield title, partial(_set_table, block=table)
    if any(row.has_preview for row in content.files):
        yield "佐证材料预览", lambda sheets: _set_pictures(sheets, content.files, preview)
    yield "核验方法", lambda sheets: _set_table(sheets, told.proof(content, seal))


def _set_table(sheets: Sheets, block: Table | Sequence[Table | Paragraph]) -> None:
    for one in [block] if isinstance(block, Table) else block:
        if isinstance(one, Table):
            set_table(sheets, one)
            sheets.skip(0.5)
        else:
            sheets.set_lines(paragraph_lines(one, sheets.faces))


def _heading(sheets: Sheets, title: str) -> None:
    sheets.set_line(one_line(title, FaceRole.HEI, BODY_TYPE, sheets.faces))
    sheets.skip(0.4)


def _set_cover(sheets: Sheets, content: Content) -> None:
    sheets.skip(3)
    sheets.centre("生态环境问题整改档案", FaceRole.TITLE, TITLE_TYPE, metrics.BLACK)
    sheets.skip(1.2)
    sheets.centre("（一题一档）", FaceRole.KAI, BODY_TYPE, metrics.BLACK)
    sheets.skip(3)
    for line in told.cover(content):
        lines = set_paragraph(
            [Span(line)], sheets.faces, metrics.WIDTH, type_=BODY_TYPE, justify=False
        )
        for one in lines:
            sheets.set_line(one)


def _set_index(sheets: Sheets, index: Sequence[tuple[str, int]]) -> None:
    _heading(sheets, "目  录")
    for title, page in index:
        line = one_line(title, FaceRole.FANGSONG, BODY_TYPE, sheets.faces)
        number = one_line(str(page), FaceRole.SONG, BODY_TYPE, sheets.faces)
        middle = sheets.y + metrics.BODY * 0.7
        sheets.put(TextMark(number, metrics.RIGHT - number.width, sheets.y))
        left, right = metrics.LEFT + line.width + 8, metrics.RIGHT - number.width - 8
        sheets.put(RuleMark(left, middle, right, middle, 0.3, metrics.GREY))
        sheets.set_line(line)


def _set_pictures(sheets: Sheets, files: Sequence[Evidence], preview: Preview) -> None:
    width = (metrics.WIDTH - GAP * (COLUMNS - 1)) / COLUMNS
    height = PICTURE_HEIGHT + CAPTION_LINES * CAPTION_LINE + GAP
    shown = ((row, jpeg) for row in files if (jpeg := preview(row, AT_ONCE[0])) is not None)
    for place, (row, jpeg) in enumerate(shown):
        column = place % COLUMNS
        if column == 0:
            if place:
                sheets.y += height
            if sheets.y + height > metrics.BOTTOM:
                sheets.turn()
        x = metrics.LEFT + column * (width + GAP)
        sheets.put(PictureMark(jpeg, x, sheets.y, width, PICTURE_HEIGHT))
        _set_caption(sheets, told.caption(row), x, width)


def _set_caption(sheets: Sheets, text: str, x: float, width: float) -> None:
    y = sheets.y + PICTURE_HEIGHT + 3
    for part in text.splitlines():
        lines = set_paragraph([Span(part)], sheets.faces, width, type_=CAPTION_TYPE, justify=False)
        sheets.put(TextMark(lines[0], x, y))
        y += CAPTION_LINE


def _foot(text: str, faces: Faces) -> TextMark:
    line = one_line(text, FaceRole.SONG, SMALL_TYPE, faces)
    return TextMark(line, (metrics.PAGE_WIDTH - line.width) / 2, FOOT, metrics.GREY)


def _written(pages: Sequence[Sequence[Mark]], content: Content, faces: Faces) -> bytes:
    out = BytesIO()
    issue = content.issue
    about = About(f"{issue.number} {issue.title}", content.office, content.edition, content.on)
    canvas = canvas_of(out, (metrics.PAGE_WIDTH, metrics.PAGE_HEIGHT), faces, about)
    for marks in pages:
        put_sheet(canvas, marks)
    canvas.save()
    return out.getvalue()
