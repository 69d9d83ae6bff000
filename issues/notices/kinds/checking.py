"""What is wrong with a template, each fault at its line, before anybody can use it."""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from issues.notices.fonts.faces import Faces
from issues.notices.kinds.named import BLOCKS, DAYS, IN_LINES, OF_TEMPLATE, ON_THEIR_OWN, TABLES
from issues.notices.kinds.template import Fault, Hole, Line, Template, Text, Unreadable, holes, read

MOST_NAMED = 5


def template_faults(text: str, faces: Faces) -> list[Fault]:
    """An empty list lets it be used."""
    return sorted({*_characters(text, faces), *unusable(text)})


@lru_cache(maxsize=64)
def unusable(text: str) -> tuple[Fault, ...]:
    """What keeps a document from being written from it: what cannot be read, fields unknown."""
    try:
        template = read(text)
    except Unreadable as error:
        return tuple(error.faults)
    found = list(_of_head(template, text.split("\n")))
    for line in template.body:
        found += _of_line(line)
    return tuple(found)


def _characters(text: str, faces: Faces) -> Iterator[Fault]:
    for number, line in enumerate(text.split("\n"), 1):
        hidden = sorted({c for c in line if unicodedata.category(c).startswith("C")})
        if hidden:
            named = "、".join(f"U+{ord(c):04X}" for c in hidden[:MOST_NAMED])
            yield Fault(number, f"含有不可见的控制字符（{named}）")
        unknown = sorted(faces.missing(line) - set(hidden))
        if unknown:
            named = "、".join(f"“{c}”（U+{ord(c):04X}）" for c in unknown[:MOST_NAMED])
            yield Fault(number, f"{named}没有可用字形")


def _of_head(template: Template, lines: list[str]) -> Iterator[Fault]:
    """Faults of 标题, 要求, 后果 and 附件, at the line that names the field."""
    for text in (template.title, template.consequence, *(one.text for one in template.demands)):
        for name in holes(text):
            if name not in IN_LINES:
                yield Fault(_place(lines, name), _unknown(name, IN_LINES))
    for demand in template.demands:
        if demand.due and demand.due not in DAYS:
            yield Fault(_place(lines, demand.due), _unknown(demand.due, DAYS.keys()))
    for enclosure in template.enclosures:
        if enclosure.name not in TABLES:
            yield Fault(_place(lines, enclosure.name), _unknown(enclosure.name, TABLES.keys()))


def _place(lines: list[str], name: str) -> int:
    return next(
        (number for number, line in enumerate(lines, 1) if f"{{{name}}}" in line.replace(" ", "")),
        1,
    )


def _of_line(line: Line) -> Iterator[Fault]:
    if block_of(line.text) is not None:
        return
    for name in holes(line.text):
        if name in ON_THEIR_OWN:
            yield Fault(line.number, f"“{name}”会写成几段，应单独占一行，前后不加文字和编号")
        elif name not in IN_LINES:
            yield Fault(line.number, _unknown(name, IN_LINES | ON_THEIR_OWN))


def block_of(text: Text) -> str | None:
    """The block that stands on a line of its own, by name."""
    alone = text[0] if len(text) == 1 else None
    return alone.name if isinstance(alone, Hole) and alone.name in ON_THEIR_OWN else None


def _unknown(name: str, known: Iterable[str]) -> str:
    if name in TABLES:
        return f"“{name}”是附表，只能写在“附件：”行的末尾"
    if name in {*BLOCKS, *OF_TEMPLATE, *IN_LINES}:
        return f"“{name}”不能用在这里，可用的有：{'、'.join(sorted(known))}"
    return f"没有“{name}”这个字段，可用的有：{'、'.join(sorted(known))}"
