"""Who was at a meeting, under its minutes: 出席, 请假, 列席 (GB/T 9704-2012, 10.3).

A blank line above, two characters in, the word in 黑体, further lines under the first name.
"""

from issues.notices.fonts.faces import FaceRole
from issues.notices.page.body import INDENT
from issues.notices.page.document import Document
from issues.notices.page.lines import Span, set_paragraph
from issues.notices.page.metrics import CELL, WIDTH
from issues.notices.page.sheets import BodyLine, Sheets


def set_people(sheets: Sheets, document: Document) -> None:
    if document.people:
        sheets.skip(1)
    for label, text in document.people:
        spans = [Span(label, FaceRole.HEI), Span(f"：{text}")]
        rest = INDENT + (len(label) + 1) * CELL
        lines = set_paragraph(spans, sheets.faces, WIDTH, first=INDENT, rest=rest, justify=False)
        sheets.set_lines([BodyLine(line) for line in lines])
