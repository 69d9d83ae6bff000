"""How nearly two texts say the same: the one measure of every doubt about a copied report."""

import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import pairwise

ALIKE = 85
"""Per cent of pairs of neighbouring signs in common, from which one text is a copy of the other."""
LEAST_LENGTH = 10
"""Signs beside marks and blanks: “已完成” says the same of everything."""

MOST_KEPT = 2000
"""Every report is compared with hundreds of others."""


def share_alike(one: str, other: str) -> int:
    """0 to 100 by Dice on pairs of neighbouring signs; marks, blanks and widths aside."""
    return _share(_signs(one), _signs(other))


def share_copied(text: str, model: str) -> int:
    """The same where a text is a copy of its model; 0 where it is not, or either is too short."""
    signs, others = _signs(text), _signs(model)
    shorter, longer = sorted((len(signs) - 1, len(others) - 1))
    if shorter + 1 < LEAST_LENGTH or 200 * shorter < ALIKE * (shorter + longer):
        return 0  # so unequal in length, they cannot have as many pairs in common
    share = _share(signs, others)
    return share if share >= ALIKE else 0


def _share(signs: str, others: str) -> int:
    first, second = Counter(pairwise(signs)), Counter(pairwise(others))
    whole = first.total() + second.total()
    return 200 * (first & second).total() // whole if whole else 0


@lru_cache(maxsize=MOST_KEPT)
def _signs(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if unicodedata.category(sign)[0] in "LN")
