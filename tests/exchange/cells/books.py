"""Workbooks as other programs write them: cells put in by hand, with formats of their own."""

import io
import re
import zipfile
from datetime import date
from xml.sax.saxutils import escape

from handmade import register
from openpyxl import load_workbook
from sheets import repacked, saved

SHEET, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"
RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"
NUMBERED, PROBLEM, ASSIGNED, DUE = "B5", "F5", "L5", "M5"
STEP, STEP_DUE, STEP_DONE, CLOSED, REMARK = "O5", "P5", "Q5", "R5", "S5"
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"
RELATED = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "{}</Relationships>"
)
DRAWN = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{}</xdr:wsDr>'
)


def part(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def day(on, epoch=date(1899, 12, 30)):
    """The number of a day in a sheet."""
    return (on - epoch).days


def raw(cells, content=None, parts=None, formats=(), sheet=lambda xml: xml):
    """A register with the XML of some cells put in, as {address: inner XML or (attributes, XML)}.

    `formats` are those of the styles s="1", s="2" …
    """
    content = content or register()
    xml = part(content, SHEET)
    for address, said in cells.items():
        attributes, inner = said if isinstance(said, tuple) else ("", said)
        xml = put(xml, address, f'<c r="{address}" {attributes}>{inner}</c>')
    changed = {SHEET: sheet(xml)} | (parts or {})
    if formats:
        changed[STYLES] = with_formats(part(content, STYLES), formats)
    return repacked(content, {name: text.encode() for name, text in changed.items()})


def put(xml, address, cell):
    """In place of the cell of that address, or at its place in its row."""
    row = re.search(r"\d+", address)[0]
    xml = re.sub(rf'<c r="{address}"(?:[^>]*/>|.*?</c>)', "", xml, flags=re.DOTALL)
    found = re.search(rf'<row r="{row}".*?</row>', xml, flags=re.DOTALL)
    if found is None:
        return xml.replace("</sheetData>", f'<row r="{row}">{cell}</row></sheetData>')
    cells = re.findall(r"<c r=.*?(?:/>|</c>)", found[0], flags=re.DOTALL)
    before = [one for one in cells if column(one) < column(cell)]
    end = found[0].index(before[-1]) + len(before[-1]) if before else found[0].index(">") + 1
    return xml.replace(found[0], found[0][:end] + cell + found[0][end:])


def column(cell):
    letters = re.search(r'r="([A-Z]+)', cell)[1]
    return len(letters), letters


def with_formats(styles, formats):
    """Styles of our own behind the plain one: a number is one that no workbook spells out."""
    codes = {place: code for place, code in enumerate(formats, start=200) if isinstance(code, str)}
    spelt = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for number, code in codes.items()
    )
    numbers = [place if place in codes else code for place, code in enumerate(formats, start=200)]
    styled = "".join(f'<xf numFmtId="{number}" fontId="0"/>' for number in numbers)
    styles = re.sub(r"<numFmts.*?(?:/>|</numFmts>)", "", styles, count=1, flags=re.DOTALL)
    styles = styles.replace("<fonts", f"<numFmts>{spelt}</numFmts><fonts", 1)
    return re.sub(
        r"<cellXfs.*?</cellXfs>",
        f'<cellXfs><xf numFmtId="0" fontId="0"/>{styled}</cellXfs>',
        styles,
        count=1,
        flags=re.DOTALL,
    )


def shown(value, code, address=DUE):
    """A register with a number in a cell, under a format."""
    return raw({address: ('s="1"', f"<v>{value}</v>")}, formats=[code])


def drawn(anchors, content=None, target="../drawings/drawing1.xml"):
    """A register with a drawing over its sheet."""
    relation = f'<Relationship Id="rId1" Type="{TYPE}" Target="{target}"/>'
    parts = {RELATIONS: RELATED.format(relation), "xl/drawings/drawing1.xml": DRAWN.format(anchors)}
    return raw({}, content, parts)


def anchor(row, column, inside):
    return (
        f"<xdr:twoCellAnchor><xdr:from><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
        f"<xdr:to><xdr:col>9</xdr:col><xdr:row>9</xdr:row></xdr:to>{inside}<xdr:clientData/>"
        "</xdr:twoCellAnchor>"
    )


def picture(name):
    called = f'<xdr:cNvPr id="2" name="图片 1" descr="{name}"/>'
    return f"<xdr:pic><xdr:nvPicPr>{called}</xdr:nvPicPr></xdr:pic>"


def edited(edit, content=None):
    """A register changed by openpyxl: `edit` is given its sheet."""
    workbook = load_workbook(io.BytesIO(content or register()))
    edit(workbook.active)
    return saved(workbook)
