"""The evidence a ticket must hold before acceptance is asked for (docs/rules.md).

The checklist is a document: the kinds asked of every ticket, more by type and by source, of a
complaint whose sender left a contact, and where an unlawful act is recorded. A city sets its own.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from issues.vocabulary import INSPECTION_SOURCES, EvidenceKind, Made, ProblemType, Source

SETTING = "required_evidence"
MONITORED = (ProblemType.WATER, ProblemType.AIR, ProblemType.SOIL, ProblemType.NOISE)
MONITORINGS = 2
"""Monitoring on two dates: one reading is not a series."""
MOST_ASKED = 20
Document = Mapping[str, Any]

DEFAULT: Document = {
    "all": {"before": 1, "after": 1, "completion": 1},
    "types": {word.value: {"monitoring": MONITORINGS} for word in MONITORED},
    "sources": {
        word.value: {"similar": 1, "mechanism": 1} for word in Source if word in INSPECTION_SOURCES
    },
    "contact": {"revisit": 1},
    "unlawful": {"penalty": 1},
}


def required_evidence(
    source: Source,
    types: Iterable[str],
    *,
    has_contact: bool,
    is_unlawful: bool,
    document: Document | None = None,
) -> dict[EvidenceKind, int]:
    """How many of each kind are asked for, in the order of the kinds: the most of any line."""
    asked = document or DEFAULT
    lines = [asked.get("all", {})]
    lines += [asked.get("types", {}).get(word, {}) for word in types]
    lines.append(asked.get("sources", {}).get(source, {}))
    lines += [asked.get("contact", {})] if has_contact else []
    lines += [asked.get("unlawful", {})] if is_unlawful else []
    needed: dict[EvidenceKind, int] = {}
    for line in lines:
        for word, count in line.items():
            kind = EvidenceKind(word)
            needed[kind] = max(count, needed.get(kind, 0))
    return {kind: needed[kind] for kind in EvidenceKind if needed.get(kind)}


ASKABLE = tuple(kind for kind in EvidenceKind if kind.made is not Made.IN_CHECKING)
"""What can be there when acceptance is asked for; the other kinds are made afterwards."""


def faults_of(document: Any) -> list[str]:
    """A sentence for each thing wrong in a checklist; nothing where it can be used."""
    if not isinstance(document, dict):
        return ["清单应是一组有名称的内容"]
    found = [f"没有“{name}”这一项" for name in set(document) - set(DEFAULT)]
    lines = [(name, document.get(name, {})) for name in ("all", "contact", "unlawful")]
    for name, words in (("types", ProblemType), ("sources", Source)):
        part = document.get(name, {})
        if not isinstance(part, dict):
            found.append(f"“{name}”应是一组有名称的内容")
            continue
        known = {word.value for word in words}
        found += [f"“{name}”中没有“{word}”" for word in part if word not in known]
        lines += [(f"{name}.{word}", line) for word, line in part.items()]
    return found + [said for name, line in lines for said in _faults_of_line(name, line)]


def _faults_of_line(name: str, line: Any) -> list[str]:
    if not isinstance(line, dict):
        return [f"“{name}”应是材料类别和份数"]
    known = {kind.value for kind in EvidenceKind}
    found = [f"“{name}”中没有材料类别“{kind}”" for kind in line if kind not in known]
    found += [
        f"“{name}”中不能要求“{EvidenceKind(kind).label}”，申请验收以后才有"
        for kind in line
        if kind in known - {kind.value for kind in ASKABLE}
    ]
    for kind, count in line.items():
        if type(count) is not int or not 0 <= count <= MOST_ASKED:
            found.append(f"“{name}.{kind}”应是0到{MOST_ASKED}的整数")
    return found


def held(
    files: Iterable[tuple[EvidenceKind, str, int]],
    readings: Iterable[tuple[date | None, int | None]] = (),
) -> Counter[EvidenceKind]:
    """How much of each kind is there: different files by (kind, digest, id), and days of readings.

    A monitoring report whose readings were entered counts by their days, not as a file: two
    reports of one day are one date. A reading that does not count has no day.
    """
    read = list(readings)
    entered = {report for _, report in read}
    counted_once = {
        (kind, sha256)
        for kind, sha256, id_ in files
        if not (kind is EvidenceKind.MONITORING and id_ in entered)
    }
    counted = Counter(kind for kind, _ in counted_once)
    counted[EvidenceKind.MONITORING] += len({day for day, _ in read if day})
    return counted


def missing_evidence(
    needed: Mapping[EvidenceKind, int], held: Mapping[EvidenceKind, int]
) -> list[str]:
    """One phrase for each kind that is short."""
    return [
        f"{kind.label}（还差{count - held.get(kind, 0)}份）"
        for kind, count in needed.items()
        if held.get(kind, 0) < count
    ]
