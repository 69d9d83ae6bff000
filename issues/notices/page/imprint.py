"""The foot of the last page: 版记 with its lines, or in the 信函 form 抄送 without any."""

from issues.notices.fonts.faces import FaceRole
from issues.notices.page import metrics
from issues.notices.page.body import has_many_recipients
from issues.notices.page.document import Document, Imprint, dated
from issues.notices.page.ink import TextMark
from issues.notices.page.lines import SMALL_TYPE, Line, Span, one_line, set_paragraph
from issues.notices.page.sheets import Sheets

ROW = 8 * metrics.MM
EDGE = metrics.SMALL  # one character in, on both sides
_LABELS = {"report": "报送：", "minutes": "分送："}
_LABEL = "抄送："
_TO = "主送："


def set_imprint(sheets: Sheets, document: Document) -> None:
    """On the last page; a 版记 with its lines is on the back of a sheet and closes the paper."""
    copies = _copies(sheets, document)
    imprint = document.imprint
    if not copies and imprint is None:
        return
    height = imprint_height(sheets, document)
    has_room = not sheets.lies and sheets.y + height <= metrics.BOTTOM
    if imprint is None:
        if not has_room:
            sheets.turn(lying=False)
    else:
        _turn_to_back(sheets, has_room=has_room)
    sheets.y = metrics.BOTTOM - height
    if imprint is not None:
        sheets.rule(sheets.y, metrics.OUTER_RULE)
    for line in copies:
        sheets.put(TextMark(line, metrics.LEFT + EDGE, sheets.y + (ROW - metrics.SMALL) / 2))
        sheets.y += ROW
    if imprint is not None:
        _set_office(sheets, imprint, under_copies=bool(copies))


def imprint_height(sheets: Sheets, document: Document) -> float:
    return ROW * (len(_copies(sheets, document)) + (document.imprint is not None))


def _turn_to_back(sheets: Sheets, *, has_room: bool) -> None:
    """GB/T 9704-2012, 7.5: 版记页前有空白页的，空白页和版记页均不编排页码."""
    if len(sheets.pages) % 2:
        sheets.turn(lying=False)
    elif not has_room:
        for _ in range(2):
            sheets.turn(lying=False)
            sheets.unnumbered.add(len(sheets.pages))


def _set_office(sheets: Sheets, imprint: Imprint, *, under_copies: bool) -> None:
    if under_copies:
        sheets.rule(sheets.y, metrics.INNER_RULE)
    y = sheets.y + (ROW - metrics.SMALL) / 2
    office = one_line(imprint.office, FaceRole.FANGSONG, SMALL_TYPE, sheets.faces)
    day = one_line(f"{dated(imprint.on)}印发", FaceRole.FANGSONG, SMALL_TYPE, sheets.faces)
    sheets.put(TextMark(office, metrics.LEFT + EDGE, y))
    sheets.put(TextMark(day, metrics.RIGHT - EDGE - day.width, y))
    sheets.rule(metrics.BOTTOM, metrics.OUTER_RULE)


def _copies(sheets: Sheets, document: Document) -> list[Line]:
    """主送 stands over 抄送 without a line between where page one had no room for it."""
    lines = []
    if has_many_recipients(document, sheets.faces):
        lines += _named(sheets, _TO, document.recipients.rstrip("：:"))
    if document.copies:
        label = _LABELS.get(document.form, _LABEL)
        lines += _named(sheets, label, "，".join(document.copies))
    return lines


def _named(sheets: Sheets, label: str, names: str) -> list[Line]:
    """Further lines stand under the first character after the colon; a full stop ends the last."""
    return set_paragraph(
        [Span(f"{label}{names.rstrip('。')}。")],
        sheets.faces,
        metrics.WIDTH - 2 * EDGE,
        type_=SMALL_TYPE,
        rest=len(label) * metrics.SMALL,
        justify=False,
    )
