"""How alike two problems are, from 0 to 1, and why. Pure: no row is read here.

The pairs of neighbouring signs of the words count most; how near the points lie, the firm, the
place and the days between count beside them. What one of the two does not say counts nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from issues.evidence.flags.repeated import bare_signs
from issues.evidence.places import distance_m

Pairs = frozenset[str]
Point = tuple[float, float]
"""Longitude and latitude in WGS-84."""

WORDS, NEAR, FIRM, REGION, TIME = 70, 15, 10, 3, 2
"""The shares of a hundred where all five are known of both."""
FAR_METRES = 2000
ONE_PLACE_METRES = 500
LONG_DAYS = 730
VERY_LIKELY, LIKELY, LEAST = 0.70, 0.50, 0.35
"""Measured: of texts with a tenth of their signs changed, 200 m away, none falls below the first;
of unrelated problems in the same trade's phrases none comes to it.
"""
MOST_APART = 0.69
"""Of two in different counties: alike, but never called very likely the same."""
KILOMETRE = 1000
MOST_KEPT = 256
"""Texts whose pairs are remembered: the one that is asked is held against each."""
FEWEST_ALIKE, LEAST_OWN = 20, 0.15
"""Of so many alike texts, what half of them say is stock, where a text says this share besides."""


class Facts(NamedTuple):
    """What likeness is judged by, of a ticket or of what is about to be one."""

    text: str
    region: str = ""
    point: Point | None = None
    firm: str = ""
    on: date | None = None


class Reason(NamedTuple):
    what: str
    how: str


class Likeness(NamedTuple):
    """`share` from 0 to 1; `because` names what speaks for it, in words."""

    share: float
    because: tuple[Reason, ...]


class _Part(NamedTuple):
    what: str
    weight: int
    share: float
    how: str


@lru_cache(MOST_KEPT)
def pairs_of(problem: str) -> Pairs:
    signs = bare_signs(problem).casefold()
    return frozenset(map("".join, pairwise(signs)))


def share_of(one: Pairs, other: Pairs) -> float:
    """0 to 1, by Dice on sets."""
    whole = len(one) + len(other)
    return 2 * len(one & other) / whole if whole else 0.0


def stock_of(asked: str, found: Sequence[str]) -> Pairs:
    """The pairs that half of the found texts that are like the asked have: phrases of a form.

    None where few are alike, or where the asked says little besides: then they are its copies.
    """
    own, stock = pairs_of(asked), _shared_by_half(asked, found)
    return stock if len(own - stock) >= LEAST_OWN * len(own) else frozenset()


def is_stock(asked: str, found: Sequence[str]) -> bool:
    """Whether many are alike and the asked says hardly anything that half of them do not say."""
    own, stock = pairs_of(asked), _shared_by_half(asked, found)
    return bool(stock) and len(own - stock) < LEAST_OWN * len(own)


def _shared_by_half(asked: str, found: Sequence[str]) -> Pairs:
    """Of its pairs those of half of the texts that are like it; none where few are."""
    own = pairs_of(asked)
    alike = [pairs for pairs in map(pairs_of, found) if share_of(own, pairs) >= LEAST]
    if len(alike) < FEWEST_ALIKE:
        return frozenset()
    counts: Counter[str] = Counter()
    for pairs in alike:
        counts.update(pairs & own)
    return frozenset(pair for pair, count in counts.items() if 2 * count >= len(alike))


def likeness(one: Facts, other: Facts, stock: Pairs = frozenset()) -> Likeness:
    """The same either way round; 1 for what is said alike in every part.

    `stock` are pairs that tell nothing; two texts of nothing else are told apart by them yet.
    """
    parts = list(_parts(one, other, stock))
    whole = sum(part.weight for part in parts)
    share = sum(part.weight * part.share for part in parts) / whole
    share = min(share, MOST_APART) if _is_apart(one, other) else share
    because = tuple(Reason(part.what, part.how) for part in parts if part.how)
    return Likeness(round(share, 4), because)


def told(because: Iterable[Reason]) -> str:
    """What speaks for it, as one sentence."""
    return "，".join(f"{what}{how}" for what, how in because)


def _is_apart(one: Facts, other: Facts) -> bool:
    """In two counties and not near each other: the same words are of two problems there."""
    if not one.region or not other.region or one.region == other.region:
        return False
    return not _is_within(FAR_METRES, one, other)


def _is_within(metres: float, one: Facts, other: Facts) -> bool:
    if one.point is None or other.point is None:
        return False
    return distance_m(*one.point, *other.point) < metres


def is_one_place(one: Facts, other: Facts) -> bool:
    """Whether something beside the words speaks for one problem: the points, or the firm."""
    return _is_within(ONE_PLACE_METRES, one, other) or bool(one.firm and one.firm == other.firm)


def level(share: float) -> str:
    """How sure a page sounds."""
    if share >= VERY_LIKELY:
        return "很可能重复"
    return "可能重复" if share >= LIKELY else "相近"


def _parts(one: Facts, other: Facts, stock: Pairs) -> Iterator[_Part]:
    yield _words(one.text, other.text, stock)
    if one.point and other.point:
        yield _near(distance_m(*one.point, *other.point))
    if one.firm and other.firm:
        yield _firm(one.firm, other.firm)
    if one.region and other.region:
        is_same = one.region == other.region
        yield _Part("行政区域", REGION, float(is_same), "相同" if is_same else "")
    if one.on and other.on:
        yield _time(abs((one.on - other.on).days))


def _words(one: str, other: str, stock: Pairs) -> _Part:
    """Texts too short to have a pair are alike where they are the same."""
    first, second = pairs_of(one), pairs_of(other)
    if first - stock and second - stock:
        first, second = first - stock, second - stock
    same = share_of(first, second) if first or second else float(one == other)
    return _Part("字词", WORDS, same, f"相同{int(100 * same)}%" if same >= LEAST else "")


def _near(metres: float) -> _Part:
    share = max(0.0, 1 - metres / FAR_METRES)
    told = f"相距{metres:.0f}米" if metres < KILOMETRE else f"相距{metres / KILOMETRE:.1f}公里"
    return _Part("距离", NEAR, share, told if share else "")


def _firm(one: str, other: str) -> _Part:
    is_same = bare_signs(one).casefold() == bare_signs(other).casefold()
    share = 1.0 if is_same else share_of(pairs_of(one), pairs_of(other)) / 2
    return _Part("责任主体", FIRM, share, "相同" if is_same else "")


def _time(days: int) -> _Part:
    share = max(0.0, 1 - days / LONG_DAYS)
    told = f"相隔{days}天" if days else "同一天"
    return _Part("时间", TIME, share, told if share else "")
