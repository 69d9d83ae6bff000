"""Nearly identical pictures found among very many, by quarters of their hashes.

A 64-bit hash is kept as four keys of 16 bits. Two hashes that differ in at most NEAR_BITS bits
have at least one quarter that differs in no more than its radius, because the radii, each plus
one, add up to more than NEAR_BITS: so every key within its radius is asked for, nothing is missed,
and a few thousand rows of a million are read. Each picture is kept by two hashes, of the whole and
of what remains without its edge, so that a cropped copy is found too.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from itertools import combinations
from typing import Any

from sqlalchemy import CompoundSelect, bindparam, select, union_all

from extensions import db
from issues.models import Evidence, EvidenceBand, EvidenceTwin

NEAR_BITS = 8
BANDS, WIDTH = 4, 16
RADII = (2, 1, 1, 1)
MOST_TWINS = 20
_KEY, _ALL = (1 << WIDTH) - 1, (1 << 64) - 1
_SIGN = 1 << 63


def hashes_of(row: Evidence) -> list[int]:
    """The picture's hashes; none for what is not a picture or is one flat tone."""
    return [int(text, 16) for text in (row.dhash, row.dhash_inner) if text is not None]


def distance(ones: Collection[int], others: Collection[int]) -> int:
    """Of 64 bits, the fewest that differ between a hash of one picture and one of another."""
    found = (((one ^ other) & _ALL).bit_count() for one in ones for other in others)
    return min(found, default=64)


def keep(row: Evidence) -> None:
    """Keep the keys of a new picture, and its twins on other tickets. Never commits."""
    hashes = hashes_of(row)
    if not hashes:
        return
    near = find(hashes)
    db.session.add_all(_twins(row, near))
    db.session.add_all(
        EvidenceBand(band=band, value=value, evidence_id=row.id, bits=_signed(bits))
        for bits in dict.fromkeys(hashes)
        for band, value in enumerate(keys_of(bits))
    )
    db.session.flush()


def _twins(row: Evidence, near: dict[int, int]) -> Iterator[EvidenceTwin]:
    """The nearest on other tickets whose bytes are not the very same: that is another flag."""
    if not near:
        return
    elsewhere = db.session.scalars(
        select(Evidence.id).where(
            Evidence.id.in_(near), Evidence.issue_id != row.issue_id, Evidence.sha256 != row.sha256
        )
    )
    for id_ in sorted(elsewhere, key=lambda id_: (near[id_], id_))[:MOST_TWINS]:
        yield EvidenceTwin(evidence_id=row.id, twin_id=id_, distance=near[id_])


def find(hashes: Collection[int]) -> dict[int, int]:
    """Every picture within NEAR_BITS of one of the hashes, with its distance. One statement."""
    asked = {
        f"keys{band}": sorted({key for bits in hashes for key in _around(bits, band)})
        for band in range(BANDS)
    }
    sought = [_signed(bits) for bits in hashes]
    found: dict[int, int] = {}
    for id_, bits in db.session.execute(_near(), asked):
        for one in sought:
            apart = ((bits ^ one) & _ALL).bit_count()
            if apart <= NEAR_BITS and apart < found.get(id_, 64):
                found[id_] = apart
    return found


@cache
def _near() -> CompoundSelect[Any]:
    """Long to put together, and the same for every picture."""
    return union_all(
        *(
            select(EvidenceBand.evidence_id, EvidenceBand.bits).where(
                EvidenceBand.band == band,
                EvidenceBand.value.in_(bindparam(f"keys{band}", expanding=True)),
            )
            for band in range(BANDS)
        )
    )


def keys_of(bits: int) -> list[int]:
    """The four quarters, the lowest first."""
    return [bits >> (WIDTH * band) & _KEY for band in range(BANDS)]


def _around(bits: int, band: int) -> Iterable[int]:
    key = bits >> (WIDTH * band) & _KEY
    return (key ^ mask for mask in _masks(RADII[band]))


@cache
def _masks(radius: int) -> tuple[int, ...]:
    """Every way to differ in at most so many bits of a key."""
    return tuple(
        sum(1 << bit for bit in bits)
        for count in range(radius + 1)
        for bits in combinations(range(WIDTH), count)
    )


def _signed(bits: int) -> int:
    """As the databases keep 64 bits."""
    return bits - (1 << 64) if bits & _SIGN else bits
