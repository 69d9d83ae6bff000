"""The paragraph styles of a document in Word: the names a clerk picks, and how each is set.

Sizes, faces and indents are those of GB/T 9704-2012; a reader knows a paragraph by its style.
"""

from typing import Literal, NamedTuple

from issues.notices.fonts.faces import FaceRole
from issues.notices.page import metrics
from issues.notices.page.document import Level

Align = Literal["left", "center", "right", "both"]
Zone = Literal["head", "body", "tail"]
FONTS = {
    FaceRole.FANGSONG: "仿宋_GB2312",
    FaceRole.TITLE: "方正小标宋简体",
    FaceRole.HEI: "黑体",
    FaceRole.KAI: "楷体_GB2312",
    FaceRole.SONG: "宋体",
}
LATIN = "Times New Roman"
"""Of digits and letters."""
RED = "FF0000"


class Style(NamedTuple):
    """`first`, `left`, `right` are indents in characters; `outline` counts from 0.

    `zone`: whether it stands before the body, in it, or behind it.
    """

    id: str
    name: str
    zone: Zone
    role: FaceRole = FaceRole.FANGSONG
    size: float = metrics.BODY
    align: Align = "both"
    first: int = 0
    left: int = 0
    right: int = 0
    outline: int | None = None
    next: str = ""
    colour: str = ""
    keeps: bool = False


MARK = Style(
    "Mark", "发文机关标志", "head", FaceRole.TITLE, metrics.MARK_SIZE, "center", colour=RED
)
NUMBER = Style("Number", "发文字号", "head", align="center")
CLASS = Style("Classification", "密级和紧急程度", "head", FaceRole.HEI, align="left")
TITLE = Style("DocTitle", "公文标题", "head", FaceRole.TITLE, metrics.TITLE, "center", next="To")
TO = Style("To", "主送机关", "head", next="Body")
TEXT = Style("Body", "公文正文", "body", first=2)
FIRST = Style(
    "Level1", "公文一级标题", "body", FaceRole.HEI, first=2, outline=0, next="Body", keeps=True
)
SECOND = Style("Level2", "公文二级标题", "body", FaceRole.KAI, first=2, outline=1, next="Body")
THIRD = Style("Level3", "公文三级标题", "body", first=2, outline=2, next="Body")
FOURTH = Style("Level4", "公文四级标题", "body", first=2, outline=3, next="Body")
PEOPLE = Style("People", "参会人员", "tail", first=2)
LISTED = Style("Listed", "附件说明", "tail", align="left", first=2, keeps=True)
SIGNER = Style("Signer", "发文机关署名", "tail", align="right", next="Date", keeps=True)
DATE = Style("Date", "成文日期", "tail", align="right", right=4)
NOTE = Style("Note", "附注", "tail", align="left", first=2)
ANNEX = Style("Annex", "附件序号", "tail", FaceRole.HEI, align="left", next="AnnexTitle")
ANNEX_TITLE = Style(
    "AnnexTitle", "附件标题", "tail", FaceRole.TITLE, metrics.TITLE, "center", next="Body"
)
CELL = Style("Cell", "表格文字", "tail", size=metrics.CELL_TEXT, align="left")
CELL_HEAD = Style("CellHead", "表格标题", "tail", FaceRole.HEI, metrics.CELL_TEXT, "center")
IMPRINT = Style("Imprint", "版记", "tail", size=metrics.SMALL, align="left", left=1, right=1)
FOLIO = Style("Folio", "页码", "tail", FaceRole.SONG, metrics.SMALL)
MARGIN = Style("Margin", "边注", "tail", size=metrics.CAPTION, align="center")

STYLES = (
    TEXT, FIRST, SECOND, THIRD, FOURTH, MARK, NUMBER, CLASS, TITLE, TO, PEOPLE, LISTED, SIGNER,
    DATE, NOTE, ANNEX, ANNEX_TITLE, CELL, CELL_HEAD, IMPRINT, FOLIO, MARGIN,
)  # fmt: skip
"""The first is the default: what a clerk types anew is body text."""
BY_LEVEL = {
    Level.TEXT: TEXT, Level.FIRST: FIRST, Level.SECOND: SECOND, Level.THIRD: THIRD,
    Level.FOURTH: FOURTH,
}  # fmt: skip
LEVEL_OF = {style.name: level for level, style in BY_LEVEL.items()}
ZONES = {style.name: style.zone for style in STYLES}
ENDS = frozenset({SIGNER.name, DATE.name, ANNEX.name, ANNEX_TITLE.name, IMPRINT.name, PEOPLE.name})
"""Where one of them stands the body is over; an 附件说明 may stand before more of it."""
