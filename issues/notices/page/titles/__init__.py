"""A title broken into lines where its words end, in the shape of a trapezoid or a rhombus.

GB/T 9704-2012 7.3.1: 回行时要做到词意完整、排列对称、长短适宜，标题排列应当使用梯形或菱形.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, islice, pairwise
from typing import NamedTuple

from issues.notices.fonts.faces import FaceRole, Faces
from issues.notices.page import metrics
from issues.notices.page.lines import BLANKS, TITLE_TYPE, widths_of
from issues.notices.page.titles.words import (
    KEEPING_NAMES,
    WORDS,
    Width,
    gaps_by_strictness,
    may_begin,
    width_by_rule,
)

__all__ = ["WORDS", "lines_in", "stands_well", "title_lines"]

_GOOD_ENDS = ("关于", "的", "》", "、", "：", "，", "”")
_GOOD_BREAK, _BEST_BREAK = -4.0, -8.0  # after one of those; between who issues and 关于
_HOURGLASS = 1000.0
_STUB, _STUB_SHARE = 300.0, 0.45  # a line shorter than this share of the longest looks lost
_RECTANGLE, _SAME = 200.0, 1.0  # lines that differ by less than an em make a rectangle
_UNEVEN = 0.25
_LINE_MORE = 8.0
_FAIR, _BAD = 150.0, 500.0  # a good shape is below the one, an hourglass above the other
_EPSILON = 0.001


def title_lines(
    title: str,
    phrases: Sequence[str] = (),
    most: float = metrics.TITLE_CELLS,
    width: Width = width_by_rule,
) -> list[str]:
    """As few lines of at most `most` ems as hold the title in a good shape, its words whole.

    `phrases` are names that are kept whole. `width` measures a text in ems. More than three lines
    are for `check` to refuse.
    """
    title = "".join(title.split("\n"))
    if width(title) <= most:
        return [title]
    found = _whole(title, phrases, most, width).lines or _filled(title, phrases, most, width)
    return list(found)


def lines_in(faces: Faces, title: str, phrases: Sequence[str] = ()) -> list[str]:
    """The same by the width of the glyphs that are drawn: no line leaves the text area."""
    signs = " " + "".join(dict.fromkeys("".join(title.split())))
    glyphs = faces.glyphs(FaceRole.TITLE, signs)
    widths = zip(signs, widths_of(glyphs, TITLE_TYPE), strict=True)
    return list(_by_widths(title, tuple(phrases), tuple(widths)))


@lru_cache(maxsize=256)
def _by_widths(
    title: str, phrases: tuple[str, ...], widths: tuple[tuple[str, float], ...]
) -> tuple[str, ...]:
    """A title is set by its page, by the check and by its picture: its lines are found once."""
    known = dict(widths)

    def width(text: str) -> float:
        return sum(map(known.__getitem__, BLANKS.sub(" ", text))) / metrics.TITLE

    return tuple(title_lines(title, phrases, metrics.WIDTH / metrics.TITLE, width))


@lru_cache(maxsize=1024)
def stands_well(title: str, phrases: tuple[str, ...] = ()) -> bool:
    """Whether it is set in three lines of a good shape, words and names whole, in whatever face."""
    most = metrics.TITLE_CELLS
    if width_by_rule(title) <= most:
        return True
    kept = islice(gaps_by_strictness(title, phrases), KEEPING_NAMES)
    return any(_best(title, gaps, most, width_by_rule).cost < _FAIR for gaps in kept)


class _Division(NamedTuple):
    cost: float = float("inf")
    lines: tuple[str, ...] = ()


def _whole(title: str, phrases: Sequence[str], most: float, width: Width) -> _Division:
    """Quotations and names are given up before the shape is, words never."""
    best = _Division()
    for gaps in gaps_by_strictness(title, phrases):
        best = min(best, _best(title, gaps, most, width))
        if best.cost < _BAD:
            break
    return best


def _filled(title: str, phrases: Sequence[str], most: float, width: Width) -> tuple[str, ...]:
    """What three lines cannot hold: lines as full as they go, a word longer than one torn."""
    words = next(gaps_by_strictness(title, phrases))
    marks = [n for n in range(1, len(title)) if may_begin(title, n)]
    lines, start = [], 0
    while width(title[start:]) > most:
        found = (
            [n for n in gaps if n > start and width(title[start:n]) <= most]
            for gaps in (words, marks)
        )
        end = next((fitting[-1] for fitting in found if fitting), start + 1)
        lines.append(title[start:end])
        start = end
    return (*lines, title[start:])


def _best(title: str, gaps: list[int], most: float, width: Width) -> _Division:
    """The cheapest of two or three lines; a line more has its price."""
    widths = {0: 0.0, len(title): width(title)} | {gap: width(title[:gap]) for gap in gaps}
    best = _Division()
    for count in range(2, metrics.TITLE_LINES + 1):
        for places in combinations(gaps, count - 1):
            ends = (0, *places, len(title))
            lengths = [widths[end] - widths[start] for start, end in pairwise(ends)]
            if max(lengths) > most + _EPSILON:
                continue
            cost = _shape(lengths) + sum(_break(title, place) for place in places)
            cost += _LINE_MORE * count
            if cost < best.cost:
                best = _Division(cost, tuple(title[start:end] for start, end in pairwise(ends)))
    return best


def _shape(lengths: list[float]) -> float:
    longest, shortest = max(lengths), min(lengths)
    cost = sum(
        _HOURGLASS for one, two, three in _threes(lengths) if two < min(one, three) + _SAME / 2
    )
    cost += _STUB if shortest < _STUB_SHARE * longest else 0.0
    cost += _RECTANGLE if longest - shortest < _SAME else 0.0
    middle = sum(lengths) / len(lengths)
    return cost + _UNEVEN * sum((one - middle) ** 2 for one in lengths)


def _threes(lengths: list[float]) -> list[tuple[float, float, float]]:
    return list(zip(lengths, lengths[1:], lengths[2:], strict=False))


def _break(title: str, place: int) -> float:
    if title.startswith("关于", place):
        return _BEST_BREAK
    return _GOOD_BREAK if title[:place].endswith(_GOOD_ENDS) else 0.0
