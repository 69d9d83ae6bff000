"""A document drawn as a GB/T 9704-2012 page: the same document and fonts, the same bytes."""

import threading
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import NamedTuple

from issues.notices.fonts.faces import FaceRole, Faces
from issues.notices.page import metrics
from issues.notices.page.attachments import set_attachments
from issues.notices.page.body import body_lines
from issues.notices.page.document import Document
from issues.notices.page.heads import set_head
from issues.notices.page.imprint import set_imprint
from issues.notices.page.ink import Mark, SlantMark, TextMark, put_sheet
from issues.notices.page.lines import CAPTION_TYPE, SMALL_TYPE, Type, one_line
from issues.notices.page.places import Places, places_of
from issues.notices.page.sheets import SealBox, Sheets
from issues.notices.page.tail import set_body_and_tail
from issues.notices.pdf.archival import About, canvas_of

SETTING = 3
"""The rules of setting these pages follow, told with the facts of what is signed. A paper that was
signed under others is drawn otherwise now: its kept bytes are the paper."""
DRAFT = "草稿"
DRAFT_SIZE = 150.0
DRAFT_NOTE = "草稿，未经签发，不具效力"
EXAMPLE_NOTE = "示例数据，仅供演示，不作为正式公文"
NOTE_FOOT = metrics.PAGE_HEIGHT - 12 * metrics.MM
DRAWING = threading.Lock()  # a ReportLab font keeps its reading place


class Rendered(NamedTuple):
    """`seal`: the place of the last organ's, over the date; `seals`: of each organ's, in order."""

    pdf: bytes
    pages: int
    seal: SealBox
    seals: tuple[SealBox, ...] = ()


def render(document: Document, faces: Faces) -> Rendered:
    """Draws what it is given; whether that may be signed is for `check` to say."""
    with DRAWING:
        laid, seal = laid_out(document, faces)
        day = None if document.draft else document.date
        subject = DRAFT if document.draft else document.number or ""
        about = About(document.title, document.signer, subject, day)
        return Rendered(drawn(laid.pages, faces, about), len(laid.pages), seal, tuple(laid.seals))


def places(document: Document, faces: Faces) -> Places:
    """Where each part stands on the page that `render` draws."""
    with DRAWING:
        return places_of(laid_out(document, faces)[0], document)


def render_together(documents: Iterable[Document], faces: Faces, title: str) -> bytes:
    """Several documents in one file, each numbered from its own page 1; they share their fonts."""
    with DRAWING:
        pages = [page for one in documents for page in laid_out(one, faces)[0].pages]
        return drawn(pages, faces, About(title, "", DRAFT, None))


def laid_out(document: Document, faces: Faces) -> tuple[Sheets, SealBox]:
    """Whoever draws it draws these marks. `DRAWING` must be held: fonts are read."""
    sheets = Sheets(faces)
    set_head(sheets, document)
    seal = set_body_and_tail(sheets, body_lines(document, faces), document)
    set_attachments(sheets, document)
    set_imprint(sheets, document)
    _set_margins(sheets, document)
    return sheets, seal


def _set_margins(sheets: Sheets, document: Document) -> None:
    notes = _notes(document, sheets.faces)
    for number, marks in enumerate(sheets.pages, 1):
        if number not in sheets.unnumbered and (document.form != "letter" or number > 1):
            marks.append(page_number(number, sheets.faces))
        if document.draft:
            word = one_line(DRAFT, FaceRole.TITLE, Type(DRAFT_SIZE, DRAFT_SIZE), sheets.faces)
            marks.insert(0, SlantMark(word))
        if notes:
            line = one_line("；".join(notes), FaceRole.FANGSONG, CAPTION_TYPE, sheets.faces)
            x = (metrics.PAGE_WIDTH - line.width) / 2
            marks.append(TextMark(line, x, NOTE_FOOT, metrics.GREY))


def _notes(document: Document, faces: Faces) -> list[str]:
    """What the foot margin says, outside the text area: a signed real document says nothing."""
    notes = [EXAMPLE_NOTE] if document.example else []
    if document.draft:
        notes.append(DRAFT_NOTE)
        notes += [notice for notice in faces.notices() if "仿宋" in notice]
    return notes


def page_number(number: int, faces: Faces) -> TextMark:
    """Its dashes 7 mm under the text area; odd to the right, even to the left."""
    line = one_line(f"— {number} —", FaceRole.FANGSONG, SMALL_TYPE, faces)
    dash = metrics.BOTTOM + metrics.PAGE_NUMBER_BELOW
    y = dash - (metrics.ASCENT - metrics.DASH) * metrics.SMALL
    odd = number % 2
    x = metrics.RIGHT - metrics.SMALL - line.width if odd else metrics.LEFT + metrics.SMALL
    return TextMark(line, x, y)


def drawn(pages: Sequence[Sequence[Mark]], faces: Faces, about: About) -> bytes:
    out = BytesIO()
    canvas = canvas_of(out, (metrics.PAGE_WIDTH, metrics.PAGE_HEIGHT), faces, about)
    for marks in pages:
        put_sheet(canvas, marks)
    canvas.save()
    return out.getvalue()
