"""Pictures, comments and words that lie in cells or over them: where, and what they say.

None is a cell's value: a picture may be taken in as evidence, see issues/exchange/pictures.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from issues.exchange.pictures.parts import (
    RICH,
    embedded,
    media_of,
    part,
    relations,
    walk,
)
from issues.exchange.workbook.package import Package
from issues.exchange.workbook.places import COMMENTER, Place, column_number
from issues.ground import signs
from issues.ground.numbers import LARGEST_ID, whole

MOST_NAMED = 2000
LONGEST_NAME = 40
LONGEST_WORDS, LONGEST_QUOTE = 2000, 60
UPLOAD = "没有导入，请在事项页作为佐证上传"
TAKE = "不作为文字读入，可作为佐证收入"
OF_PERSONS = "在举报人信息一栏，不能作为佐证收入"
_WPS = re.compile(r'=?(?:_xlfn\.)?DISPIMG\("([^"]{1,80})",?\s*\d?\)', re.IGNORECASE)
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_IN_CELL = "Excel放置在单元格中的图片"
_ANCHORS = frozenset({"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"})


class Over(NamedTuple):
    """What lies in a cell or over it: its own words, and the sentence that tells of it.

    `is_text`: somebody wrote it, wherever it stands; a picture above the table is an ornament.
    `parts` are those of the package that a picture lies in.
    """

    words: str
    sentence: str
    is_text: bool = False
    parts: tuple[str, ...] = ()

    def sealed(self) -> str:
        """The sentence where the column is about who complained."""
        return self.sentence.replace(TAKE, OF_PERSONS) if self.parts else self.sentence


def picture_of(formula: str, text: str, kind: str, rich: str | None) -> str:
    """What a cell says of the picture it holds, its key where WPS keeps it; "" for none."""
    if kind == "e" and rich:
        return f"{RICH}{rich}"
    return key_of(formula) or (key_of(text) if kind != "s" else "")


def key_of(text: str) -> str:
    """The key in WPS's formula, or in the text that a program made of it; "" in any other."""
    match = _WPS.fullmatch(text.strip()) if text[:1] in {"=", "_", "D", "d"} else None
    return match[1] if match else ""


def told(picture: str, names: Mapping[str, str], lie_in: Mapping[str, str]) -> Over:
    """What is told of a picture in a cell."""
    parts = (lie_in[picture],) if picture in lie_in else ()
    what = TAKE if parts else UPLOAD
    if picture.startswith(RICH):
        return Over("", f"这一格是{_IN_CELL}，{what}", parts=parts)
    name = names.get(picture, "")
    called = f"“{name}”" if name else ""
    return Over(name, f"这一格是WPS嵌入单元格的图片{called}，{what}", parts=parts)


def names_in_cells(package: Package) -> dict[str, str]:
    """What WPS calls the pictures of cells, by their keys."""
    names: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "cNvPr" and len(names) < MOST_NAMED:
            words = attributes.get("descr") or attributes.get("title") or ""
            names[attributes.get("name", "")] = _brief(words, LONGEST_NAME)

    walk(part(package, "xl/cellimages.xml"), start)
    return names


def over_cells(package: Package, sheet: str) -> dict[Place, list[Over]]:
    """What floats over a sheet's cells, by the cell under its upper left corner."""
    found: dict[Place, list[Over]] = {}
    related = relations(package, sheet)
    for one in (one for one in related if one.kind.endswith("/drawing")):
        drawing = _Drawing(part(package, one.target), media_of(package, one.target))
        for place, over in drawing.found:
            found.setdefault(place, []).append(over)
    for one in (one for one in related if one.kind.endswith("/comments")):
        for place, over in _Comments(part(package, one.target)).found:
            found.setdefault(place, []).append(over)
    return found


class _Comments:
    """The comments of a sheet, but those we wrote into a marked copy ourselves."""

    def __init__(self, data: bytes | None) -> None:
        self.found: list[tuple[Place, Over]] = []
        self.authors: list[str] = []
        self.reading = self.words = ""
        self.comment: dict[str, str] = {}
        walk(data, self._start, self._end, self._text)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.reading = name.rpartition(":")[2]
        if self.reading == "author":
            self.authors.append("")
        elif self.reading == "comment":
            self.comment, self.words = attributes, ""

    def _text(self, text: str) -> None:
        if self.reading == "author":
            self.authors[-1] += text
        elif self.reading == "t":
            self.words = (self.words + text)[: LONGEST_WORDS + 1]

    def _end(self, name: str) -> None:
        self.reading = ""
        match = _ADDRESS.fullmatch(self.comment.get("ref", ""))
        if name.rpartition(":")[2] != "comment" or match is None or self._is_ours():
            return
        if self.words.strip() and len(self.found) < MOST_NAMED:
            place = whole(match[2], 1, LARGEST_ID) or 1, column_number(match[1])
            told = f"批注“{_brief(self.words, LONGEST_QUOTE)}”没有导入，需要保留的请填入单元格"
            self.found.append((place, Over(self.words.strip(), told, is_text=True)))

    def _is_ours(self) -> bool:
        number = whole(self.comment.get("authorId", ""), 0, LARGEST_ID)
        return number is not None and self.authors[number : number + 1] == [COMMENTER]


class _Drawing:
    """`media`: the parts of the pictures it shows, by their relations."""

    def __init__(self, data: bytes | None, media: Mapping[str, str]) -> None:
        self.media = media
        self.parts: list[str] = []
        self.found: list[tuple[Place, Over]] = []
        self.reading = ""
        self.at = {"row": "", "col": ""}
        self.is_from = False
        self.pictures, self.name, self.words = 0, "", ""
        walk(data, self._start, self._end, self._text)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = self.reading = name.rpartition(":")[2]
        if name in _ANCHORS:
            self.at = {"row": "", "col": ""}
            self.pictures, self.name, self.words = 0, "", ""
            self.parts = []
        elif name == "from":
            self.is_from = True
        elif name == "pic":
            self.pictures += 1
        elif name == "blip" and embedded(attributes) in self.media:
            self.parts.append(self.media[embedded(attributes)])
        elif name == "cNvPr":
            self.name = self.name or attributes.get("descr") or attributes.get("name", "")

    def _text(self, text: str) -> None:
        if self.is_from and self.reading in self.at:
            self.at[self.reading] += text.strip()
        elif self.reading == "t":
            self.words = (self.words + text)[: LONGEST_WORDS + 1]

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        self.reading = ""
        if name == "from":
            self.is_from = False
        elif name in _ANCHORS and len(self.found) < MOST_NAMED:
            row, column = (whole(self.at[key] or "0", 0, LARGEST_ID) for key in ("row", "col"))
            for one in self._told():
                self.found.append((((row or 0) + 1, (column or 0) + 1), one))

    def _told(self) -> list[Over]:
        said = []
        if self.pictures:
            called = f"“{_brief(self.name, LONGEST_NAME)}”" if self.name else ""
            count = f"{self.pictures}张" if self.pictures > 1 else ""
            parts = tuple(dict.fromkeys(self.parts))
            what = TAKE if parts else UPLOAD
            said.append(Over(self.name, f"这里浮着{count}图片{called}，{what}", parts=parts))
        if words := self.words.strip():
            quoted = _brief(words, LONGEST_QUOTE)
            sentence = f"文本框里的文字“{quoted}”没有导入，请填入单元格"
            said.append(Over(words, sentence, is_text=True))
        return said


def _brief(text: str, longest: int) -> str:
    words = " ".join(signs.bare(text).split())
    return words if len(words) <= longest else f"{words[:longest]}…"
