"""The evidence a ticket must hold before acceptance is asked for (domain.md §5, defaults)."""

from collections.abc import Iterable, Mapping

from issues.vocabulary import INSPECTION_SOURCES, EvidenceKind, ProblemType, Source

MONITORED = frozenset({ProblemType.WATER, ProblemType.AIR, ProblemType.SOIL, ProblemType.NOISE})
MONITORINGS = 2
"""Monitoring on two dates: one reading is not a series."""


def required_evidence(
    source: Source, types: Iterable[str], *, has_contact: bool, is_unlawful: bool
) -> dict[EvidenceKind, int]:
    """How many files of each kind are asked for, in the order of the checklist."""
    needed = {EvidenceKind.BEFORE: 1, EvidenceKind.AFTER: 1, EvidenceKind.COMPLETION: 1}
    if MONITORED & {ProblemType(word) for word in types}:
        needed[EvidenceKind.MONITORING] = MONITORINGS
    if source in INSPECTION_SOURCES:
        needed |= {EvidenceKind.SIMILAR: 1, EvidenceKind.MECHANISM: 1}
    if has_contact:
        needed[EvidenceKind.REVISIT] = 1
    if is_unlawful:
        needed[EvidenceKind.PENALTY] = 1
    return needed


def missing_evidence(
    needed: Mapping[EvidenceKind, int], held: Mapping[EvidenceKind, int]
) -> list[str]:
    """One phrase for each kind that is short."""
    return [
        f"{kind.label}(还差{count - held.get(kind, 0)}份)"
        for kind, count in needed.items()
        if held.get(kind, 0) < count
    ]
