"""What stands under the body: 附件说明, 署名 and 成文日期 with the seal's place, QR code, 附注."""

import math
from collections.abc import Sequence
from functools import lru_cache

import segno

from issues.notices.fonts.faces import FaceRole
from issues.notices.page import metrics
from issues.notices.page.body import INDENT, attachment_list
from issues.notices.page.document import Document, dated
from issues.notices.page.forms.joint import (
    SEAL_LINES,
    lines_more,
    put_names,
    put_seal_places,
    seals_of,
)
from issues.notices.page.forms.people import set_people
from issues.notices.page.imprint import imprint_height
from issues.notices.page.ink import SquareMark, TextMark
from issues.notices.page.lines import BODY_TYPE, CAPTION_TYPE, Line, Span, one_line, set_paragraph
from issues.notices.page.seating import seated
from issues.notices.page.sheets import BodyLine, SealBox, Sheets

QR_CAPTION = "扫码验真"
UNDER_DATE = 1  # the seal hangs this many lines below the date
_SIGNER_TO_DATE = 1
OVER_MIDDLE = 0.64  # of the seal above the middle of name and date: its rim leaves the 附注 legible


def set_body_and_tail(sheets: Sheets, lines: list[BodyLine], document: Document) -> SealBox:
    """The 署名 is never alone on a page: where it has no room, body lines go over with it."""
    if document.form == "minutes":
        return _set_minutes(sheets, lines, document)
    listed = attachment_list(document, sheets.faces)
    notes = _contact_lines(sheets, document)
    below = len(listed) + bool(listed) + 1 + _SIGNER_TO_DATE + max(UNDER_DATE, len(notes))
    below += lines_more(document, _day(sheets, document), sheets.faces)
    closing, on_back = _imprint_lines(sheets, document), document.imprint is not None
    seats = seated(lines, sheets.y, below, closing, on_back=on_back)
    if listed and not seats.has_text:  # then the end of the 附件说明 stands over the 署名
        lines = [*lines, *_as_lines(sheets, listed)]
        below -= len(listed) + 1
        listed = []
        seats = seated(lines, sheets.y, below, closing, on_back=on_back)
    for number, leaf in enumerate(seats.leaves):
        if number:
            sheets.turn()
        sheets.pitch = leaf.pitch
        for line in lines[: leaf.lines]:
            sheets.set_body(line)
        lines = lines[leaf.lines :]
    _set_list(sheets, listed)
    return _set_signature(sheets, document, notes, seats.blank)


def _imprint_lines(sheets: Sheets, document: Document) -> int:
    """Lines that 版记 or 抄送 take under what ends the paper, where no attachment comes between."""
    if document.attachments:
        return 0
    height = imprint_height(sheets, document)
    least = metrics.LINE - metrics.MOST_PITCH
    return 1 + math.ceil((height - metrics.BODY) / least) if height else 0


def _set_minutes(sheets: Sheets, lines: list[BodyLine], document: Document) -> SealBox:
    """Nobody signs minutes and no seal is put to them: under the body stands who was there."""
    sheets.set_lines(lines)
    _set_list(sheets, attachment_list(document, sheets.faces))
    set_people(sheets, document)
    if document.qr:
        room = metrics.BOTTOM - sheets.y
        if room < metrics.QR + metrics.LINE:
            sheets.turn()
        _set_qr(sheets, document.qr, sheets.y + metrics.LINE + metrics.QR - metrics.BODY)
        sheets.y += metrics.LINE + metrics.QR
    return SealBox(len(sheets.pages), 0.0, 0.0, 0.0)


def _set_list(sheets: Sheets, listed: list[Line]) -> None:
    if listed:
        blank, *rest = _as_lines(sheets, listed)
        sheets.set_line(blank.line)
        sheets.set_lines(rest)


def _as_lines(sheets: Sheets, listed: list[Line]) -> list[BodyLine]:
    """With the blank line over them, which is never the last of a page."""
    blank = set_paragraph([Span("")], sheets.faces, metrics.WIDTH)[0]
    lines = [BodyLine(line, part=("attachment_list", 0)) for line in listed]
    return [BodyLine(blank, keeps=True), *lines]


