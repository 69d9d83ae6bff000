"""Originals of complaints: put in by the office and inspectors, opened by the cleared alone.

They may tell who complained, so they are no evidence: they stand in no gallery, dossier, export,
search or flag. Bytes and names are kept sealed. Each look needs the head's word, and leaves its
reason in the history, in which no name of a file stands.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from auth.actor import Actor
from extensions import db
from issues import audit
from issues.evidence.clearances import is_cleared, refuse_uncleared, stated
from issues.evidence.intake.sealing_in import place_of
from issues.evidence.intake.taking import Proven
from issues.evidence.storage.store import Store
from issues.ground.refusals import Incomplete, NotAllowed, NotFound
from issues.ground.secrecy import sealing
from issues.models import ComplaintOriginal, Issue
from issues.rights.table import Right, may
from issues.vocabulary import BesideAct

MOST = 60


def is_known_to(issue: Issue, actor: Actor) -> bool:
    """Who neither puts them in, nor clears others, nor is cleared learns of none."""
    knows = (Right.WRITE_COMPLAINANT, Right.GRANT_CLEARANCE)
    return any(may(actor, right, issue) for right in knows) or is_cleared(issue, actor)


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


def add(issue: Issue, actor: Actor, proven: Proven, *, at: datetime) -> ComplaintOriginal:
    """The row of sealed bytes; the same bytes twice are one. Never commits."""
    refuse_unless_writer(issue, actor)
    known = rows_of(issue)
    same = next((row for row in known if row.plain_sha256 == proven.plain_sha256), None)
    if same is not None:
        return same
    if len(known) >= MOST:
        raise Incomplete({"file": [f"一件事项最多存{MOST}份信访件原件"]})
    row = ComplaintOriginal(
        issue_id=issue.id,
        name="",
        sealed_name=sealing.seal(proven.name.encode(), place_of(issue.id)),
        size=proven.size,
        media_type=proven.media_type,
        sha256=proven.sha256,
        plain_sha256=proven.plain_sha256,
        key_id=sealing.current_key(),
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
    refuse_uncleared(issue, actor)
    row = next((row for row in rows_of(issue) if row.id == original_id), None)
    if row is None:
        raise NotFound
    _tell(issue, actor, row, BesideAct.VIEW_ORIGINAL, stated(reason), at)
    return row


def name_of(row: ComplaintOriginal) -> str:
    """Raises CannotOpen."""
    if row.sealed_name is None:
        return row.name
    return sealing.open_sealed(row.sealed_name, place_of(row.issue_id)).decode()


def bytes_of(row: ComplaintOriginal, store: Store) -> Iterator[bytes]:
    """As they came in, after all that is kept was checked. Raises Damaged, CannotOpen."""
    return opened(store, row.sha256, place_of(row.issue_id))


def opened(store: Store, sha256: str, place: str) -> Iterator[bytes]:
    """The plain bytes; those that were kept before anything was sealed, as they lie."""
    kept = store.read_verified(sha256)
    try:
        head = kept.read(len(sealing.MARK) + 1)
        kept.seek(0)
        parts = sealing.opening(kept, place) if sealing.is_sealed(head) else _read(kept)
    except BaseException:
        kept.close()
        raise
    return _closing(kept, parts)


def _read(kept: IO[bytes]) -> Iterator[bytes]:
    while part := kept.read(sealing.PART):
        yield part


def _closing(kept: IO[bytes], parts: Iterator[bytes]) -> Iterator[bytes]:
    with kept:
        yield from parts


def _tell(
    issue: Issue, actor: Actor, row: ComplaintOriginal, action: BesideAct, reason: str, at: datetime
) -> None:
    audit.record_beside(
        issue, action, actor, at=at, reason=reason, is_covert=True,
        detail={"original": row.id, "size": row.size, "sha256": row.plain_sha256},
    )  # fmt: skip
