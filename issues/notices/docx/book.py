"""What stands beside the words of a DOCX: styles, settings, margins, what it says of itself."""

import math

from issues.ground import practice
from issues.ground.packed.markup import part, tag, words
from issues.notices.docx.pieces import LINE, TWIPS, fonts, indent, paragraph, run, twips, w
from issues.notices.docx.styles import FOLIO, MARGIN, STYLES, TEXT, Style
from issues.notices.page import metrics
from issues.notices.page.document import Document
from issues.notices.page.gongwen import DRAFT_NOTE, EXAMPLE_NOTE

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PARTS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = f"{_PACKAGE}/metadata/core-properties"
NORMAL = "Normal"
TAIL_LINE = 16.0
"""Points of the line a page number stands on."""


def styles() -> bytes:
    drawn = tag(
        "w:pPr",
        *(w(name, 0) for name in ("autoSpaceDE", "autoSpaceDN", "snapToGrid")),
        w("spacing", before=0, after=0, line=twips(LINE), lineRule="exact"),
    )
    letters = tag("w:rPr", fonts(TEXT.role), _size(TEXT), w("lang", LANGUAGE, eastAsia=LANGUAGE))
    defaults = tag("w:docDefaults", tag("w:rPrDefault", letters), tag("w:pPrDefault", drawn))
    normal = tag(
        "w:style", w("name", NORMAL), w("qFormat"), tag("w:pPr", w("jc", "both")),
        w__type="paragraph", w__default=1, w__styleId=NORMAL,
    )  # fmt: skip
    return part(_root("styles", defaults, normal, *map(_style, STYLES)))


LANGUAGE = "zh-CN"


def _style(one: Style) -> str:
    return tag(
        "w:style",
        w("name", one.name),
        w("basedOn", NORMAL),
        w("next", one.next) if one.next else "",
        w("qFormat"),
        tag("w:pPr", _paragraph_of(one)),
        tag("w:rPr", fonts(one.role), w("color", one.colour) if one.colour else "", _size(one)),
        w__type="paragraph",
        w__customStyle=1,
        w__styleId=one.id,
    )


def _paragraph_of(one: Style) -> str:
    line = one.size + LEADING if one.size not in _ON_GRID else LINE
    return "".join(
        (
            w("keepNext") if one.keeps else "",
            w("spacing", line=twips(line), lineRule="exact") if line != LINE else "",
            indent(one.first or None, one.left, one.right),
            w("jc", one.align),
            w("outlineLvl", one.outline) if one.outline is not None else "",
        )
    )


_ON_GRID = frozenset({metrics.BODY, metrics.TITLE})
LEADING = 4.0
TIGHTER = math.floor((metrics.CELL - metrics.BODY) * TWIPS)
"""28 characters of the body are a line: each is this much narrower than its em."""


def _size(one: Style) -> str:
    half_points = round(2 * one.size)
    drawn = w("spacing", TIGHTER) if one.size == metrics.BODY else ""
    return drawn + w("sz", half_points) + w("szCs", half_points)


def settings() -> bytes:
    """Odd and even pages differ in where their number stands."""
    modern = tag(
        "w:compat",
        w("compatSetting", 15, name="compatibilityMode", uri="http://schemas.microsoft.com/office/word"),
    )  # fmt: skip
    return part(
        _root(
            "settings",
            w("evenAndOddHeaders"),
            w("characterSpacingControl", "doNotCompress"),
            modern,
        )
    )


def header(document: Document) -> bytes:
    """What the margin of a page says; nothing where there is nothing to say."""
    notes = [EXAMPLE_NOTE] if document.example else []
    notes += [DRAFT_NOTE] if document.draft else []
    notes += [practice.NOTE] if practice.is_practice() else []
    return part(_root("hdr", paragraph(MARGIN, run("；".join(notes)))))


def footer(align: str) -> bytes:
    """The number of the page between its dashes, one character in from the edge."""
    number = tag("w:fldSimple", run("1"), w__instr=" PAGE ")
    inwards = indent(None, left=1) if align == "left" else indent(None, right=1)
    sides = inwards + w("jc", align)
    return part(_root("ftr", paragraph(FOLIO, run("— "), number, run(" —"), drawn=sides)))


def letter_footer() -> bytes:
    """The double line at the foot of a 信函's first page, which bears no number."""
    line = tag("w:pBdr", w("bottom", "thinThickSmallGap", sz=24, space=0, color="FF0000"))
    return part(_root("ftr", paragraph(FOLIO, drawn=line + wide())))


