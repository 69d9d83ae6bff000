"""Tying a ticket to the pollution source it is about, and untying it. Never commits."""

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues import audit
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotFound, WrongStatus
from issues.models import Issue, Polluter, PolluterTie
from issues.polluters.keeping import LONGEST_REASON, find, require
from issues.vocabulary import PolluterAct, Subject

TICKET = "问题"
"""Under this name the history of a source keeps the ticket's number."""


def tie(actor: Actor, issue: Issue, polluter_id: int) -> Polluter:
    """Raises NotAllowed, NotFound, WrongStatus."""
    require(actor)
    row = find(polluter_id, actor, for_change=True)
    if row.ended_at is not None:
        raise WrongStatus("该污染源已停用，不能再关联。")
    if _of(issue, row.id) is not None:
        raise WrongStatus("这个问题已经关联该污染源。")
    keep(row, issue, actor, "")
    return row


def keep(row: Polluter, issue: Issue, actor: Actor, reason: str) -> None:
    """The tie itself and its record; whoever calls has asked whether it may stand."""
    db.session.add(
        PolluterTie(
            polluter_id=row.id, issue_id=issue.id, tied_on=clock.today(), tied_by_id=actor.id
        )
    )
    db.session.flush()
    _record(row, PolluterAct.TIE, actor, issue, reason)


def untie(actor: Actor, issue: Issue, polluter_id: int, reason: str) -> Polluter:
    """Raises NotAllowed, NotFound, Incomplete."""
    require(actor)
    row = find(polluter_id, actor, for_change=True)
    tied = _of(issue, row.id)
    if tied is None:
        raise NotFound
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise Incomplete({"reason": [f"请写明理由，最多{LONGEST_REASON}个字"]})
    tied.ended_at = clock.now()
    _record(row, PolluterAct.UNTIE, actor, issue, reason.strip())
    return row


def _of(issue: Issue, polluter_id: int) -> PolluterTie | None:
    rows = select(PolluterTie).where(
        PolluterTie.issue_id == issue.id, PolluterTie.polluter_id == polluter_id,
        PolluterTie.ended_at.is_(None),
    )  # fmt: skip
    return db.session.scalars(rows).first()


def _record(row: Polluter, act: PolluterAct, actor: Actor, issue: Issue, reason: str) -> None:
    detail = {TICKET: issue.number}
    audit.record(
        Subject.POLLUTER, row.id, act, actor, at=clock.now(), reason=reason, detail=detail
    )  # fmt: skip
