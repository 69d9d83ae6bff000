"""Keys of a problem that alike problems share: parts of a fingerprint of its pairs of signs.

Of the pairs of a text the lowest under each of many orders is kept; as many of two texts agree as
they have pairs in common. Three of them make a key, so that only alike texts meet.
"""

import struct
from functools import lru_cache
from hashlib import blake2b, shake_128

from issues.likeness.scoring import Pairs, pairs_of

BANDS, ROWS = 16, 3
"""Of texts that share two thirds of their pairs 997 of 1,000 meet, of a tenth 16."""
LEAST_PAIRS = 4
MOST_PAIRS = 4096
"""How many pairs are remembered in their orders: the same few are met again and again."""
_LOWEST = struct.Struct(f"<{BANDS * ROWS}I")


def keys_of(problem: str) -> list[int]:
    """Of 64 bits, signed as the databases keep them; none where a text is too short."""
    return keys_of_pairs(pairs_of(problem))


def keys_of_pairs(pairs: Pairs) -> list[int]:
    if len(pairs) < LEAST_PAIRS:
        return []
    lowest = list(map(min, zip(*map(_places, pairs), strict=True)))
    return [_key(band, lowest[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS)]


@lru_cache(MOST_PAIRS)
def _places(pair: str) -> tuple[int, ...]:
    """Where the pair stands in each order."""
    return _LOWEST.unpack(shake_128(pair.encode()).digest(_LOWEST.size))


def _key(band: int, lowest: list[int]) -> int:
    named = blake2b(struct.pack(f"<{ROWS + 1}I", band, *lowest), digest_size=8)
    return int.from_bytes(named.digest(), "big", signed=True)
