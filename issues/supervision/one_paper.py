"""One paper a ticket: of all that is due at one moment the highest step (docs/decisions/0015).

Nothing is remembered of what was passed over: it is read from the papers themselves. A paper
stands for every step no higher than its own that began before it was drafted, and for every one
that begins while it is out: drafted and not signed yet, or signed and its answer owed. So a step
passed over today is passed over on every later day and run, and one that begins after the answer
is new.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select

from extensions import db
from issues.ground import clock
from issues.ground.batches import among
from issues.models import Notice, NoticeIssue
from issues.vocabulary import NoticeKind, NoticeStatus

STEPS = (NoticeKind.N1, NoticeKind.N2, NoticeKind.N3, NoticeKind.N4, NoticeKind.N6)
"""The papers that press, the lowest first. N0 hands the ticket over and is no step of it."""
_RANK = {kind: rank for rank, kind in enumerate(STEPS, 1)}
_SAYS_AS_MUCH = {**_RANK, NoticeKind.N0: _RANK[NoticeKind.N1]}
"""An N0 tells the deadline: on the day it is drafted no reminder of that deadline is."""


class Due(NamedTuple):
    """A notice that is to be drafted, once."""

    kind: NoticeKind
    issue_id: int
    trigger: str
    occurrence: str


class Pair(NamedTuple):
    """An occurrence of a trigger on a ticket; `since` is the first day on which it held."""

    issue_id: int
    occurrence: str
    since: date


class Asked(NamedTuple):
    """What a trigger asks for, and the first day on which it held."""

    due: Due
    since: date


class Paper(NamedTuple):
    """A notice on a ticket. `ended_on`: answered, or out of force; None while it is out."""

    kind: NoticeKind
    drafted_on: date
    ended_on: date | None


def one_each(asked: Sequence[Asked], handed: Iterable[Due], on: date) -> list[Due]:
    """The highest step of each ticket that no paper stands for already; of two the first asked.

    `handed` are the N0 of the same moment: they are drafted beside it.
    """
    papers = papers_of({one.due.issue_id for one in asked})
    for due in handed:
        papers[due.issue_id].append(Paper(due.kind, on, on))
    highest: dict[int, Due] = {}
    for one in asked:
        due = one.due
        if any(stands_for(paper, due.kind, one.since) for paper in papers[due.issue_id]):
            continue
        known = highest.get(due.issue_id)
        if known is None or _RANK[due.kind] > _RANK[known.kind]:
            highest[due.issue_id] = due
    return list(highest.values())


def stands_for(paper: Paper, kind: NoticeKind, since: date) -> bool:
    """Whether a step that began on a day is told by the paper, or begins while it is out."""
    if _SAYS_AS_MUCH[paper.kind] < _RANK[kind]:
        return False
    return paper.drafted_on >= since or paper.ended_on is None or paper.ended_on > since


def papers_of(ids: Iterable[int]) -> dict[int, list[Paper]]:
    """Every pressing paper and N0 of the city on these tickets, by ticket. One statement."""
    rows = db.session.execute(
        select(
            NoticeIssue.issue_id, Notice.kind, Notice.status, Notice.drafted_at, Notice.signed_on,
            Notice.reply_due, Notice.replied_at,
        )
        .join(Notice, Notice.id == NoticeIssue.notice_id)
        .where(among(NoticeIssue.issue_id, ids), Notice.kind.in_(_SAYS_AS_MUCH))
        .where(Notice.centre_id.is_(None))
    )  # fmt: skip
    found: dict[int, list[Paper]] = defaultdict(list)
    for row in rows:
        drafted_on = clock.day_of(row.drafted_at)
        found[row.issue_id].append(Paper(row.kind, drafted_on, _ended(row, drafted_on)))
    return found


def _ended(row: Any, drafted_on: date) -> date | None:
    """A void one says nothing to what comes after it, nor does an N0, which is no press."""
    if row.kind is NoticeKind.N0 or row.status is NoticeStatus.VOID:
        return drafted_on
    if row.status is NoticeStatus.DRAFT:
        return None
    if row.replied_at is not None:
        return clock.day_of(row.replied_at)
    return row.signed_on if row.reply_due is None else None
