"""上行文: the 文号 one character in on the left, who signed one character in on the right.

GB/T 9704-2012, 7.2.5 and 7.2.6: two names a line, each line under the first name of the one above;
the 文号 stands on the line of the last name.
"""

from collections.abc import Sequence

from issues.notices.fonts.faces import FaceRole
from issues.notices.page import metrics
from issues.notices.page.ink import TextMark
from issues.notices.page.lines import BODY_TYPE, Line, one_line
from issues.notices.page.sheets import Sheets

LABEL = "签发人："
SIGNER_TO_COME = "（待签发）"
A_LINE = 2


def set_number_and_signers(sheets: Sheets, number: str, signers: Sequence[str]) -> None:
    """From the line of the pen down; the pen is left on the line of the last name."""
    names = [_name(sheets, name) for name in signers or (SIGNER_TO_COME,)]
    rows = [names[start : start + A_LINE] for start in range(0, len(names), A_LINE)]
    label = one_line(LABEL, FaceRole.FANGSONG, BODY_TYPE, sheets.faces)
    column = max(name.width for name in names) + metrics.CELL
    width = (len(rows[0]) - 1) * column + max(row[-1].width for row in rows)
    first = metrics.RIGHT - metrics.CELL - width
    sheets.put(TextMark(label, first - label.width, sheets.y))
    for place, row in enumerate(rows):
        if place:
            sheets.skip(1)
        for column_no, name in enumerate(row):
            sheets.put(TextMark(name, first + column_no * column, sheets.y))
    own = one_line(number, FaceRole.FANGSONG, BODY_TYPE, sheets.faces)
    sheets.put(TextMark(own, metrics.LEFT + metrics.CELL, sheets.y))


def _name(sheets: Sheets, name: str) -> Line:
    return one_line(name, FaceRole.KAI, BODY_TYPE, sheets.faces)
