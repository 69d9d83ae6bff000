"""Rows of evidence: who may add one when, and that its bytes are kept before the row is.

The bytes are proven and kept by `take_in`, outside any transaction; the row and its history are
written by `add` and `replace`, inside the caller's. A crash in between leaves bytes without a row,
never a row without bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from sqlalchemy import select

from auth.actor import SYSTEM, Actor
from extensions import db
from issues import audit
from issues.colour.facts_of import measures_of
from issues.evidence import quota
from issues.evidence.contradictions import keeping as contradictions
from issues.evidence.contradictions.filed import tells
from issues.evidence.flags import twins
from issues.evidence.intake.by_hand import refuse_kind
from issues.evidence.intake.taking import Proven, take_in
from issues.evidence.storage.store import Store
from issues.ground import signs
from issues.ground.refusals import Incomplete, NotAllowed, WrongStatus
from issues.models import Evidence, Issue, Reading
from issues.rights.table import may
from issues.vocabulary import (
    OPEN,
    STRUCK_OFF,
    UNIT_ROLES,
    WORKED_ON,
    Action,
    EvidenceKind,
    Relation,
    Role,
    Status,
)

NOTE_LIMIT = 2000


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a file beside its bytes."""

    kind: EvidenceKind
    measure_id: int | None = None
    note: str = ""
    place: tuple[float, float] | None = None


def keep(
    issue: Issue,
    actor: Actor,
    stream: IO[bytes],
    filename: str,
    *,
    store: Store,
    kind: str,
    measure_id: int | None = None,
    note: str = "",
    declared: int | None = None,
    at: datetime,
    is_answer: bool = False,
) -> Evidence:
    """All steps at once, for a caller that has one file. Never commits. Raises every refusal."""
    refuse_unless_open(issue, actor, is_answer=is_answer)
    about = read_about(issue, kind, measure_id, note)
    proven = take_in(stream, filename, store=store, declared=declared)
    return add(issue, actor, proven, about, at=at, is_answer=is_answer)


def refuse_unless_open(
    issue: Issue, actor: Actor, action: Action = Action.UPLOAD, *, is_answer: bool = False
) -> None:
    """Raises NotAllowed or WrongStatus. `is_answer`: with a notice's reply, at any time."""
    if not may(actor, action, issue):
        raise NotAllowed("您没有在本事项上传佐证材料的权限。")
    if is_answer or issue.status in _statuses(issue, actor):
        return
    raise WrongStatus(f"本事项现为“{issue.status.label}”，现在不能上传佐证材料。")


def is_open_to(issue: Issue, actor: Actor) -> bool:
    """Whether the person may upload now: what decides that the form is shown."""
    return may(actor, Action.UPLOAD, issue) and issue.status in _statuses(issue, actor)


UPLOADS_WHILE: dict[Role, frozenset[Status]] = {
    Role.OFFICE: frozenset(Status),
    Role.INSPECTOR: OPEN | STRUCK_OFF,
    **dict.fromkeys(UNIT_ROLES, WORKED_ON | {Status.PLANNING, Status.PLAN_REVIEW}),
}
"""When each role that may upload may do so (docs/rules.md)."""


def _statuses(issue: Issue, actor: Actor) -> frozenset[Status]:
    """The person's roles' times; an inspector's own draft and what a unit accepts beside them."""
    found = frozenset[Status]().union(*(UPLOADS_WHILE.get(role, ()) for role in actor.roles))
    if actor.has(Role.INSPECTOR) and issue.created_by_id == actor.id:
        found |= {Status.DRAFT}
    accepting = {unit.id for unit in issue.units(Relation.ACCEPTANCE)}
    if actor.has(*UNIT_ROLES) and actor.unit_id in accepting:
        found |= {Status.FIRST_ACCEPTANCE}
    return found


def read_about(issue: Issue, kind: str, measure_id: int | None, note: str) -> About:
    """Raises Incomplete, each fault at its field."""
    errors: dict[str, list[str]] = {}
    known = EvidenceKind.of(kind)
    if known is None:
        errors["kind"] = ["请选择材料类别"]
    if measure_id is not None and measure_id not in {m.id for m in measures_of(issue)}:
        errors["measure"] = ["没有这项措施"]
    note = signs.clean(note).strip()
    if wrong := signs.fault(note):
        errors["note"] = [f"说明{wrong}"]
    if len(note) > NOTE_LIMIT:
        errors["note"] = [f"说明超过{NOTE_LIMIT}字，现有{len(note)}字，请精简"]
    if errors or known is None:
        raise Incomplete(errors)
    return About(known, measure_id, note)


