"""The body: 主送机关, the paragraphs of five levels, and the list of attachments."""

import math
from functools import partial

from issues.notices.fonts.faces import FaceRole, Faces
from issues.notices.page.document import Document, Level, Paragraph, Picture, Table
from issues.notices.page.ink import PictureMark
from issues.notices.page.lines import BODY_TYPE, CELL_TYPE, Line, Span, set_paragraph
from issues.notices.page.metrics import BODY, CELL, HEIGHT, LEFT, LINE, MOST_PITCH, WIDTH
from issues.notices.page.sheets import BodyLine, Part, Sheets
from issues.notices.page.tables import Row, Setting, plain, put_row, rows_of
from issues.notices.page.tables.fitting import fitted
from issues.notices.page.tables.typed import table_in

INDENT = 2 * CELL
MOST_RECIPIENT_LINES = 5
MOST_PICTURE, PICTURE_APART = 0.35 * HEIGHT, 4.0
_HEADING_ROLE = {Level.FIRST: FaceRole.HEI, Level.SECOND: FaceRole.KAI}


def body_lines(document: Document, faces: Faces) -> list[BodyLine]:
    above = [] if has_many_recipients(document, faces) else recipients_lines(document, faces)
    lines = [BodyLine(line, keeps=True, part=("recipients", 0)) for line in above]
    for place, paragraph in enumerate(document.body):
        lines += paragraph_lines(paragraph, faces, ("body", place))
    return lines


def has_many_recipients(document: Document, faces: Faces) -> bool:
    """So many that page one would show no body: the 版记 names them instead."""
    return len(recipients_lines(document, faces)) > MOST_RECIPIENT_LINES


def recipients_lines(document: Document, faces: Faces) -> list[Line]:
    if not document.recipients:
        return []
    text = f"{document.recipients.rstrip('：:')}："
    return set_paragraph([Span(text)], faces, WIDTH, justify=False)


def paragraph_lines(paragraph: Paragraph, faces: Faces, part: Part | None = None) -> list[BodyLine]:
    """Each line break in the text begins a paragraph of its own."""
    if paragraph.picture is not None:
        return _picture_lines(paragraph.picture, paragraph.text, faces, part or ("body", 0))
    if (table := table_in(paragraph)) is not None:
        return _table_lines(table, faces, part or ("body", 0))
    found: list[BodyLine] = []
    for text in paragraph.text.splitlines() or [""]:
        spans = _spans(text, paragraph.level)
        lines = set_paragraph(spans, faces, WIDTH, first=INDENT if paragraph.indent else 0.0)
        heading = paragraph.level in _HEADING_ROLE and len(spans) == 1
        found += [BodyLine(line, heading, part) for line in lines]
    return found


def _table_lines(table: Table, faces: Faces, part: Part) -> list[BodyLine]:
    """Each row takes whole lines of the grid; none of the table goes to another page alone."""
    rows, setting = rows_of(fitted(table, (WIDTH, HEIGHT), plain()), faces)
    found: list[BodyLine] = []
    blank = Line((), BODY_TYPE)
    for row in rows:
        count = math.ceil(row.height / (LINE - MOST_PITCH))
        found.append(BodyLine(blank, True, part, partial(_put, row, count, setting, part)))
        found += [BodyLine(blank, keeps=True)] * (count - 1)
    return [*found[:-1], found[-1]._replace(keeps=False)]


def _picture_lines(picture: Picture, said: str, faces: Faces, part: Part) -> list[BodyLine]:
    """On whole lines of the grid, its caption under it, both on one page."""
    scale = min(WIDTH / picture.width, MOST_PICTURE / picture.height, 1.0)
    width, height = picture.width * scale, picture.height * scale
    count = math.ceil((height + PICTURE_APART) / (LINE - MOST_PITCH))
    blank = Line((), BODY_TYPE)
    first = BodyLine(blank, True, None, partial(_put_picture, picture, width, height))
    caption = set_paragraph([Span(said)], faces, WIDTH, type_=CELL_TYPE, justify=False)
    under = [line._replace(indent=(WIDTH - line.width) / 2) for line in caption]
    found = [first, *[BodyLine(blank, keeps=True)] * (count - 1)]
    found += [BodyLine(line, True, part) for line in under]
    return [*found[:-1], found[-1]._replace(keeps=False)]


def _put_picture(picture: Picture, width: float, height: float, sheets: Sheets) -> None:
    """One whose bytes were not brought leaves its room."""
    if picture.jpeg:
        x = LEFT + (WIDTH - width) / 2
        sheets.put(PictureMark(picture.jpeg, x, sheets.y, width, height))


def _put(row: Row, count: int, setting: Setting, part: Part, sheets: Sheets) -> None:
    """As high as its lines of this page: their boxes close up over the grid."""
    sheets.y -= (sheets.pitch - BODY) / 2
    put_row(sheets, row._replace(height=count * sheets.pitch), setting, part)


def _spans(text: str, level: Level) -> list[Span]:
    """Of a heading that runs on, only the first sentence is in the heading's face."""
    role = _HEADING_ROLE.get(level)
    if role is None:
        return [Span(text)]
    head, stop, rest = text.partition("。")
    return [Span(head + stop, role), Span(rest)] if rest else [Span(text, role)]


def attachment_list(document: Document, faces: Faces) -> list[Line]:
    """附件说明: further lines stand under the first character of the title."""
    titles = document.attachment_titles
    lines: list[Line] = []
    for number, title in enumerate(titles, 1):
        label = f"{number}. " if len(titles) > 1 else ""
        head = set_paragraph([Span(label)], faces, WIDTH)[0].width + (0.5 * CELL if label else 0)
        left = INDENT + 3 * CELL
        text = f"附件：{label}{title}" if number == 1 else f"{label}{title}"
        first = INDENT if number == 1 else left
        lines += set_paragraph(
            [Span(text)], faces, WIDTH, first=first, rest=left + head, justify=False
        )
    return lines
