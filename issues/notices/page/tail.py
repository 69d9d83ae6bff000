"""What stands under the body: 附件说明, 署名 and 成文日期 with the seal's place, QR code, 附注."""

from datetime import date
from typing import NamedTuple

import segno

from issues.notices.fonts.faces import FaceRole
from issues.notices.page import metrics
from issues.notices.page.body import INDENT, attachment_list
from issues.notices.page.document import Document
from issues.notices.page.ink import SquareMark, TextMark
from issues.notices.page.lines import BODY_TYPE, CAPTION_TYPE, Line, Span, one_line, set_paragraph
from issues.notices.page.sheets import BodyLine, Sheets, fitting

DATE_TO_COME = "（签发日期）"
QR_CAPTION = "扫码验真"
PULLED = 2  # body lines that go over with a 署名 that has no room under its text
UNDER_DATE = 1  # the seal hangs this many lines below the date
_SIGNER_TO_DATE = 1


class SealBox(NamedTuple):
    """Where the seal belongs: points from the left and the bottom of that page (counted from 1)."""

    page: int
    x: float
    y: float
    size: float


def set_body_and_tail(sheets: Sheets, lines: list[BodyLine], document: Document) -> SealBox:
    """The 署名 is never alone on a page: where it has no room, body lines go over with it."""
    listed = attachment_list(document, sheets.faces)
    notes = _contact_lines(sheets, document)
    below = len(listed) + bool(listed) + metrics.BLANK_BEFORE_SIGNER + 1 + _SIGNER_TO_DATE
    below += max(UNDER_DATE, len(notes))
    while len(lines) > sheets.room:
        count = fitting(lines, sheets.room)
        _set(sheets, lines[:count])
        lines = lines[count:]
        sheets.turn()
    if len(lines) + below > sheets.room:
        staying = _staying(lines)
        _set(sheets, lines[:staying])
        lines = lines[staying:]
        sheets.turn()
    _set(sheets, lines)
    _set_list(sheets, listed)
    return _set_signature(sheets, document, notes)


def _set(sheets: Sheets, lines: list[BodyLine]) -> None:
    for body_line in lines:
        sheets.set_line(body_line.line, body_line.part)


def _staying(lines: list[BodyLine]) -> int:
    """How many lines stay when the last ones are pulled over.

    A line of text stays on the page: page one must show some, under the 主送机关.
    """
    least = next((n for n, line in enumerate(lines, 1) if not line.keeps), len(lines))
    count = max(len(lines) - PULLED, least)
    while count > least and lines[count - 1].keeps:
        count -= 1
    return count


def _set_list(sheets: Sheets, listed: list[Line]) -> None:
    if not listed:
        return
    sheets.skip(1)
    sheets.set_lines([BodyLine(line, part=("attachment_list", 0)) for line in listed])


def _set_signature(sheets: Sheets, document: Document, notes: list[Line]) -> SealBox:
    body_end = sheets.y
    if sheets.room < metrics.BLANK_BEFORE_SIGNER + 1 + _SIGNER_TO_DATE:
        sheets.turn()
        body_end = sheets.y
    sheets.skip(metrics.BLANK_BEFORE_SIGNER)
    signer = one_line(document.signer, FaceRole.FANGSONG, BODY_TYPE, sheets.faces)
    day = one_line(dated(document.date), FaceRole.FANGSONG, BODY_TYPE, sheets.faces)
    centre = metrics.RIGHT - metrics.DATE_FROM_RIGHT - day.width / 2
    if centre + signer.width / 2 > metrics.RIGHT:
        centre = metrics.RIGHT - signer.width / 2
    sheets.put(TextMark(signer, centre - signer.width / 2, sheets.y), ("signer", 0))
    sheets.skip(_SIGNER_TO_DATE)
    sheets.put(TextMark(day, centre - day.width / 2, sheets.y), ("date", 0))
    foot = sheets.y + metrics.BODY
    if document.qr:
        _set_qr(sheets, document.qr, foot)
    seal = _seal_box(sheets, centre, body_end, foot)
    sheets.skip(1)
    for line in notes:
        sheets.set_line(line, ("contact", 0))
    if not notes:
        sheets.skip(UNDER_DATE)
    return seal


def _seal_box(sheets: Sheets, centre: float, body_end: float, foot: float) -> SealBox:
    """The seal hangs within one line of the text; name and date lie a little below its middle."""
    middle = foot - metrics.BODY - (metrics.LINE - metrics.BODY) / 2
    top = max(middle - metrics.SEAL * 0.58, body_end - metrics.LINE + metrics.BODY)
    x = min(centre - metrics.SEAL / 2, metrics.PAGE_WIDTH - metrics.SEAL)
    y = metrics.PAGE_HEIGHT - top - metrics.SEAL
    return SealBox(len(sheets.pages), round(x, 2), round(y, 2), round(metrics.SEAL, 2))


def _contact_lines(sheets: Sheets, document: Document) -> list[Line]:
    """附注: in brackets, two characters in, clear of the seal on its right."""
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
    width = metrics.WIDTH - metrics.DATE_FROM_RIGHT - metrics.SEAL - metrics.CELL
    return set_paragraph(
        [Span(text)], sheets.faces, width, first=indent, rest=indent, justify=False
    )


def _set_qr(sheets: Sheets, text: str, foot: float) -> None:
    matrix = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
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


def _runs(row: list[int]) -> list[tuple[int, int]]:
    """Dark modules of a row as (start, length)."""
    runs: list[tuple[int, int]] = []
    for index, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == index:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((index, 1))
    return runs


def dated(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else DATE_TO_COME
