"""The city's checklist of required evidence: setting another, and every one there was."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from auth.actor import SYSTEM, Actor
from extensions import db
from issues import audit
from issues.colour.policies import setting
from issues.ground.refusals import Incomplete, NotAllowed
from issues.models import Event, Setting
from issues.rights.table import Right, holds
from issues.rules.required import DEFAULT, SETTING, Document, faults_of
from issues.vocabulary import EvidenceKind, ProblemType, SettingAct, SettingNumber, Source, Subject

LONGEST_REASON = 500
ALWAYS = {"all": "每件事项", "contact": "有联系方式的信访件", "unlawful": "有违法行为的"}


@dataclass(frozen=True, slots=True)
class Version:
    """One checklist of the city's, with what it changed; the first of all is `number` 1."""

    number: int
    at: datetime
    by: str
    reason: str
    changes: list[str]


def in_force() -> Document:
    return setting(SETTING) or DEFAULT


def put(document: Document, actor: Actor, reason: str, *, at: datetime) -> None:
    """Use this checklist from now on. Never commits. Raises NotAllowed, Incomplete.

    A ticket whose acceptance was asked for already is not looked at again.
    """
    if actor is not SYSTEM and not holds(actor, Right.SET_CHECKLIST):
        raise NotAllowed("您没有设置必备材料的权限。")
    before = in_force()
    errors: dict[str, list[str]] = {}
    if faults := faults_of(document):
        errors["document"] = faults
    elif not changes(before, document):
        errors["document"] = ["与现行的清单完全一样，没有需要保存的"]
    if actor is not SYSTEM and not 0 < len(reason.strip()) <= LONGEST_REASON:
        errors["reason"] = [f"请写明更改的理由，不超过{LONGEST_REASON}字"]
    if errors:
        raise Incomplete(errors)
    db.session.merge(Setting(key=SETTING, value=dict(document)))
    audit.record(
        Subject.SETTING, SettingNumber.CHECKLIST, SettingAct.SET_CHECKLIST, actor, at=at,
        reason=reason.strip(), detail={"before": before, "after": document},
    )  # fmt: skip


def versions() -> list[Version]:
    """Every checklist that was set, the latest first. One statement."""
    rows = db.session.scalars(
        select(Event)
        .where(Event.is_about(Subject.SETTING, SettingNumber.CHECKLIST))
        .order_by(Event.seq)
    ).all()
    told = [
        Version(number, row.at, row.actor, row.reason, changes(**row.detail))
        for number, row in enumerate(rows, start=1)
    ]
    return told[::-1]


def changes(before: Document, after: Document) -> list[str]:
    """One sentence for each count that differs."""
    old, new = _counts(before), _counts(after)
    labels = dict(lines())
    differing = [place for place in old.keys() | new.keys() if old[place] != new[place]]
    return [
        f"{labels.get(line, line)}：{EvidenceKind(kind).label}"
        f"由{old[line, kind]}份改为{new[line, kind]}份"
        for line, kind in sorted(differing, key=lambda place: _order(labels, place))
    ]


def lines() -> Iterator[tuple[str, str]]:
    """Every line of a checklist by its name, with its label."""
    yield from ALWAYS.items()
    yield from ((f"types.{word.value}", word.label) for word in ProblemType)
    yield from ((f"sources.{word.value}", word.label) for word in Source)


def count_in(document: Document, line: str, kind: EvidenceKind) -> int:
    return _counts(document)[line, kind.value]


def document_of(counts: Mapping[tuple[str, str], int]) -> dict[str, Any]:
    """A checklist from the count of each (line, kind); what is not asked for is left out."""
    document: dict[str, Any] = {
        "all": {},
        "types": {},
        "sources": {},
        "contact": {},
        "unlawful": {},
    }
    for (line, kind), count in counts.items():
        if count:
            part, _, word = line.partition(".")
            of = document[part].setdefault(word, {}) if word else document[part]
            of[kind] = count
    return document


def _counts(document: Document) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for name in ALWAYS:
        found.update({(name, kind): count for kind, count in document.get(name, {}).items()})
    for part in ("types", "sources"):
        for word, line in document.get(part, {}).items():
            found.update({(f"{part}.{word}", kind): count for kind, count in line.items()})
    return found


def _order(labels: Mapping[str, str], place: tuple[str, str]) -> tuple[int, int]:
    kinds = [kind.value for kind in EvidenceKind]
    return list(labels).index(place[0]), kinds.index(place[1])
