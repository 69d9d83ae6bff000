"""What stands above the body on page one: the red head of the 文件, the 信函 and the 专报."""

from issues.notices.fonts.faces import FaceRole
from issues.notices.page import metrics
from issues.notices.page.document import Document
from issues.notices.page.ink import RuleMark, TextMark
from issues.notices.page.lines import BODY_TYPE, TITLE_TYPE, Type, one_line
from issues.notices.page.sheets import Sheets
from issues.notices.page.tail import dated
from issues.notices.page.titles import title_lines

NUMBER_TO_COME = "（签发时编号）"


def set_head(sheets: Sheets, document: Document) -> None:
    """The pen is left on the line of the 主送机关."""
    if document.form == "letter":
        _letter_head(sheets, document)
    elif document.form == "report":
        _report_head(sheets, document)
    else:
        _file_head(sheets, document)
    _title(sheets, document)


def _file_head(sheets: Sheets, document: Document) -> None:
    for text in _classification(document):
        sheets.set_line(one_line(text, FaceRole.HEI, BODY_TYPE, sheets.faces))
    sheets.y = _mark(sheets, document.mark, metrics.MARK_TOP)
    sheets.skip(2)
    sheets.centre(_number(document), FaceRole.FANGSONG, BODY_TYPE, metrics.BLACK)
    sheets.y += metrics.BODY + metrics.MARK_TO_RULE
    sheets.rule(sheets.y, metrics.RED_RULE, metrics.RED)


def _report_head(sheets: Sheets, document: Document) -> None:
    """A 专报: under its number who reports on the left and the day on the right, over the line."""
    for text in _classification(document):
        sheets.set_line(one_line(text, FaceRole.HEI, BODY_TYPE, sheets.faces))
    sheets.y = _mark(sheets, document.mark, metrics.MARK_TOP)
    sheets.skip(1)
    sheets.centre(_number(document), FaceRole.FANGSONG, BODY_TYPE, metrics.BLACK)
    sheets.skip(2)
    office = one_line(document.signer, FaceRole.FANGSONG, BODY_TYPE, sheets.faces)
    day = one_line(dated(document.date), FaceRole.FANGSONG, BODY_TYPE, sheets.faces)
    sheets.put(TextMark(office, metrics.LEFT, sheets.y))
    sheets.put(TextMark(day, metrics.RIGHT - day.width, sheets.y))
    sheets.y += metrics.BODY + metrics.MARK_TO_RULE
    sheets.rule(sheets.y, metrics.RED_RULE, metrics.RED)


def _letter_head(sheets: Sheets, document: Document) -> None:
    """The 文号 is flush right under the first double line, the 紧急程度 flush left beside it."""
    foot = _mark(sheets, document.mark, metrics.LETTER_MARK_TOP)
    rule = foot + metrics.MARK_TO_RULE
    thick_to_thin = (metrics.LETTER_THICK + metrics.LETTER_THIN) / 2 + metrics.LETTER_RULE_GAP
    _wide_rule(sheets, rule, metrics.LETTER_THICK)
    _wide_rule(sheets, rule + thick_to_thin, metrics.LETTER_THIN)
    _wide_rule(sheets, metrics.LETTER_RULE_FOOT - thick_to_thin, metrics.LETTER_THIN)
    _wide_rule(sheets, metrics.LETTER_RULE_FOOT, metrics.LETTER_THICK)

    sheets.y = rule + thick_to_thin + metrics.UNDER_RULE
    number = one_line(_number(document), FaceRole.FANGSONG, BODY_TYPE, sheets.faces)
    sheets.put(TextMark(number, metrics.RIGHT - number.width, sheets.y))
    texts = _classification(document)
    for text in texts:
        sheets.set_line(one_line(text, FaceRole.HEI, BODY_TYPE, sheets.faces))
    sheets.skip(0 if texts else 1)
    sheets.y += metrics.BODY - metrics.LINE


def _wide_rule(sheets: Sheets, y: float, thickness: float) -> None:
    left = (metrics.PAGE_WIDTH - metrics.LETTER_RULE_WIDTH) / 2
    sheets.put(RuleMark(left, y, metrics.PAGE_WIDTH - left, y, thickness, metrics.RED))


def _mark(sheets: Sheets, text: str, top: float) -> float:
    """Put the 发文机关标志 with its ink at `top`; gives back where it ends.

    A long name is set smaller, then narrower, so that it stays in one line of the text area.
    """
    natural = one_line(text, FaceRole.TITLE, Type(1.0, 1.0), sheets.faces).width
    size = min(metrics.MARK_SIZE, metrics.WIDTH / natural / metrics.MARK_NARROWEST)
    narrow = min(1.0, metrics.WIDTH / (natural * size))
    line = one_line(text, FaceRole.TITLE, Type(size, size), sheets.faces)
    x = metrics.LEFT + (metrics.WIDTH - line.width * narrow) / 2
    box_top = top - (metrics.ASCENT - metrics.INK_TOP) * size
    sheets.put(TextMark(line, x, box_top, metrics.RED, narrow))
    return top + size


def _title(sheets: Sheets, document: Document) -> None:
    sheets.skip(2)
    for text in title_lines(document.title, document.phrases):
        sheets.centre(text, FaceRole.TITLE, TITLE_TYPE, metrics.BLACK, ("title", 0))
        sheets.skip(1)
    sheets.y += metrics.TITLE - metrics.BODY
    sheets.skip(1)


def _classification(document: Document) -> list[str]:
    return [text for text in (document.secrecy, document.urgency) if text]


def _number(document: Document) -> str:
    """Only a draft waits for one; what bears none, as a 公示, says nothing of it."""
    return document.number or (NUMBER_TO_COME if document.draft else "")
