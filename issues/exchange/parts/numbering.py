"""A text cut at its own numbers: 1. 2. · （一）（二） · ① ② · 一、二、 · or line by line.

Only what counts from one without a gap is cut. Whatever else looks like several things is left as
it is and said to be in doubt.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from issues.ground.numbers import whole

MOST_PARTS = 50
_HAN = "一二三四五六七八九十"
_NUMBER, _WORD = r"(\d{1,2})", rf"([{_HAN}]{{1,3}})"
_BEGINS = r"(?:(?<=[；;。：:，,、\s])|\A)"
_YEAR_OR_WORDS = r"(?:(?!\d)|(?=(?:19|20)\d\d\s*[年./-]))"
_KINDS = (
    re.compile(rf"{_BEGINS}{_NUMBER}\s*[.．、]{_YEAR_OR_WORDS}"),
    re.compile(rf"{_BEGINS}{_NUMBER}\s*[)）]"),
    re.compile(rf"{_BEGINS}[(（]\s*{_NUMBER}\s*[)）]"),
    re.compile(r"([①-⑳])[、.．]?"),
    re.compile(rf"{_BEGINS}{_WORD}[、.．]"),
    re.compile(rf"{_BEGINS}[(（]\s*{_WORD}\s*[)）]"),
)
_LOOSE = (re.compile(rf"[(（]\s*{_NUMBER}\s*[)）]"), re.compile(rf"[(（]\s*{_WORD}\s*[)）]"))
"""Numbers in brackets may stand close together where the text begins with one."""
_ONE_IS = re.compile(rf"{_BEGINS}([{_HAN}])是")
_AFTER = " \t\n；;，,、"


class Parts(NamedTuple):
    """`lead` stands before the first part. `in_doubt`: it looks like several and was not cut."""

    texts: tuple[str, ...] = ()
    lead: str = ""
    in_doubt: bool = False


def parts_of(text: str) -> Parts:
    """The numbered parts of a text, without their numbers; none where it is one thing."""
    loose = [kind for kind in _LOOSE if kind.match(text)]
    found = [marks for kind in (*loose, *_KINDS) if len(marks := list(kind.finditer(text))) > 1]
    if not found:
        return Parts(in_doubt=len(list(_ONE_IS.finditer(text))) > 1)
    outer = min(found, key=lambda marks: marks[0].start())
    numbers = [_number(mark[1]) for mark in outer]
    texts = _cut(text, outer)
    if numbers != list(range(1, len(outer) + 1)) or len(outer) > MOST_PARTS or not all(texts):
        return Parts(in_doubt=True)
    return Parts(texts, text[: outer[0].start()].strip())


def lines_of(text: str) -> tuple[str, ...]:
    return tuple(line.strip(_AFTER) for line in text.splitlines() if line.strip(_AFTER))


def _cut(text: str, marks: list[re.Match[str]]) -> tuple[str, ...]:
    edges = [*((mark.start(), mark.end()) for mark in marks), (len(text), len(text))]
    return tuple(text[this[1] : after[0]].strip(_AFTER) for this, after in pairwise(edges))


def _number(said: str) -> int:
    """0 for what is no number from 1 to 99."""
    if said in _CIRCLED:
        return _CIRCLED.index(said) + 1
    if said[0] in _HAN:
        return _BY_WORD.get(said, 0)
    return whole(said, 1, 99) or 0


def _words(number: int) -> str:
    tens, ones = divmod(number, 10)
    first = "" if tens == 1 else _HAN[tens - 1]
    last = _HAN[ones - 1] if ones else ""
    return f"{first}十{last}" if tens else last


_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BY_WORD = {_words(number): number for number in range(1, MOST_PARTS + 1)}