def add(
    issue: Issue, actor: Actor, proven: Proven, about: About, *, at: datetime,
    is_answer: bool = False,
) -> Evidence:  # fmt: skip
    """The row of kept bytes, and its line in the ticket's history. Never commits."""
    refuse_unless_open(issue, actor, is_answer=is_answer)
    refuse_kind(actor, about.kind)
    return write(issue, actor, proven, about, at)


def bring(
    issue: Issue, actor: Actor, proven: Proven, about: About, *, at: datetime,
    source: Mapping[str, str],
) -> Evidence:  # fmt: skip
    """The same of a file that an import brings; its history says from where. Never commits."""
    if actor is not SYSTEM:
        refuse_unless_open(issue, actor)
    return write(issue, actor, proven, about, at, source)


def write(
    issue: Issue, actor: Actor, proven: Proven, about: About, at: datetime,
    source: Mapping[str, str] | None = None,
) -> Evidence:  # fmt: skip
    """For a caller that asked for the right itself. Never commits. Raises OverQuota."""
    quota.refuse_over(issue, proven.size)
    row = _row(issue, actor, proven, about, at)
    db.session.add(row)
    db.session.flush()
    twins.keep(row)
    if tells(row):
        contradictions.refresh(issue, at)
    _tell(issue, actor, row, Action.UPLOAD, at, source=source)
    return row


def replace(
    issue: Issue, actor: Actor, old: Evidence, proven: Proven, reason: str, *, at: datetime
) -> Evidence:
    """A new version beside the old one, which stays. Never commits."""
    refuse_unless_replaceable(issue, actor, old, reason)
    quota.refuse_over(issue, proven.size)
    row = _row(issue, actor, proven, About(old.kind, old.measure_id, old.note), at)
    row.version, row.replaces_id, row.is_covert = old.version + 1, old.id, old.is_covert
    db.session.add(row)
    db.session.flush()
    twins.keep(row)
    contradictions.refresh(issue, at)
    _tell(issue, actor, row, Action.REPLACE, at, reason=reason.strip())
    return row


def refuse_unless_replaceable(issue: Issue, actor: Actor, old: Evidence, reason: str) -> None:
    """Only what one's own unit put in, only the newest version, and never without a reason."""
    refuse_unless_open(issue, actor, Action.REPLACE)
    if not is_own(actor, old):
        raise NotAllowed("只能更新本单位上传的佐证材料。")
    newer = select(Evidence.id).where(Evidence.replaces_id == old.id).limit(1)
    if db.session.scalar(newer) is not None:
        raise WrongStatus("这份材料已有更新的版本，请打开最新版本后再更新。")
    if not reason.strip():
        raise Incomplete({"reason": ["请写明更新的理由"]})
    if len(reason) > NOTE_LIMIT:
        raise Incomplete({"reason": [f"理由超过{NOTE_LIMIT}字，请精简"]})


def is_own(actor: Actor, row: Evidence | Reading) -> bool:
    """Whether the file or reading is the person's unit's, or the person is the office."""
    sender = row.entered_by_id if isinstance(row, Reading) else row.uploaded_by_id
    if actor.has(Role.OFFICE) or sender == actor.id:
        return True
    return actor.has(*UNIT_ROLES) and row.unit_id is not None and row.unit_id == actor.unit_id


def _row(issue: Issue, actor: Actor, proven: Proven, about: About, at: datetime) -> Evidence:
    """What the photo itself says of its place goes before what the sender's device said."""
    facts = proven.facts
    own = (facts.lon, facts.lat) if facts and facts.lon is not None else None
    told = (about.place or proven.place) if facts and own is None else None
    lon, lat = own or told or (None, None)
    return Evidence(
        issue_id=issue.id,
        measure_id=about.measure_id,
        kind=about.kind,
        name=proven.name,
        size=proven.size,
        media_type=proven.media_type,
        sha256=proven.sha256,
        note=about.note,
        is_covert=issue.status in STRUCK_OFF and actor.has(Role.INSPECTOR),
        taken_at=facts.taken_at.isoformat() if facts and facts.taken_at else None,
        lon=lon,
        lat=lat,
        is_place_told=told is not None,
        software=(facts.software or "") if facts else "",
        dhash=facts.dhash_text if facts else None,
        dhash_inner=facts.dhash_inner_text if facts else None,
        has_preview=proven.has_preview,
        has_odd_end=proven.has_odd_end,
        uploaded_at=at,
        uploaded_by_id=actor.id,
        unit_id=actor.unit_id,
    )


def _tell(
    issue: Issue, actor: Actor, row: Evidence, action: Action, at: datetime, *,
    reason: str = "", source: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    audit.record_beside(
        issue, action, actor, at=at, reason=reason,
        detail={
            "evidence": row.id, "kind": row.kind.value, "version": row.version,
            "name": row.name, "size": row.size, "sha256": row.sha256, "note": row.note,
            **(source or {}),
        },
        is_covert=row.is_covert,
    )  # fmt: skip
