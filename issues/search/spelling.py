"""The one spelling that texts are searched in, its pairs of signs, and the places of a word."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from issues.ground import signs

LONGEST_QUESTION = 100
MOST_GRAMS, MOST_SIGNS = 65_536, 16_384
"""How many pairs and signs are remembered in their spelling: few are met, and again and again."""
BEFORE, AFTER, LONGEST = 12, 44, 64
"""Characters of an excerpt around the first word found, and of one that is shown whole."""

_WIDE = r"\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003fffd"
_BROKEN = re.compile(rf" (?=[{_WIDE}])|(?<=[{_WIDE}]) ")
"""A blank or a line end beside Chinese parts no words: one stands where a line was broken."""
_IS_WIDE = re.compile(rf"[{_WIDE}]")


class Piece(NamedTuple):
    """A part of a shown text; the page marks what was found."""

    text: str
    is_found: bool


def normal(words: str) -> str:
    """One spelling of width and case, without signs nobody sees; blanks between other scripts."""
    return _BROKEN.sub("", " ".join(_spelt(words).split()))


def _spelt(words: str) -> str:
    return unicodedata.normalize("NFKC", signs.folded(words).casefold())


@lru_cache(MOST_SIGNS)
def _sign(one: str) -> str:
    return _spelt(one)


def words_of(question: str) -> list[str]:
    """Each word once. Every one must be found."""
    return list(dict.fromkeys(_spelt(question[:LONGEST_QUESTION]).split()))


def grams(words: str) -> list[str]:
    """The pairs of neighbouring characters of normal text, each once, as plain ASCII tokens."""
    return list(dict.fromkeys(map(_gram, words, words[1:])))


@lru_cache(MOST_GRAMS)
def _gram(one: str, two: str) -> str:
    return f"{ord(one):x}x{ord(two):x}"


def places(text: str, words: Sequence[str]) -> set[int]:
    """Which characters of a text, as it is written, the words are found in."""
    spelt = list(_aligned(text))
    line = "".join(sign for sign, _ in spelt)
    found: set[int] = set()
    for word in words:
        begin = line.find(word)
        for _ in range(len(line)):
            if begin < 0:
                break
            found.update(place for _, place in spelt[begin : begin + len(word)])
            begin = line.find(word, begin + len(word))
    return found


def _aligned(text: str) -> Iterator[tuple[str, int]]:
    """The normal spelling sign by sign, each with the place it came from."""
    spelt = [(sign, place) for place, one in enumerate(text) for sign in _sign(one)]
    last, blank = "", None
    for sign, place in spelt:
        if sign.isspace():
            blank = place if blank is None else blank
            continue
        if blank is not None and last and not (_IS_WIDE.match(last) or _IS_WIDE.match(sign)):
            yield " ", blank
        yield sign, place
        last, blank = sign, None


def pieces(text: str, found: set[int]) -> tuple[Piece, ...]:
    """The text in parts, found or not."""
    cuts = [n for n in range(1, len(text)) if (n in found) is not (n - 1 in found)]
    begins, ends = [0, *cuts], [*cuts, len(text)]
    return tuple(
        Piece(text[begin:end], begin in found)
        for begin, end in zip(begins, ends, strict=True)
        if begin < end
    )


def excerpt(text: str, found: set[int]) -> tuple[Piece, ...]:
    """The same of what stands around the first word found."""
    if len(text) <= LONGEST:
        return pieces(text, found)
    begin = max(0, min(found, default=0) - BEFORE)
    end = min(len(text), begin + BEFORE + AFTER)
    told = pieces(text[begin:end], {place - begin for place in found})
    before = (Piece("…", is_found=False),) if begin else ()
    after = (Piece("…", is_found=False),) if end < len(text) else ()
    return (*before, *told, *after)
