"""What stands above the body on page one: the red head of the 文件, the 信函 and the 专报."""

from issues.notices.fonts.faces import FaceRole
from issues.notices.page import metrics
from issues.notices.page.document import Document, dated
from issues.notices.page.forms.joint import put_joint_marks
from issues.notices.page.forms.upward import set_number_and_signers
from issues.notices.page.ink import RuleMark, TextMark
from issues.notices.page.lines import BODY_TYPE, TITLE_TYPE, Type, one_line
from issues.notices.page.sheets import Sheets
from issues.notices.page.titles import lines_in

WENJIAN = "文件"
NUMBER_TO_COME = "（签发时编号）"


def set_head(sheets: Sheets, document: Document) -> None:
    """The pen is left on the line of the 主送机关."""
    if document.form == "letter":
        _letter_head(sheets, document)
    elif document.form == "report":
        _report_head(sheets, document)
    elif document.form == "upward":
        _upward_head(sheets, document)
    elif document.form == "minutes":
        _minutes_head(sheets, document)
    else:
        _file_head(sheets, document)
    put_title(sheets, document)


def _file_head(sheets: Sheets, document: Document) -> None:
    set_classification(sheets, document)
    sheets.y = put_marks(sheets, document)
    sheets.skip(2)
    sheets.centre(number_of(document), FaceRole.FANGSONG, BODY_TYPE, metrics.BLACK)
    sheets.y += metrics.BODY + metrics.MARK_TO_RULE
    sheets.rule(sheets.y, metrics.RED_RULE, metrics.RED)


def _upward_head(sheets: Sheets, document: Document) -> None:
    """上行文: the 文号 on the left, who signed on the right of the same line (7.2.5, 7.2.6)."""
    set_classification(sheets, document)
    sheets.y = put_marks(sheets, document)
    sheets.skip(2)
    set_number_and_signers(sheets, number_of(document), document.signers or ())
    sheets.y += metrics.BODY + metrics.MARK_TO_RULE
    sheets.rule(sheets.y, metrics.RED_RULE, metrics.RED)


def _minutes_head(sheets: Sheets, document: Document) -> None:
    """纪要格式 (10.3): the mark as of a 文件, its number, who keeps it and the day, a red line."""
    set_classification(sheets, document)
    sheets.y = put_mark(sheets, document.mark, metrics.MARK_TOP)
    sheets.skip(1)
    sheets.centre(number_of(document), FaceRole.FANGSONG, BODY_TYPE, metrics.BLACK)
    sheets.skip(2)
    office_and_day(sheets, document)
    sheets.y += metrics.BODY + metrics.MARK_TO_RULE
    sheets.rule(sheets.y, metrics.RED_RULE, metrics.RED)


def office_and_day(sheets: Sheets, document: Document) -> None:
    office = one_line(document.signer, FaceRole.FANGSONG, BODY_TYPE, sheets.faces)
    day = one_line(dated(document.date), FaceRole.FANGSONG, BODY_TYPE, sheets.faces)
    sheets.put(TextMark(office, metrics.LEFT, sheets.y))
    sheets.put(TextMark(day, metrics.RIGHT - day.width, sheets.y))


def put_marks(sheets: Sheets, document: Document) -> float:
    """One organ's mark, or those of several (7.2.4); gives back where it ends."""
    if document.partners:
        word = WENJIAN if document.mark.endswith(WENJIAN) else ""
        names = (document.mark.removesuffix(WENJIAN), *document.partners)
        return put_joint_marks(sheets, names, word, metrics.MARK_TOP)
    return put_mark(sheets, document.mark, metrics.MARK_TOP)


def _report_head(sheets: Sheets, document: Document) -> None:
    """A 专报: under its number who reports on the left and the day on the right, over the line."""
    set_classification(sheets, document)
    sheets.y = put_mark(sheets, document.mark, metrics.MARK_TOP)
    sheets.skip(1)
    if document.signers is None:
        sheets.centre(number_of(document), FaceRole.FANGSONG, BODY_TYPE, metrics.BLACK)
    else:
        set_number_and_signers(sheets, number_of(document), document.signers)
    sheets.skip(2)
    office_and_day(sheets, document)
    sheets.y += metrics.BODY + metrics.MARK_TO_RULE
    sheets.rule(sheets.y, metrics.RED_RULE, metrics.RED)


def _letter_head(sheets: Sheets, document: Document) -> None:
    """The 文号 is flush right under the first double line, the 紧急程度 flush left beside it."""
    foot = put_mark(sheets, document.mark, metrics.LETTER_MARK_TOP)
    rule = foot + metrics.MARK_TO_RULE
    thick_to_thin = (metrics.LETTER_THICK + metrics.LETTER_THIN) / 2 + metrics.LETTER_RULE_GAP
    _wide_rule(sheets, rule, metrics.LETTER_THICK)
    _wide_rule(sheets, rule + thick_to_thin, metrics.LETTER_THIN)
    _wide_rule(sheets, metrics.LETTER_RULE_FOOT - thick_to_thin, metrics.LETTER_THIN)
    _wide_rule(sheets, metrics.LETTER_RULE_FOOT, metrics.LETTER_THICK)

    sheets.y = rule + thick_to_thin + metrics.UNDER_RULE
    number = one_line(number_of(document), FaceRole.FANGSONG, BODY_TYPE, sheets.faces)
    sheets.put(TextMark(number, metrics.RIGHT - number.width, sheets.y))
    texts = classification(document)
    for text in texts:
        sheets.set_line(one_line(text, FaceRole.HEI, BODY_TYPE, sheets.faces))
    sheets.skip(0 if texts else 1)
    sheets.y += metrics.BODY - metrics.LINE


def _wide_rule(sheets: Sheets, y: float, thickness: float) -> None:
    left = (metrics.PAGE_WIDTH - metrics.LETTER_RULE_WIDTH) / 2
    sheets.put(RuleMark(left, y, metrics.PAGE_WIDTH - left, y, thickness, metrics.RED))


def put_mark(sheets: Sheets, text: str, top: float) -> float:
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


def put_title(sheets: Sheets, document: Document) -> None:
    sheets.skip(2)
    for text in lines_in(sheets.faces, document.title, document.phrases):
        sheets.centre(text, FaceRole.TITLE, TITLE_TYPE, metrics.BLACK, ("title", 0))
        sheets.skip(1)
    sheets.y += metrics.TITLE - metrics.BODY
    sheets.skip(1)


def classification(document: Document) -> list[str]:
    """份号, 密级 and 紧急程度, from above (GB/T 9704-2012, 7.2.1 to 7.2.3)."""
    return [text for text in (document.copy_number, document.secrecy, document.urgency) if text]


def set_classification(sheets: Sheets, document: Document) -> None:
    """Each on a line of its own, from the first line of the text area; 份号 in figures."""
    for text in classification(document):
        sheets.set_line(one_line(text, FaceRole.HEI, BODY_TYPE, sheets.faces))


def number_of(document: Document) -> str:
    """Only a draft waits for one; what bears none, as a 公示, says nothing of it."""
    return document.number or (NUMBER_TO_COME if document.draft else "")
