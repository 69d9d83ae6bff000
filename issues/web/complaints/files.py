"""The letters' figures and the table for the public as a workbook, the table as a document."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from issues.exchange.writing.new_workbook import Workbook
from issues.queries.complaints.figures import HEADS as FIGURES, Line, values
from issues.queries.complaints.table import HEADS, TITLE, Table

A3 = 8
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_LANDSCAPE = (
    '<w:sectPr><w:pgSz w:w="23811" w:h="16838" w:orient="landscape"/>'
    '<w:pgMar w:top="850" w:right="850" w:bottom="850" w:left="850" w:header="500" '
    'w:footer="500" w:gutter="0"/></w:sectPr>'
)
_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TWENTIETHS = 108
"""A column's width in twentieths of a point for each of its signs."""


def heading(table: Table) -> str:
    return f"{TITLE}（第{table.batch.place}批）"


def workbook(table: Table | None, lines: Sequence[Line]) -> bytes:
    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True})
    if table:
        _public(book, table)
    sheet = book.add_worksheet("办理情况统计")
    bold = book.add_format({"bold": True, "border": 1, "text_wrap": True})
    plain = book.add_format({"border": 1})
    for column, name in enumerate(("来源和轮次", "行政区域", *FIGURES.values())):
        sheet.set_column(column, column, 24 if not column else 11)
        sheet.write_string(0, column, name, bold)
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, line.round or line.name, plain)
        sheet.write_string(row, 1, line.name, plain)
        for column, (_, value) in enumerate(values(line.figures), start=2):
            sheet.write_number(row, column, value, plain)
    book.close()
    return target.getvalue()


def _public(book: Workbook, table: Table) -> None:
    sheet = book.add_worksheet("公开情况一览表")
    cell = {"border": 1, "text_wrap": True, "valign": "vcenter"}
    text = book.add_format(cell | {"quote_prefix": True})
    bold = book.add_format(cell | {"bold": True, "align": "center"})
    sheet.merge_range(0, 0, 0, len(HEADS) - 1, heading(table), bold)
    for column, (name, width) in enumerate(HEADS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, name, bold)
    for row, cells in enumerate(table.rows, start=2):
        for column, said in enumerate(cells):
            sheet.write_string(row, column, said, text)
    sheet.freeze_panes(2, 2)
    sheet.repeat_rows(1)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)


def document(table: Table) -> bytes:
    """A WordprocessingML document: the title and one table, its heads on every page."""
    grid = "".join(f'<w:gridCol w:w="{width * _TWENTIETHS}"/>' for width in HEADS.values())
    head = _row(tuple(HEADS), is_head=True)
    body = (
        f"{_paragraph(heading(table), is_bold=True)}<w:tbl><w:tblPr><w:tblBorders>{_EDGES}"
        f"</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}"
        f"{''.join(_row(cells) for cells in table.rows)}</w:tbl>{_paragraph('')}{_LANDSCAPE}"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONS)
        package.writestr(
            "word/document.xml",
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
        )
    return target.getvalue()


def _row(cells: tuple[str, ...], *, is_head: bool = False) -> str:
    repeated = "<w:trPr><w:tblHeader/></w:trPr>" if is_head else ""
    drawn = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width * _TWENTIETHS}" w:type="dxa"/></w:tcPr>'
        f"{''.join(_paragraph(line, is_bold=is_head) for line in said.split(chr(10)))}</w:tc>"
        for said, width in zip(cells, HEADS.values(), strict=True)
    )
    return f"<w:tr>{repeated}{drawn}</w:tr>"


def _paragraph(text: str, *, is_bold: bool = False) -> str:
    bold = "<w:rPr><w:b/></w:rPr>" if is_bold else ""
    return f'<w:p><w:r>{bold}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
