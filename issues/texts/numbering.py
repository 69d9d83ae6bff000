"""The numbering of official texts: 第一部分, 一、 （一） 1. （1） ①, and the tree they make.

A mark's rank is its style's, as the rule for official papers has it (一、（一）1.（1）); a text may
leave ranks out. What stands before the first mark belongs to nobody.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from issues.ground.numbers import whole
from issues.texts.record import Paragraph

HAN = "一二三四五六七八九十百"
_STYLES = (
    rf"第[{HAN}]{{1,4}}(?:部分|章|编|篇)[、：: ]?",
    rf"[{HAN}]{{1,4}}[、．]",
    rf"(?:问题|事项|任务)[{HAN}\d]{{1,4}}[、：:．.]",
    rf"[（(][{HAN}]{{1,4}}[）)][、．.]?",
    r"\d{1,3}(?:[．、]|[.](?!\d))",
    r"[（(]\d{1,3}[）)][、．.]?",
    r"[①-⑳]",
)
_MARK = re.compile("|".join(f"(?P<r{rank}>{style})" for rank, style in enumerate(_STYLES)))
RANKS = range(len(_STYLES))
_DIGITS = {sign: place for place, sign in enumerate("零一二三四五六七八九十")}
_CIRCLED = 0x2460
MOST = 999


@dataclass(slots=True)
class Node:
    """A numbered paragraph with what follows it. `head` is without the mark."""

    rank: int
    mark: str
    number: int | None
    head: str
    first: int
    last: int
    body: list[Paragraph] = field(default_factory=list[Paragraph])
    children: list["Node"] = field(default_factory=list["Node"])

    @property
    def own(self) -> str:
        """What it says before its first child."""
        return "\n".join([self.head, *(one.text for one in self.body)])

    def all_words(self) -> str:
        return "\n".join([self.own, *(f"{one.mark}{one.all_words()}" for one in self.children)])

    def below(self) -> Iterator["Node"]:
        for child in self.children:
            yield child
            yield from child.below()


def begins_with_mark(text: str) -> bool:
    return _MARK.match(text) is not None


def without_mark(text: str) -> str:
    """A numbered line's own words; the line itself where it has no number."""
    match = _MARK.match(text)
    return text[match.end() :].strip() if match else text


def tree(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Node]]:
    """What stands before the first mark, and the nodes of the highest rank."""
    before: list[Paragraph] = []
    roots: list[Node] = []
    open_: list[Node] = []
    for place, one in enumerate(paragraphs):
        if place and one.no != paragraphs[place - 1].no + 1:
            open_ = []  # items of a table stand between: what follows them goes on with nothing
        match = None if one.cells else _MARK.match(one.text)
        if match is None:
            (open_[-1].body if open_ else before).append(one)
        else:
            node = _node(match, one)
            while open_ and open_[-1].rank >= node.rank:
                open_.pop()
            (open_[-1].children if open_ else roots).append(node)
            open_.append(node)
        for above in open_:
            above.last = one.no
    return before, roots


def pieces(text: str) -> list[tuple[str, str]]:
    """A text cut at the marks within it, by their first style: (mark, what it says).

    Only where the marks count up from one; else the whole is one piece without a mark.
    """
    for style in (r"[①-⑳]", r"[（(]\d{1,2}[）)]", r"(?<![\d.])\d{1,2}(?:[．、]|[.](?!\d))",
                  rf"[（(][{HAN}]{{1,3}}[）)]", rf"[{HAN}]是"):  # fmt: skip
        found = [
            match
            for match in re.finditer(style, text)
            if not text[: match.start()].strip() or text[match.start() - 1] in "。；;：:，,、\n ）)"
        ]
        if len(found) > 1 and [number_of(one[0]) for one in found] == [*range(1, len(found) + 1)]:
            ends = [one.start() for one in found[1:]] + [len(text)]
            cut = [
                (one[0], text[one.end() : end].strip())
                for one, end in zip(found, ends, strict=True)
            ]
            return [("", text[: found[0].start()].strip()), *cut]
    return [("", text.strip())]


def number_of(mark: str) -> int | None:
    """2 of （二）, 2. and ②; None where it has none."""
    if "①" <= mark[:1] <= "⑳":
        return ord(mark[0]) - _CIRCLED + 1
    if digits := re.search(r"\d+", mark, re.ASCII):
        return whole(digits[0], 0, MOST)
    han = re.search(rf"[{HAN}]+", mark)
    if han is None or "百" in han[0]:
        return None
    tens, ten, ones = han[0].partition("十")
    if not ten:
        return _DIGITS.get(han[0])
    return (_DIGITS.get(tens, 0) if tens else 1) * 10 + _DIGITS.get(ones, 0)


def breaks(nodes: Sequence[Node]) -> Iterator[tuple[int, str]]:
    """Where brothers of one style do not count on: the paragraph, and what is missing."""
    for before, one in pairwise(nodes):
        if before.rank != one.rank or before.number is None or one.number is None:
            continue
        if one.number not in (before.number + 1, 1):
            yield one.first, f"编号从“{before.mark}”跳到“{one.mark}”，请核对有无缺段"
    for node in nodes:
        yield from breaks(node.children)


def _node(match: re.Match[str], one: Paragraph) -> Node:
    rank = next(rank for rank in RANKS if match[f"r{rank}"])
    mark = match[0].strip()
    head = one.text[match.end() :].strip()
    return Node(rank, mark, number_of(mark), head, one.no, one.no)
