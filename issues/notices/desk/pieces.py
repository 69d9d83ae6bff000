"""A paragraph before it bears its number, and whence it comes: numbers follow from levels."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from issues.notices.page.document import Level, Paragraph, Picture

_FIGURES = "零一二三四五六七八九十"


class Origin(NamedTuple):
    """The line of the template (from 1; 0 where none says it) and the fields that it names."""

    line: int
    fields: tuple[str, ...] = ()


class Piece(NamedTuple):
    """`key` names the paragraph however the record moves on; `text` is without its number."""

    key: str
    level: Level
    text: str
    origin: Origin = Origin(0)
    picture: Picture | None = None


def ordinal(number: int) -> str:
    """1 to 99 in Chinese, for the number of a heading."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_FIGURES[tens]}十"
    return head + (_FIGURES[ones] if ones or not tens else "")


_MARKS = {
    Level.FIRST: lambda number: f"{ordinal(number)}、",
    Level.SECOND: lambda number: f"（{ordinal(number)}）",
    Level.THIRD: lambda number: f"{number}. ",
    Level.FOURTH: lambda number: f"（{number}）",
}


def marks_of(levels: Iterable[Level]) -> list[str]:
    """What each stands under: 一、 then （一） then 1. then （1）; plain text bears nothing."""
    counts = [0] * len(_MARKS)
    found = []
    for level in levels:
        if level is Level.TEXT:
            found.append("")
            continue
        depth = level - Level.FIRST
        counts[depth] += 1
        counts[depth + 1 :] = [0] * (len(counts) - depth - 1)
        found.append(_MARKS[level](counts[depth]))
    return found


def numbered(pieces: Sequence[Piece]) -> list[Paragraph]:
    marks = marks_of(piece.level for piece in pieces)
    return [
        Paragraph(f"{mark}{piece.text}", piece.level, picture=piece.picture)
        for mark, piece in zip(marks, pieces, strict=True)
    ]
