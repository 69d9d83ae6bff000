"""Files that came before their ticket (a covert note's, a lead's): kept, and then its evidence."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from auth.actor import Actor
from extensions import db
from issues import audit
from issues.evidence.intake.taking import Proven
from issues.models import CovertPhoto, Evidence, Issue, LeadPicture
from issues.vocabulary import Action, EvidenceKind

SAME = ("name", "size", "media_type", "sha256", "taken_at", "lon", "lat", "software", "dhash")
"""What is known of such a file, and of the evidence it becomes."""


def known_of(proven: Proven, actor: Actor, at: datetime) -> dict[str, Any]:
    """The columns of such a file, of proven bytes that are kept."""
    facts = proven.facts
    return {
        "name": proven.name,
        "size": proven.size,
        "media_type": proven.media_type,
        "sha256": proven.sha256,
        "taken_at": facts.taken_at.isoformat() if facts and facts.taken_at else None,
        "lon": facts.lon if facts else None,
        "lat": facts.lat if facts else None,
        "software": (facts.software or "") if facts else "",
        "dhash": facts.dhash_text if facts else None,
        "uploaded_at": at,
        "uploaded_by_id": actor.id,
    }


def attach(
    files: Iterable[CovertPhoto | LeadPicture], issue: Issue, actor: Actor, at: datetime,
    *, note: str, unit_id: int | None, is_covert: bool = False,
) -> list[Evidence]:  # fmt: skip
    """As evidence of the state before, each in the ticket's history. Never commits."""
    rows = [
        Evidence(
            issue_id=issue.id,
            kind=EvidenceKind.BEFORE,
            note=note,
            is_covert=is_covert,
            uploaded_at=at,
            uploaded_by_id=file.uploaded_by_id,
            unit_id=unit_id,
            **{name: getattr(file, name) for name in SAME},
        )
        for file in files
    ]
    db.session.add_all(rows)
    db.session.flush()
    for row in rows:
        audit.record_beside(
            issue, Action.UPLOAD, actor, at=at, is_covert=is_covert,
            detail={
                "evidence": row.id, "kind": row.kind.value, "version": 1, "name": row.name,
                "size": row.size, "sha256": row.sha256, "note": row.note,
            },
        )  # fmt: skip
    return rows
