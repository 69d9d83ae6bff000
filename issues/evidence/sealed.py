"""Originals of complaints: put in by the office and inspectors, opened by the cleared alone.

They may tell who complained, so they are no evidence: they stand in no gallery, dossier, export,
search or flag. Each look needs the head's word, and leaves its reason in the history, in which no
name of a file stands.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from auth.actor import Actor
from auth.models import Grant, Unit, User
from extensions import db
from issues import audit
from issues.evidence.complainants import is_cleared, refuse_uncleared
from issues.evidence.intake.taking import Proven
from issues.ground.refusals import Incomplete, NotAllowed, NotFound
from issues.models import ComplaintOriginal, Issue
from issues.rights.table import Right, may
from issues.vocabulary import ADMINISTRATORS, BesideAct

MOST = 60
LONGEST_REASON = 200


def is_known_to(issue: Issue, actor: Actor) -> bool:
    """Who neither puts them in, nor clears others, nor is cleared learns of none."""
    knows = (Right.WRITE_COMPLAINANT, Right.GRANT_CLEARANCE)
    return any(may(actor, right, issue) for right in knows) or is_cleared(actor)


def refuse_unless_known(issue: Issue, actor: Actor) -> None:
    if not is_known_to(issue, actor):
        raise NotFound


def refuse_unless_writer(issue: Issue, actor: Actor) -> None:
    refuse_unless_known(issue, actor)
    if not may(actor, Right.WRITE_COMPLAINANT, issue):
        raise NotAllowed("信访件原件由市环委办或督察员存入。")


def rows_of(issue: Issue) -> Sequence[ComplaintOriginal]:
    """In the order they came. One statement."""
    return db.session.scalars(
        select(ComplaintOriginal)
        .where(ComplaintOriginal.issue_id == issue.id)
        .options(joinedload(ComplaintOriginal.uploaded_by))
        .order_by(ComplaintOriginal.id)
    ).all()


def clearable() -> list[tuple[str, str]]:
    """Who may be cleared, by name: everybody at work who is no administrator. One statement."""
    rows = db.session.execute(
        select(User.name, User.display_name, Unit.short_name)
        .join(Grant, Grant.user_id == User.id)
        .outerjoin(Unit, Unit.id == User.unit_id)
        .where(User.is_active, Grant.revoked_at.is_(None), Grant.role.not_in(tuple(ADMINISTRATORS)))
        .distinct()
        .order_by(User.display_name)
    )
    return [(name, f"{shown}（{unit}）" if unit else shown) for name, shown, unit in rows]


def add(issue: Issue, actor: Actor, proven: Proven, *, at: datetime) -> ComplaintOriginal:
    """The row of kept bytes; the same bytes twice are one. Never commits."""
    refuse_unless_writer(issue, actor)
    known = rows_of(issue)
    same = next((row for row in known if row.sha256 == proven.sha256), None)
    if same is not None:
        return same
    if len(known) >= MOST:
        raise Incomplete({"file": [f"一件事项最多存{MOST}份信访件原件"]})
    row = ComplaintOriginal(
        issue_id=issue.id,
        name=proven.name,
        size=proven.size,
        media_type=proven.media_type,
        sha256=proven.sha256,
        uploaded_at=at,
        uploaded_by_id=actor.id,
    )
    db.session.add(row)
    db.session.flush()
    _tell(issue, actor, row, BesideAct.ADD_ORIGINAL, "", at)
    return row


def view(
    issue: Issue, actor: Actor, original_id: int, reason: str, *, at: datetime
) -> ComplaintOriginal:
    """One of them, with the look recorded. Never commits. Raises NotFound, NotAllowed."""
    refuse_unless_known(issue, actor)
    refuse_uncleared(actor)
    row = next((row for row in rows_of(issue) if row.id == original_id), None)
    if row is None:
        raise NotFound
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise Incomplete({"reason": [f"请写明查看的理由，不超过{LONGEST_REASON}字"]})
    _tell(issue, actor, row, BesideAct.VIEW_ORIGINAL, reason.strip(), at)
    return row


def _tell(
    issue: Issue, actor: Actor, row: ComplaintOriginal, action: BesideAct, reason: str, at: datetime
) -> None:
    audit.record_beside(
        issue, action, actor, at=at, reason=reason, is_covert=True,
        detail={"original": row.id, "size": row.size, "sha256": row.sha256},
    )  # fmt: skip
