"""Files of a notice's tickets: those an answer may name, and those it named."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Row, select

from extensions import db
from issues.models import Evidence, Issue, Notice

MOST = 200


class Named(NamedTuple):
    """One file of an answer: the ticket it stands under, its id there, what it is called."""

    number: str
    id: int
    label: str


def evidence_of(notice: Notice) -> list[tuple[str, str]]:
    """What was uploaded to its tickets and may go with the answer: id and name, newest first."""
    rows = db.session.execute(
        select(Evidence.id, Evidence.kind, Evidence.name)
        .where(
            Evidence.issue_id.in_([issue.id for issue in notice.issues]),
            Evidence.withdrawn_at.is_(None),
            Evidence.is_covert.is_(False),
        )
        .order_by(Evidence.id.desc())
        .limit(MOST)
    )
    return [(str(row.id), f"{row.kind.label} {row.name}") for row in rows]


def pictures_of(notice: Notice, kind: str = "image/") -> list[tuple[str, str]]:
    """Photos (or files of this kind) on its tickets that an annex may show, newest first.

    Id and name.
    """
    rows = db.session.execute(
        select(Evidence.id, Evidence.kind, Evidence.name)
        .where(
            Evidence.issue_id.in_([issue.id for issue in notice.issues]),
            Evidence.withdrawn_at.is_(None),
            Evidence.is_covert.is_(False),
            Evidence.media_type.startswith(kind),
        )
        .order_by(Evidence.id.desc())
        .limit(MOST)
    )
    return [(str(row.id), f"{row.kind.label} {row.name}") for row in rows]


def files_of_replies(notice: Notice, others: Iterator[list[int]]) -> dict[int, Named]:
    """By id, what the answer and earlier ones named; one since withdrawn is said to be so."""
    wanted = {*notice.reply_evidence, *(one for ids in others for one in ids)}
    if not wanted:
        return {}
    rows = db.session.execute(
        select(Issue.number, Evidence.id, Evidence.kind, Evidence.name, Evidence.withdrawn_at)
        .join(Issue, Issue.id == Evidence.issue_id)
        .where(Evidence.id.in_(wanted))
    )
    return {row.id: Named(row.number, row.id, _label(row)) for row in rows}


def _label(row: Row) -> str:
    return f"{row.kind.label} {'（已撤回）' if row.withdrawn_at else row.name}"
