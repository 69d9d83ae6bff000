"""发文稿纸 drawn: its red name, a red line, one form over as many pages as it takes."""

from issues.notices.fonts.faces import FaceRole, Faces
from issues.notices.page import metrics
from issues.notices.page.attachments import set_table
from issues.notices.page.document import Table
from issues.notices.page.gongwen import DRAWING, drawn, page_number
from issues.notices.page.heads import put_mark
from issues.notices.page.ink import TextMark
from issues.notices.page.lines import CAPTION_TYPE, one_line
from issues.notices.page.sheets import Sheets
from issues.notices.pdf.archival import About

NAME_TOP = metrics.TOP


def draw_sheet(name: str, tables: tuple[Table, ...], note: str, faces: Faces) -> bytes:
    """`note` stands under the form."""
    with DRAWING:
        sheets = Sheets(faces)
        sheets.y = put_mark(sheets, name, NAME_TOP) + metrics.MARK_TO_RULE
        sheets.rule(sheets.y, metrics.RED_RULE, metrics.RED)
        sheets.y += metrics.LINE / 2
        for table in tables:
            set_table(sheets, table)
        if note:
            line = one_line(note, FaceRole.FANGSONG, CAPTION_TYPE, faces)
            sheets.put(TextMark(line, metrics.LEFT, sheets.y + 4, metrics.GREY))
        for number, marks in enumerate(sheets.pages, 1):
            marks.append(page_number(number, faces))
        return drawn(sheets.pages, faces, About(name, "", name, None))
