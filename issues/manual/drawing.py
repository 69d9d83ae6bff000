"""A text of the manual as HTML: plain Markdown, without any HTML of its own.

Links to other files of the manual lead to their chapters, pictures to where the product shows them.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

import defusedxml.ElementTree
from markdown import Markdown

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—"
_BROKEN = re.compile(rf"(?<=[{_WIDE}])\n\s*(?=[{_WIDE}]|$)|^\n\s*(?=[{_WIDE}])")
"""A line end between Chinese signs is where a line was broken, and parts nothing."""
_NO_SIGN = re.compile(r"[^\w-]")
HEADINGS = ("h1", "h2", "h3", "h4")
AS_WRITTEN = frozenset({"pre", "code"})


class Part(NamedTuple):
    """What stands below one heading, as plain text."""

    anchor: str
    heading: str
    level: int
    text: str


class Drawn(NamedTuple):
    """`title` is the first heading, which `html` leaves out; `parts` begin with what it heads."""

    title: str
    html: str
    parts: tuple[Part, ...]


def anchor_of(heading: str) -> str:
    """As the repository's own pages name a heading: its letters, in lower case."""
    return _NO_SIGN.sub("", heading.strip().lower().replace(" ", "-"))


def drawn(
    text: str,
    link: Callable[[str], str],
    picture: Callable[[str], str],
    prefix: str = "",
    by: int = 0,
) -> Drawn:
    """`prefix` begins each anchor and `by` lowers each heading, where several stand on one page."""
    root = _tree(text)
    title = root[0]
    root.remove(title)
    named = "".join(title.itertext())
    parts = tuple(_parts(root, named))
    anchors = iter([part.anchor for part in parts[1:]])
    for above in list(root.iter()):
        _shape(above, link, picture)
    for heading in [one for one in root if one.tag in HEADINGS]:
        heading.set("id", f"{prefix}{next(anchors)}")
        heading.tag = f"h{_level(heading) + by}"
    html = "".join(tostring(one, "unicode", method="html") for one in root)
    return Drawn(named, html, parts)


def _tree(text: str) -> Element:
    reader = Markdown(extensions=["tables", "fenced_code", "sane_lists"])
    reader.preprocessors.deregister("html_block")
    reader.inlinePatterns.deregister("html")
    root: Element = defusedxml.ElementTree.fromstring(f"<div>{reader.convert(text)}</div>")
    for one in root.iter():
        if one.tag not in AS_WRITTEN:
            one.text = _BROKEN.sub("", one.text or "")
        one.tail = _BROKEN.sub("", one.tail or "")
    return root


def _parts(root: Element, title: str) -> Iterator[Part]:
    """The text below each heading; a heading that comes again has its number at its anchor."""
    anchor, heading, level, said = "", title, 1, list[str]()
    known: set[str] = set()
    for one in root:
        if one.tag not in HEADINGS:
            said.append(" ".join(filter(None, map(str.strip, one.itertext()))))
            continue
        yield Part(anchor, heading, level, " ".join(said))
        heading, level, said = "".join(one.itertext()), _level(one), []
        anchor = anchor_of(heading)
        if anchor in known:
            anchor = f"{anchor}-{len(known)}"
        known.add(anchor)
    yield Part(anchor, heading, level, " ".join(said))


def _level(heading: Element) -> int:
    return HEADINGS.index(heading.tag) + 1


def _shape(above: Element, link: Callable[[str], str], picture: Callable[[str], str]) -> None:
    if above.tag == "a":
        above.set("href", link(above.get("href", "")))
    for place, one in enumerate(list(above)):
        if one.tag == "table":
            _framed(above, place, one)
        elif one.tag == "p" and len(one) == 1 and one[0].tag == "img" and not one.text:
            _pictured(one, picture)


def _framed(above: Element, place: int, table: Element) -> None:
    """A table scrolls inside its own frame."""
    heads = "、".join("".join(head.itertext()) for head in table.iter("th"))
    label = {"class": "table-frame", "tabindex": "0", "role": "region", "aria-label": heads}
    frame = Element("div", label)
    table.set("class", "ledger")
    table.tail = None
    above.remove(table)
    frame.append(table)
    above.insert(place, frame)


def _pictured(paragraph: Element, picture: Callable[[str], str]) -> None:
    image: Any = paragraph[0]
    paragraph.tag = "figure"
    image.set("src", picture(image.get("src")))
    image.set("loading", "lazy")
    SubElement(paragraph, "figcaption").text = image.get("alt")
