"""All the words of a DOCX or a PDF, a line a paragraph, the cells of a row between tabs.

Runs in the limited process alone; see decoder.py. A DOCX was proven before it is read here. The
numbers that Word draws by itself (一、 1.) stand in no text: they are counted here as it does.
"""

import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

import defusedxml.ElementTree

MOST_SIGNS = 400_000
MOST_PAGES = 300
MOST_SPANNED, MOST_REPEATED = 63, 1000
"""Word draws no more columns; of longer words a row that is merged says nothing again."""
MOST_PART = 16 * 1024 * 1024
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HAN = "零一二三四五六七八九"
_CHINESE = ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital")
_CIRCLED, _MOST_CIRCLED = "decimalEnclosedCircle", 20


class _Level(NamedTuple):
    form: str
    text: str
    start: int


def text_of(path: Path, kind: str) -> str | None:
    """None where there are more words than anybody reads at once."""
    lines = _of_pdf(path) if kind.startswith("PDF") else _of_docx(path)
    held, size = [], 0
    for line in lines:
        held.append(line)
        size += len(line) + 1
        if size > MOST_SIGNS:
            return None
    return "\n".join(held)


def _of_pdf(path: Path) -> Iterator[str]:
    import pypdfium2  # noqa: PLC0415 - the others need not pay for it

    with pypdfium2.PdfDocument(path) as document:
        for number in range(min(len(document), MOST_PAGES + 1)):
            if number == MOST_PAGES:
                yield " " * MOST_SIGNS
            yield from document[number].get_textpage().get_text_range().splitlines()


def _of_docx(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        body = _xml(archive, "word/document.xml").find(f"{W}body")
        names = set(archive.namelist())
        levels = levels_of(_xml(archive, "word/numbering.xml")) if _NUMBERING in names else {}
    counter = Counter(levels)
    for block in () if body is None else body:
        if block.tag == f"{W}p":
            yield counter.mark(block) + _words(block)
        elif block.tag == f"{W}tbl":
            yield from _rows(block, counter)


_NUMBERING = "word/numbering.xml"


def _xml(archive: zipfile.ZipFile, name: str) -> Element:
    if archive.getinfo(name).file_size > MOST_PART:
        raise ValueError(name)
    return defusedxml.ElementTree.fromstring(archive.read(name), forbid_dtd=True)


def _rows(table: Element, counter: "Counter") -> Iterator[str]:
    """Each row as wide as it is drawn.

    A cell merged downwards stands in every row it spans, one merged to the right in its first
    column. A table in a cell is that cell's words.
    """
    inner = {id(one) for cell in table.iter(f"{W}tc") for one in cell.iter() if one is not cell}
    above: dict[int, str] = {}
    for row in table.iter(f"{W}tr"):
        if id(row) in inner:
            continue
        told = [""] * _figure(row.find(f"{W}trPr"), "gridBefore")
        for cell in row.iter(f"{W}tc"):
            if id(cell) in inner:
                continue
            words, drawn = _cell(cell, counter), cell.find(f"{W}tcPr")
            merge = None if drawn is None else drawn.find(f"{W}vMerge")
            if merge is not None and merge.get(f"{W}val") != "restart":
                words = words or above.get(len(told), "")
            above[len(told)] = words if len(words) <= MOST_REPEATED else ""
            told += [words, *[""] * (_figure(drawn, "gridSpan") - 1)]
        yield "\t".join(told)


def _figure(of: Element | None, name: str) -> int:
    """How many columns; none where it is not said."""
    said = "" if of is None else _value(of, name)
    return min(int(said or 0), MOST_SPANNED)  # of our own process, which a fault ends


def _cell(cell: Element, counter: "Counter") -> str:
    lines = [counter.mark(one) + _words(one) for one in cell.iter(f"{W}p")]
    return " ".join(filter(None, lines))


def _words(paragraph: Element) -> str:
    """A tab or a line end within a paragraph is a blank: both would cut it in two."""
    parts = []
    for one in paragraph.iter():
        if one.tag == f"{W}t":
            parts.append((one.text or "").replace("\t", " ").replace("\n", " "))
        elif one.tag in (f"{W}tab", f"{W}br"):
            parts.append(" ")
    return "".join(parts)


def levels_of(root: Element) -> dict[str, dict[str, _Level]]:
    """By the id of a list and the level: how its numbers are drawn."""
    drawn = {}
    for one in root.iter(f"{W}abstractNum"):
        drawn[one.get(f"{W}abstractNumId")] = {
            level.get(f"{W}ilvl", "0"): _Level(
                _value(level, "numFmt"), _value(level, "lvlText"),
                int(_value(level, "start") or 1),  # of our own process, which a fault ends
            )
            for level in one.iter(f"{W}lvl")
        }  # fmt: skip
    return {
        one.get(f"{W}numId", ""): drawn.get(_value(one, "abstractNumId"), {})
        for one in root.iter(f"{W}num")
    }


def _value(of: Element, name: str) -> str:
    found = of.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")


class Counter:
    """How far each list of the document has been counted."""

    def __init__(self, levels: dict[str, dict[str, _Level]]) -> None:
        self.levels = levels
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)

    def mark(self, paragraph: Element) -> str:
        return self.drawn(paragraph.find(f"{W}pPr/{W}numPr"))

    def drawn(self, place: Element | None) -> str:
        """By what a paragraph, or its style, says of its place in a list."""
        if place is None:
            return ""
        of, depth = _value(place, "numId"), _value(place, "ilvl") or "0"
        levels = self.levels.get(of, {})
        level = levels.get(depth)
        if level is None or level.form in ("bullet", "none", ""):
            return ""
        counts, at = self.counts[of], int(depth)
        counts[at] = counts.get(at, level.start - 1) + 1
        for deeper in [one for one in counts if one > at]:
            del counts[deeper]
        text = level.text
        for one in range(at + 1):
            form = levels.get(str(one), level).form
            text = text.replace(f"%{one + 1}", _written(counts.get(one, 1), form))
        return text


def _written(number: int, form: str) -> str:
    if form == _CIRCLED and 0 < number <= _MOST_CIRCLED:
        return chr(0x245F + number)
    if form not in _CHINESE or not 0 < number < 100:  # noqa: PLR2004 - two figures
        return str(number)
    tens, ones = divmod(number, 10)
    if not tens:
        return _HAN[ones]
    return f"{_HAN[tens] if tens > 1 else ''}十{_HAN[ones] if ones else ''}"
