"""WordprocessingML (GB/T 31906, ISO/IEC 29500-1) in small pieces: runs, paragraphs, tables."""

from collections.abc import Sequence

from issues.ground.packed.markup import tag, words
from issues.notices.docx.styles import CELL, CELL_HEAD, FONTS, LATIN, Style
from issues.notices.fonts.faces import FaceRole
from issues.notices.page import metrics
from issues.notices.page.document import Table

TWIPS = 20
"""Of a point."""
LINE = metrics.HEIGHT / metrics.LINES
"""Word gives each of 22 lines the whole pitch, the last one too."""
CHARACTER = 100
"""A character in the units Word counts indents in."""
BREAK = "\n"
TAB = tag("w:r", tag("w:tab"))
CELL_RULE = 4
"""Eighths of a point."""


def twips(points: float) -> int:
    return round(points * TWIPS)


def w(name: str, value: object = None, /, **attributes: object) -> str:
    """An empty element with its value and attributes in the namespace of the words."""
    own = {f"w__{key}": one for key, one in attributes.items()}
    return tag(f"w:{name}", w__val=value, **own)


def fonts(role: FaceRole) -> str:
    name = FONTS[role]
    return w("rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=name, cs=LATIN)


def run(text: str, drawn: str = "") -> str:
    """A line end within is Word's soft break; the tab behind it stands for the indent."""
    pieces = []
    for number, line in enumerate(text.split(BREAK)):
        if number:
            pieces += [tag("w:br"), tag("w:tab")]
        if line:
            pieces.append(tag("w:t", words(line), xml__space="preserve"))
    if not pieces:
        return ""
    return tag("w:r", tag("w:rPr", drawn) if drawn else "", *pieces)


def paragraph(style: Style, *runs: str, drawn: str = "") -> str:
    """`drawn`: what this paragraph alone differs in, in the order Word's schema asks for."""
    return tag("w:p", tag("w:pPr", w("pStyle", style.id), drawn), *runs)


def indent(
    first: float | None = None, left: float = 0, right: float = 0, hanging: float = 0
) -> str:
    """In characters of the body. `first` is written even where it is nothing."""
    told: dict[str, object] = {}
    sides = {"left": left, "right": right, "hanging": hanging}
    for name, characters in sides.items():
        if characters:
            told[f"{name}Chars"] = round(characters * CHARACTER)
            told[name] = twips(characters * metrics.CELL)
    if first is not None:
        told |= {
            "firstLineChars": round(first * CHARACTER),
            "firstLine": twips(first * metrics.CELL),
        }
    return w("ind", **told) if told else ""


def table(one: Table, width: float = metrics.WIDTH) -> str:
    """Its head is repeated on every page. `width` is that of the text area in points."""
    unit = width / sum(one.widths)
    widths = [twips(share * unit) for share in one.widths]
    rule = {"val": "single", "sz": CELL_RULE, "space": 0, "color": "000000"}
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(tag(f"w:{side}", **{f"w__{k}": v for k, v in rule.items()}) for side in sides)
    drawn = tag(
        "w:tblPr",
        w("tblW", w=sum(widths), type="dxa"),
        tag("w:tblBorders", borders),
        w("tblLayout", type="fixed"),
    )
    grid = tag("w:tblGrid", *(w("gridCol", w=width) for width in widths))
    rows = [_row(one.heads, widths, "c" * len(widths), CELL_HEAD, one.row_mm)] if one.heads else []
    aligns = one.aligns.ljust(len(widths), "l")
    listed = [*one.rows, one.total] if one.total else one.rows
    rows += [_row(cells, widths, aligns, CELL, one.row_mm) for cells in listed]
    return tag("w:tbl", drawn, grid, *rows)


def _row(
    cells: Sequence[str], widths: Sequence[int], aligns: str, style: Style, height_mm: float
) -> str:
    height = w("trHeight", round(height_mm * metrics.MM * TWIPS), hRule="atLeast")
    head = w("tblHeader") if style is CELL_HEAD else ""
    drawn = tag("w:trPr", height, head)
    padded = [*cells, *[""] * (len(widths) - len(cells))]
    return tag("w:tr", drawn, *map(_cell, padded, widths, aligns, [style] * len(widths)))


def _cell(text: str, width: int, align: str, style: Style) -> str:
    drawn = tag("w:tcPr", w("tcW", w=width, type="dxa"), w("vAlign", "center"))
    middle = w("jc", "center") if align == "c" else ""
    lines = text.splitlines() or [""]
    return tag("w:tc", drawn, *(paragraph(style, run(line), drawn=middle) for line in lines))
