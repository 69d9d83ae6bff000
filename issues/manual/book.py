"""The manual as it is read: every chapter drawn, and found by words. Read once a process."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple
from urllib.parse import quote

from config import ROOT
from issues.ground.refusals import NotFound
from issues.manual.chapters import CHAPTERS, PAPERS, RULES, WORDS, Chapter, Reader
from issues.manual.drawing import Drawn, Part, drawn
from issues.search.spelling import Piece, excerpt, normal, pieces, places, words_of

RULEBOOK, DICTIONARY = "docs/rules.md", "docs/glossary.md"
IMAGES = ROOT / "docs" / "images"
HERE, PICTURES = "/help", "/help/pictures"
MOST = 20
"""So many parts are listed of what was found."""
_ROW = re.compile(r"^\|(.+)\|$")


class Found(NamedTuple):
    """One part of a chapter in which every word stands."""

    chapter: Chapter
    title: str
    part: Part
    heading: tuple[Piece, ...]
    said: tuple[Piece, ...]

    @property
    def address(self) -> str:
        return address(self.chapter.slug, self.part.anchor)


class Row(NamedTuple):
    """A word and what it means."""

    word: str
    meaning: str


def address(slug: str, anchor: str = "") -> str:
    return f"{HERE}/{slug}" + (f"#{quote(anchor)}" if anchor else "")


def chapter_of(slug: str) -> Chapter:
    found = next((chapter for chapter in CHAPTERS if chapter.slug == slug), None)
    if found is None:
        raise NotFound
    return found


@cache
def page_of(slug: str) -> Drawn:
    """A chapter as a page of its own."""
    return _drawn(chapter_of(slug), lambda found, anchor: address(found.slug, anchor), "", 0)


@cache
def print_of(slug: str, within: Reader) -> Drawn:
    """The same as a part of one reader's manual, which links inside itself where it can."""

    def link(found: Chapter, anchor: str) -> str:
        if within.slug not in found.readers:
            return address(found.slug, anchor)
        return f"#{found.slug}-{anchor}" if anchor else f"#{found.slug}"

    return _drawn(chapter_of(slug), link, f"{slug}-", 1)


def _drawn(chapter: Chapter, link: Callable[[Chapter, str], str], prefix: str, by: int) -> Drawn:
    def followed(target: str) -> str:
        path, _, anchor = target.partition("#")
        if not path:
            return link(chapter, anchor)
        name = path.rpartition("/")[2]
        known = next((one for one in CHAPTERS if one.file.rpartition("/")[2] == name), None)
        return target if known is None else link(known, anchor)

    text = (ROOT / chapter.file).read_text(encoding="utf-8")
    return drawn(text, followed, lambda name: f"{PICTURES}/{name.rpartition('/')[2]}", prefix, by)


def find(question: str, reader: Reader) -> tuple[list[Found], int]:
    """The parts in which every word stands, and how many: the reader's own first, then headings."""
    words = words_of(question)
    found = [one for one in _index() if words and all(word in one[3] for word in words)]

    def order(one: tuple[Chapter, str, Part, str]) -> tuple[bool, bool]:
        chapter, _, part, _ = one
        in_heading = all(word in normal(part.heading) for word in words)
        return reader.slug not in chapter.readers, not in_heading

    kept = sorted(found, key=order)[:MOST]
    return [_found(chapter, title, part, words) for chapter, title, part, _ in kept], len(found)


def _found(chapter: Chapter, title: str, part: Part, words: list[str]) -> Found:
    heading = pieces(part.heading, places(part.heading, words))
    return Found(chapter, title, part, heading, excerpt(part.text, places(part.text, words)))


@cache
def _index() -> tuple[tuple[Chapter, str, Part, str], ...]:
    """Every part of every chapter with all its words in their one spelling."""
    return tuple(
        (chapter, page_of(chapter.slug).title, part, normal(f"{part.heading} {part.text}"))
        for chapter in CHAPTERS
        for part in (*page_of(chapter.slug).parts, *told_of(chapter))
    )


def told_of(chapter: Chapter) -> Iterator[Part]:
    """What the records tell behind the text of a chapter."""
    if chapter.more == RULES:
        for code, label, meaning in rows_of(RULEBOOK, "颜色"):
            yield Part(code, f"{code} {label}", 2, meaning)
    elif chapter.more == PAPERS:
        for code, when, answer in rows_of(RULEBOOK, "文书"):
            kind, _, label = code.partition(" ")
            yield Part(kind, f"{kind} {label}", 2, f"{when} {answer}")
    elif chapter.more == WORDS:
        yield from (Part("words", one.word, 2, one.meaning) for one in words())


@cache
def words() -> tuple[Row, ...]:
    """The dictionary for who uses the product."""
    return tuple(Row(*cells) for cells in rows_of(DICTIONARY, "词义"))


@cache
def rows_of(name: str, heading: str) -> tuple[tuple[str, ...], ...]:
    """The cells of the first table below a heading of a document, without its head and marks."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return tuple(_cells(text.partition(f"\n## {heading}\n")[2].splitlines()))


def _cells(lines: Iterable[str]) -> Iterator[tuple[str, ...]]:
    seen = 0
    for line in lines:
        row = _ROW.match(line)
        if row is None and seen:
            return
        if row is not None:
            seen += 1
            if seen > 2:  # noqa: PLR2004 - the head and the line under it
                yield tuple(cell.strip().replace("`", "") for cell in row[1].split("|"))
