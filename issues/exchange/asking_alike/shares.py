"""How alike problems are: by their pairs of neighbouring signs, and by where and whose they are.

The pairs of the new rows alone are indexed, so that a register of many thousand tickets is gone
through once, each against the few rows that share a pair with it.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from issues.evidence.places import distance_m
from issues.exchange.workbook.sheet import plain
from issues.likeness.scoring import Pairs, pairs_of

ASKED = 60
"""Per cent from which it is asked. Of texts with a tenth of their signs changed none falls below,
and no two problems of the example's ledger come to half of it."""
RAISED = 10
"""What the same place, the same firm or a near point adds, once."""
NEAR_METRES = 200


class Facts(NamedTuple):
    """What likeness is judged by, of a row or of a ticket."""

    region: str
    problem: str
    place: str
    firm: str
    lon: float | None
    lat: float | None

    @property
    def point(self) -> tuple[float, float] | None:
        return None if self.lon is None or self.lat is None else (self.lon, self.lat)


def share(one: Pairs, other: Pairs) -> int:
    """0 to 100, by Dice on sets."""
    whole = len(one) + len(other)
    return 200 * len(one & other) // whole if whole else 0


def beside(one: Facts, other: Facts) -> tuple[str, ...]:
    """What beside the words speaks for one problem."""
    found = []
    if one.place and plain(one.place).casefold() == plain(other.place).casefold():
        found.append("点位相同")
    if one.firm and plain(one.firm).casefold() == plain(other.firm).casefold():
        found.append("责任主体相同")
    if one.point and other.point:
        away = distance_m(*one.point, *other.point)
        found += [f"相距{away:.0f}米"] if away <= NEAR_METRES else []
    return tuple(found)


class Rows:
    """The new rows by their region and the pairs of their problems."""

    def __init__(self, facts: Mapping[int, Facts]) -> None:
        self.facts = facts
        self.pairs = {row: pairs_of(one.problem) for row, one in facts.items()}
        self._by_pair: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for row, one in facts.items():
            index = self._by_pair[one.region]
            for pair in self.pairs[row]:
                index[pair].append(row)

    def like(self, other: Facts) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """The rows so alike that it is asked: row, share of the words, and what else there is."""
        pairs = pairs_of(other.problem)
        for row in _candidates(pairs, self._by_pair.get(other.region, {})):
            same = share(pairs, self.pairs[row])
            if same < ASKED - RAISED:
                continue
            why = beside(self.facts[row], other)
            if same + (RAISED if why else 0) >= ASKED:
                yield row, same, why


def _candidates(pairs: Pairs, index: Mapping[str, list[int]]) -> list[int]:
    """Rows that may have so many pairs in common that they are alike, whatever their length.

    The pairs that most rows have are left uncounted: who has enough in common has enough without.
    """
    floor = ASKED - RAISED
    least = math.ceil(len(pairs) * floor / (200 - floor))
    held = sorted([rows for pair in pairs if (rows := index.get(pair))], key=len)
    if not least or len(held) < least:
        return []
    left = least * 2 // 3
    counted = Counter(chain.from_iterable(held[: len(held) - left]))
    return [row for row, common in counted.items() if common >= least - left]