def _set_signature(sheets: Sheets, document: Document, notes: list[Line], blank: int) -> SealBox:
    """Under a list of attachments longer than a page the 署名 stands alone at last."""
    day = _day(sheets, document)
    more = lines_more(document, day, sheets.faces)
    if sheets.room < blank + 1 + _SIGNER_TO_DATE + more:
        sheets.turn()
    body_end = sheets.y
    sheets.skip(blank)
    if document.partners:
        rows = put_names(sheets, document, day)
        centre = rows[-1].places[-1].middle
        body_end = max(body_end, sheets.y - SEAL_LINES * sheets.pitch)
    else:
        rows = []
        centre = _put_signer(sheets, document, day)
    sheets.skip(_SIGNER_TO_DATE)
    sheets.put(TextMark(day, centre - day.width / 2, sheets.y), ("date", 0))
    foot = sheets.y + metrics.BODY
    if document.qr:
        _set_qr(sheets, document.qr, foot)
    seal = _seal_box(sheets, centre, body_end, foot)._replace(organ=document.signer)
    sheets.seals = seals_of(rows, seal) or [seal]
    sheets.skip(1)
    if document.draft and document.partners:
        put_seal_places(sheets, sheets.seals)
    for line in notes:
        sheets.set_line(line, ("contact", 0))
    if not notes:
        sheets.skip(UNDER_DATE)
    return sheets.seals[-1]


def _put_signer(sheets: Sheets, document: Document, day: Line) -> float:
    """The one organ's name, its middle over the date's; gives back where that is."""
    signer = one_line(document.signer, FaceRole.FANGSONG, BODY_TYPE, sheets.faces)
    centre = metrics.RIGHT - metrics.DATE_FROM_RIGHT - day.width / 2
    centre = min(centre, metrics.RIGHT - signer.width / 2)
    sheets.put(TextMark(signer, centre - signer.width / 2, sheets.y), ("signer", 0))
    return centre


def _day(sheets: Sheets, document: Document) -> Line:
    return one_line(dated(document.date), FaceRole.FANGSONG, BODY_TYPE, sheets.faces)


def _seal_box(sheets: Sheets, centre: float, body_end: float, foot: float) -> SealBox:
    """The seal hangs within one line of the text; name and date lie below its middle."""
    middle = foot - metrics.BODY - (sheets.pitch - metrics.BODY) / 2
    top = max(middle - metrics.SEAL * OVER_MIDDLE, body_end - sheets.pitch + metrics.BODY)
    x = min(centre - metrics.SEAL / 2, metrics.PAGE_WIDTH - metrics.SEAL)
    y = metrics.PAGE_HEIGHT - top - metrics.SEAL
    return SealBox(len(sheets.pages), round(x, 2), round(y, 2), round(metrics.SEAL, 2))


def _contact_lines(sheets: Sheets, document: Document) -> list[Line]:
    """附注: in brackets, two characters in; broken where its facts end if one line is too short."""
    if not document.contact:
        return []
    text = f"（{document.contact.strip().strip('（）()')}）"
    lines = _note_lines(sheets, text, INDENT)
    if len(lines) == 1:
        return lines
    head, comma, rest = text.partition("，")
    second = _note_lines(sheets, rest, INDENT) if rest else []
    return _note_lines(sheets, head + comma, INDENT) + second


def _note_lines(sheets: Sheets, text: str, indent: float) -> list[Line]:
    return set_paragraph(
        [Span(text)], sheets.faces, metrics.WIDTH, first=indent, rest=indent, justify=False
    )


def _set_qr(sheets: Sheets, text: str, foot: float) -> None:
    matrix = _matrix(text)
    module = metrics.QR / len(matrix)
    top = foot - metrics.QR
    rows = []
    for number, row in enumerate(matrix):
        for start, length in _runs(row):
            rows.append((metrics.LEFT + start * module, top + number * module, length * module))
    sheets.put(SquareMark(tuple(rows), module))
    caption = one_line(QR_CAPTION, FaceRole.FANGSONG, CAPTION_TYPE, sheets.faces)
    x = metrics.LEFT + (metrics.QR - caption.width) / 2
    sheets.put(TextMark(caption, x, foot + 1.5))


@lru_cache(maxsize=64)
def _matrix(text: str) -> tuple[tuple[int, ...], ...]:
    """Once for the PDF, the OFD and the look at both: its masks cost a tenth of a whole paper."""
    made = segno.make(text, error="m", micro=False).matrix
    return tuple(tuple(row) for row in made)


def _runs(row: Sequence[int]) -> list[tuple[int, int]]:
    """Dark modules of a row as (start, length)."""
    runs: list[tuple[int, int]] = []
    for index, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == index:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((index, 1))
    return runs
