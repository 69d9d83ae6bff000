"""What the rules find is kept when a fact is written, so that a page only reads it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from extensions import db, transaction
from issues.colour.policies import setting
from issues.evidence.contradictions.gathering import papers_of
from issues.ground import clock
from issues.models import Contradiction, Issue, Setting
from issues.rules.contradictions.finding import find
from issues.rules.contradictions.sources import Found, Side

AT_ONCE = 200
MARK = "contradictions_to"
"""The setting that keeps the last ticket read, so that the next run begins behind it."""


def refresh(issue: Issue, at: datetime) -> None:
    """Bring what differs in one ticket in step with its sources. Never commits."""
    refresh_all([issue], at)


def refresh_all(issues: Sequence[Issue], at: datetime) -> int:
    """How many contradictions are new. One that went away and is there again stays ruled."""
    papers, kept = papers_of(issues)
    known = {id_: {row.digest: row for row in kept[id_]} for id_ in papers}
    count = 0
    for id_, paper in papers.items():
        found = find(paper)
        for digest, row in known[id_].items():
            if digest not in found and row.gone_at is None:
                row.gone_at = at
            elif digest in found and row.gone_at is not None:
                row.gone_at = None
        new = [
            _row(id_, digest, one, at) for digest, one in found.items() if digest not in known[id_]
        ]
        db.session.add_all(new)
        count += len(new)
    db.session.flush()
    return count


def _row(issue_id: int, digest: str, found: Found, at: datetime) -> Contradiction:
    return Contradiction(
        issue_id=issue_id, kind=found.kind, digest=digest, because=found.because,
        one=_document(found.one), other=_document(found.other), found_at=at,
    )  # fmt: skip


def _document(side: Side) -> dict[str, Any]:
    return side._asdict() | {"source": side.source.value}


def rebuild() -> Iterator[int]:
    """Tickets from before contradictions were kept are read; how many were found so far.

    A lot at a time, each in a transaction of its own with the mark of how far it came: one that
    breaks off is taken up again.
    """
    done, last = 0, db.session.scalar(select(func.max(Issue.id))) or 0
    for _ in range(last):
        after = setting(MARK)
        after = after if isinstance(after, int) else 0
        rows = select(Issue).where(Issue.id > after).order_by(Issue.id).limit(AT_ONCE)
        with transaction():
            issues = db.session.scalars(rows.with_for_update(of=Issue)).all()
            if not issues:
                return
            done += refresh_all(issues, clock.now())
            db.session.merge(Setting(key=MARK, value=issues[-1].id))
        yield done