def wide() -> str:
    """A paragraph as wide as the lines of a 信函."""
    edge = (metrics.PAGE_WIDTH - metrics.LETTER_RULE_WIDTH) / 2
    left, right = metrics.LEFT - edge, metrics.PAGE_WIDTH - edge - metrics.RIGHT
    return w("ind", left=-twips(left), right=-twips(right), firstLine=0)


def section(*, is_letter: bool, lies: bool) -> str:
    """A4, the text area of 156 mm by 225 mm, 22 lines of 28 characters; or the same lying."""
    width, height = twips(metrics.PAGE_WIDTH), twips(metrics.PAGE_HEIGHT)
    foot = metrics.PAGE_HEIGHT - metrics.BOTTOM
    if lies:
        return _lying(width, height)
    named = [("header", kind, "header") for kind in _PAGES]
    named += [("footer", "default", "odd"), ("footer", "even", "even")]
    named += [("footer", "first", "letter" if is_letter else "odd")]
    return tag(
        "w:sectPr",
        *(tag(f"w:{what}Reference", w__type=kind, r__id=name) for what, kind, name in named),
        w("pgSz", w=width, h=height),
        w(
            "pgMar", top=twips(metrics.TOP), bottom=twips(foot), left=twips(metrics.LEFT),
            right=width - twips(metrics.RIGHT), gutter=0, header=twips(NOTE_TOP),
            footer=twips(foot - metrics.PAGE_NUMBER_BELOW - TAIL_LINE / 2),
        ),
        w("titlePg") if is_letter else "",
        w("docGrid", type="lines", linePitch=int(LINE * TWIPS)),
    )  # fmt: skip


def _lying(width: int, height: int) -> str:
    """The head is on the right of the upright sheet, as a reader turns it."""
    files = {"header": ("header", "header"), "footer": ("odd", "even")}
    return tag(
        "w:sectPr",
        *(
            tag(f"w:{what}Reference", w__type=kind, r__id=file)
            for what, pair in files.items()
            for kind, file in zip(("default", "even"), pair, strict=True)
        ),
        w("pgSz", w=height, h=width, orient="landscape"),
        w(
            "pgMar", top=twips(metrics.LEFT), bottom=width - twips(metrics.RIGHT),
            left=height - twips(metrics.BOTTOM), right=twips(metrics.TOP), gutter=0,
            header=twips(NOTE_TOP), footer=twips(NOTE_TOP),
        ),
        w("docGrid", type="lines", linePitch=int(LINE * TWIPS)),
    )  # fmt: skip


_PAGES = ("default", "even", "first")
NOTE_TOP = 15 * metrics.MM


def about(document: Document) -> bytes:
    """Title and author, and no day: none is known of what is still to be changed."""
    dc = "http://purl.org/dc/elements/1.1/"
    told = tag("dc:title", words(practice.named(document.title)))
    told += tag("dc:creator", words(document.signer)) + tag("dc:language", LANGUAGE)
    return part(tag("cp:coreProperties", told, xmlns__cp=_CORE, xmlns__dc=dc))


def content_types() -> bytes:
    main = {"document": "document.main", "styles": "styles", "settings": "settings"}
    kinds = {f"/word/{name}.xml": f"{_PARTS}.{kind}+xml" for name, kind in main.items()}
    kinds["/word/header.xml"] = f"{_PARTS}.header+xml"
    kinds |= {f"/word/{name}.xml": f"{_PARTS}.footer+xml" for name in ("odd", "even", "letter")}
    kinds["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    listed = "".join(tag("Override", PartName=name, ContentType=k) for name, k in kinds.items())
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    default = tag("Default", Extension="rels", ContentType=relations)
    return part(tag("Types", default, listed, xmlns=f"{_PACKAGE}/content-types"))


def relations() -> bytes:
    """From the package to its document and to what that says of itself."""
    return _relations(
        ("document", f"{R}/officeDocument", "word/document.xml"),
        ("core", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    )


def document_relations() -> bytes:
    named = [(name, f"{R}/{name}", f"{name}.xml") for name in ("styles", "settings", "header")]
    named += [(name, f"{R}/footer", f"{name}.xml") for name in ("odd", "even", "letter")]
    return _relations(*named)


def _relations(*named: tuple[str, str, str]) -> bytes:
    listed = (tag("Relationship", Id=key, Type=kind, Target=to) for key, kind, to in named)
    return part(tag("Relationships", *listed, xmlns=f"{_PACKAGE}/relationships"))


def _root(name: str, *inside: str) -> str:
    return tag(f"w:{name}", *inside, xmlns__w=W, xmlns__r=R)


def document_root(*inside: str) -> bytes:
    return part(_root("document", tag("w:body", *inside)))
