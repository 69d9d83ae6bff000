"""Tying a lead to the pollution source it is about, untying it, and what its ticket inherits.

Never commits. What is suggested is tied by nobody but a person, who says why.
"""

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues import audit
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotFound, WrongStatus
from issues.models import Issue, Lead, LeadTie, Polluter, PolluterTie
from issues.polluters.keeping import LONGEST_REASON, find, require
from issues.polluters.tying import keep
from issues.vocabulary import PolluterAct, Subject

LEAD = "线索"
"""Under this name the history of a source keeps the number of a lead."""


def tie(actor: Actor, lead: Lead, polluter_id: int, reason: str) -> Polluter:
    """Raises NotAllowed, NotFound, WrongStatus, Incomplete."""
    require(actor)
    row = find(polluter_id, actor, for_change=True)
    if row.ended_at is not None:
        raise WrongStatus("该污染源已停用，不能再关联。")
    if _of(lead, row.id) is not None:
        raise WrongStatus("这条线索已经关联该污染源。")
    why = _reasoned(reason)
    db.session.add(
        LeadTie(polluter_id=row.id, lead_id=lead.id, tied_on=clock.today(), tied_by_id=actor.id)
    )
    db.session.flush()
    _record(row, PolluterAct.TIE_LEAD, actor, lead, why)
    return row


def untie(actor: Actor, lead: Lead, polluter_id: int, reason: str) -> Polluter:
    """Raises NotAllowed, NotFound, Incomplete."""
    require(actor)
    row = find(polluter_id, actor, for_change=True)
    tied = _of(lead, row.id)
    if tied is None:
        raise NotFound
    why = _reasoned(reason)
    tied.ended_at = clock.now()
    _record(row, PolluterAct.UNTIE_LEAD, actor, lead, why)
    return row


def inherit(actor: Actor, lead: Lead, issue: Issue) -> None:
    """The ticket a lead became is about the same sources, but for those ended meanwhile."""
    held = select(PolluterTie.polluter_id).where(
        PolluterTie.issue_id == issue.id, PolluterTie.ended_at.is_(None)
    )
    rows = (
        select(Polluter)
        .join(LeadTie, LeadTie.polluter_id == Polluter.id)
        .where(LeadTie.lead_id == lead.id, LeadTie.ended_at.is_(None))
        .where(Polluter.ended_at.is_(None), Polluter.id.not_in(held))
        .order_by(LeadTie.id)
    )
    for row in db.session.scalars(rows):
        keep(row, issue, actor, f"线索第{lead.id}号已关联")


def _reasoned(reason: str) -> str:
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise Incomplete({"reason": [f"请写明理由，最多{LONGEST_REASON}个字"]})
    return reason.strip()


def _of(lead: Lead, polluter_id: int) -> LeadTie | None:
    rows = select(LeadTie).where(
        LeadTie.lead_id == lead.id, LeadTie.polluter_id == polluter_id, LeadTie.ended_at.is_(None)
    )
    return db.session.scalars(rows).first()


def _record(row: Polluter, act: PolluterAct, actor: Actor, lead: Lead, reason: str) -> None:
    detail = {LEAD: str(lead.id)}
    audit.record(
        Subject.POLLUTER, row.id, act, actor, at=clock.now(), reason=reason, detail=detail
    )  # fmt: skip
