"""The paragraphs of a DOCX with what they are called in it: style, outline level, indent, number.

Runs in the limited process alone; see decoder.py. A DOCX was proven before it is read here. What
was struck out under tracked changes is gone, what was put in is there; hidden text is not seen.
"""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

import defusedxml.ElementTree

from issues.evidence.decoding.texts import MOST_PART, MOST_SIGNS, Counter, W, levels_of
from issues.ground.numbers import whole

STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
LONGEST_CHAIN = 12
PLAIN = 9
"""The outline level of body text, where a paragraph says its own."""
_BLOCKS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_RUNS = _BLOCKS | frozenset(
    f"{W}{name}"
    for name in ("hyperlink", "smartTag", "fldSimple", "dir", "bdo", "ruby", "rubyBase")
)
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OFF = frozenset({"0", "false", "off", "none"})


class Styled(NamedTuple):
    """`styles`: its style's name and those it is based on. `outline` from 0, None without one.

    `says_plain`: the paragraph itself, not its style, says that it is body text. `has_indent`: of
    its first line, where the paragraph itself says so. `number` is what Word drew before it.
    `is_row`: the cells of a row of a table, tabs between.
    """

    text: str
    styles: tuple[str, ...] = ()
    outline: int | None = None
    says_plain: bool = False
    has_indent: bool | None = None
    number: str = ""
    is_row: bool = False


class _Style(NamedTuple):
    name: str
    base: str
    drawn: Element | None


def styled_of(path: Path) -> str | None:
    """As JSON, a list a paragraph in the order of `Styled`; None of more than anybody reads."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        body = _part(archive, "word/document.xml").find(f"{W}body")
        book = _book(_part(archive, _STYLES)) if _STYLES in names else {}
        lists = levels_of(_part(archive, _NUMBERING)) if _NUMBERING in names else {}
    found = list(_joined(_paragraphs(body, book, Counter(lists)))) if body is not None else []
    if sum(len(one.text) for one in found) > MOST_SIGNS:
        return None
    return json.dumps(found, ensure_ascii=False)


_STYLES, _NUMBERING = "word/styles.xml", "word/numbering.xml"


def _part(archive: zipfile.ZipFile, name: str) -> Element:
    if archive.getinfo(name).file_size > MOST_PART:
        raise ValueError(name)
    data = archive.read(name).replace(STRICT, W[1:-1].encode())
    return defusedxml.ElementTree.fromstring(data, forbid_dtd=True)


def _book(root: Element) -> dict[str, _Style]:
    """The paragraph styles by id; the default one under no id as well."""
    found = {}
    for one in root.iter(f"{W}style"):
        if one.get(f"{W}type") == "paragraph":
            style = _Style(_said(one, "name"), _said(one, "basedOn"), one.find(f"{W}pPr"))
            found[one.get(f"{W}styleId", "")] = style
            if one.get(f"{W}default") in ("1", "true"):
                found[""] = style
    return found


def _joined(found: Iterator[tuple[Styled, bool]]) -> Iterator[Styled]:
    """A paragraph whose end was struck out goes on in the next one."""
    held: Styled | None = None
    for one, goes_on in found:
        whole = one if held is None else held._replace(text=held.text + one.text)
        held = whole if goes_on else None
        if held is None:
            yield whole
    if held is not None:
        yield held


def _paragraphs(
    block: Element, book: dict[str, _Style], counter: Counter
) -> Iterator[tuple[Styled, bool]]:
    """In their order; the rows of a table each as one, and nothing of a text box."""
    for one in _blocks(block):
        if one.tag == f"{W}p":
            yield _paragraph(one, book, counter)
        else:
            for row in one.iter(f"{W}tr"):
                cells = (" ".join(_words(p) for p in c.iter(f"{W}p")) for c in row.iter(f"{W}tc"))
                yield Styled("\t".join(map(str.strip, cells)), is_row=True), False


def _blocks(block: Element) -> Iterator[Element]:
    for one in block:
        if one.tag in (f"{W}p", f"{W}tbl"):
            yield one
        elif one.tag in _BLOCKS:
            yield from _blocks(one)


def _paragraph(
    paragraph: Element, book: dict[str, _Style], counter: Counter
) -> tuple[Styled, bool]:
    own = paragraph.find(f"{W}pPr")
    chain = _chain("" if own is None else _said(own, "pStyle"), book)
    drawn = [one for one in (own, *(style.drawn for style in chain)) if one is not None]
    outline = next((said for one in drawn if (said := _said(one, "outlineLvl"))), "")
    level = whole(outline, 0, PLAIN)
    place = next((one for part in drawn if (one := part.find(f"{W}numPr")) is not None), None)
    goes_on = own is not None and own.find(f"{W}rPr/{W}del") is not None
    return Styled(
        text=_words(paragraph),
        styles=tuple(style.name for style in chain),
        outline=None if level == PLAIN else level,
        says_plain=own is not None and _said(own, "outlineLvl") == str(PLAIN),
        has_indent=_indent(own),
        number=counter.drawn(place),
    ), goes_on


def _chain(name: str, book: dict[str, _Style]) -> list[_Style]:
    found: list[_Style] = []
    style = book.get(name) or book.get("")
    while style is not None and style not in found and len(found) < LONGEST_CHAIN:
        found.append(style)
        style = book.get(style.base) if style.base else None
    return found


def _indent(own: Element | None) -> bool | None:
    indent = None if own is None else own.find(f"{W}ind")
    if indent is None:
        return None
    said = [indent.get(f"{W}{name}") for name in ("firstLineChars", "firstLine")]
    figures = [one for one in said if one is not None]
    return any(one.strip("-+0") for one in figures) if figures else None


def _words(of: Element) -> str:
    return "".join(_pieces(of))


def _pieces(of: Element) -> Iterator[str]:
    """What a reader sees with all changes accepted; a page break within is no line."""
    for one in of:
        if one.tag == f"{W}r":
            if not _is_hidden(one):
                yield from _run(one)
        elif one.tag in _RUNS:
            yield from _pieces(one)


def _run(run: Element) -> Iterator[str]:
    for one in run:
        name = one.tag.removeprefix(W)
        if name == "t":
            yield (one.text or "").replace("\n", " ")
        elif name == "br" and one.get(f"{W}type") in ("page", "column"):
            yield " "
        elif one.tag.startswith(W) and name in _SIGNS:
            yield _SIGNS[name]
        elif one.tag == f"{W}ruby":
            yield from (_words(base) for base in one.iter(f"{W}rubyBase"))


def _is_hidden(run: Element) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and hidden.get(f"{W}val", "1") not in _OFF


def _said(of: Element, name: str) -> str:
    found = of.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")
