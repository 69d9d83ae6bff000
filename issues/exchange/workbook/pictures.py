"""Pictures, comments and words that lie in cells or over them: where, and what they say.

None is taken over: a picture becomes evidence on its ticket's page, where its kind is told.
"""

import posixpath
import re
from collections.abc import Callable
from typing import NamedTuple
from xml.parsers import expat

from issues.exchange.workbook.package import Package, judge_xml
from issues.exchange.workbook.places import COMMENTER, Place, column_number
from issues.ground import signs
from issues.ground.numbers import LARGEST_ID, whole

MOST_NAMED = 2000
LONGEST_NAME = 40
LONGEST_WORDS, LONGEST_QUOTE = 2000, 60
UPLOAD = "没有导入，请在事项页作为佐证上传"
_WPS = re.compile(r'=?(?:_xlfn\.)?DISPIMG\("([^"]{1,80})",?\s*\d?\)', re.IGNORECASE)
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_IN_CELL = "Excel放置在单元格中的图片"
_ANCHORS = frozenset({"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"})


class Over(NamedTuple):
    """What lies in a cell or over it: its own words, and the sentence that tells of it.

    `is_text`: somebody wrote it, wherever it stands; a picture above the table is an ornament.
    """

    words: str
    sentence: str
    is_text: bool = False


def picture_of(formula: str, text: str, kind: str, rich: str | None) -> str:
    """What a cell says of the picture it holds, its key where WPS keeps it; "" for none."""
    if kind == "e" and rich:
        return _IN_CELL
    return key_of(formula) or (key_of(text) if kind != "s" else "")


def key_of(text: str) -> str:
    """The key in WPS's formula, or in the text that a program made of it; "" in any other."""
    match = _WPS.fullmatch(text.strip()) if text[:1] in {"=", "_", "D", "d"} else None
    return match[1] if match else ""


def told(picture: str, names: dict[str, str]) -> Over:
    """What is told of a picture in a cell."""
    if picture == _IN_CELL:
        return Over("", f"这一格是{picture}，{UPLOAD}")
    name = names.get(picture, "")
    called = f"“{name}”" if name else ""
    return Over(name, f"这一格是WPS嵌入单元格的图片{called}，{UPLOAD}")


def names_in_cells(package: Package) -> dict[str, str]:
    """What WPS calls the pictures of cells, by their keys."""
    names: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "cNvPr" and len(names) < MOST_NAMED:
            words = attributes.get("descr") or attributes.get("title") or ""
            names[attributes.get("name", "")] = _brief(words, LONGEST_NAME)

    _walk(_part(package, "xl/cellimages.xml"), start)
    return names


def over_cells(package: Package, sheet: str) -> dict[Place, list[Over]]:
    """What floats over a sheet's cells, by the cell under its upper left corner."""
    found: dict[Place, list[Over]] = {}
    folder, file = posixpath.split(sheet)
    for target in _related(_part(package, f"{folder}/_rels/{file}.rels"), folder, "/drawing"):
        for place, one in _Drawing(_part(package, target)).found:
            found.setdefault(place, []).append(one)
    for target in _related(_part(package, f"{folder}/_rels/{file}.rels"), folder, "/comments"):
        for place, one in _Comments(_part(package, target)).found:
            found.setdefault(place, []).append(one)
    return found


def _related(relations: bytes | None, folder: str, kind: str) -> list[str]:
    targets: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        is_link = name.rpartition(":")[2] == "Relationship"
        if is_link and attributes.get("Type", "").endswith(kind):
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            targets.append(posixpath.normpath(path))

    _walk(relations, start)
    return targets


class _Comments:
    """The comments of a sheet, but those we wrote into a marked copy ourselves."""

    def __init__(self, data: bytes | None) -> None:
        self.found: list[tuple[Place, Over]] = []
        self.authors: list[str] = []
        self.reading = self.words = ""
        self.comment: dict[str, str] = {}
        _walk(data, self._start, self._end, self._text)

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
    def __init__(self, data: bytes | None) -> None:
        self.found: list[tuple[Place, Over]] = []
        self.reading = ""
        self.at = {"row": "", "col": ""}
        self.is_from = False
        self.pictures, self.name, self.words = 0, "", ""
        _walk(data, self._start, self._end, self._text)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = self.reading = name.rpartition(":")[2]
        if name in _ANCHORS:
            self.at = {"row": "", "col": ""}
            self.pictures, self.name, self.words = 0, "", ""
        elif name == "from":
            self.is_from = True
        elif name == "pic":
            self.pictures += 1
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
            said.append(Over(self.name, f"这里浮着{count}图片{called}，{UPLOAD}"))
        if words := self.words.strip():
            quoted = _brief(words, LONGEST_QUOTE)
            sentence = f"文本框里的文字“{quoted}”没有导入，请填入单元格"
            said.append(Over(words, sentence, is_text=True))
        return said


def _brief(text: str, longest: int) -> str:
    words = " ".join(signs.bare(text).split())
    return words if len(words) <= longest else f"{words[:longest]}…"


def _part(package: Package, wanted: str) -> bytes | None:
    names = (name for name in package.beside if name.lower() == wanted.lower())
    return next((package.beside[name] for name in names), None)


def _walk(
    data: bytes | None,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    if data:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler, parser.CharacterDataHandler = end, text
        judge_xml(data, parser)
