"""A check of another source, because of a ticket: a lead on it, tied to it. Never commits."""

from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues.colour.policies import policy_on
from issues.ground import clock
from issues.ground.refusals import WrongStatus
from issues.leads import taking
from issues.models import Issue, Lead, LeadTie, Polluter
from issues.polluters import keeping, tying_leads
from issues.vocabulary import LeadOrigin


def ask(actor: Actor, issue: Issue, polluter_id: int, at: datetime) -> Lead:
    """Raises NotAllowed, NotFound; WrongStatus where one is under way."""
    keeping.require(actor)
    row = keeping.find(polluter_id, actor, for_change=True)
    if row.ended_at is not None:
        raise WrongStatus("该污染源已停用，不能再核查。")
    if (lead_id := _recent(row, at)) is not None:
        raise WrongStatus(f"“{row.name}”已有线索第{lead_id}号，没有再建。")
    lead = taking.take(actor, _said(issue, row, at), (), at).lead
    tying_leads.tie(actor, lead, row.id, f"由{issue.number}举一反三")
    return lead


def _recent(row: Polluter, at: datetime) -> int | None:
    day = clock.day_of(at)
    first = datetime.combine(
        day - timedelta(days=policy_on(day)[1].unchecked_days), time(), clock.SHANGHAI
    )
    rows = select(Lead.id).join(LeadTie, LeadTie.lead_id == Lead.id)
    rows = rows.where(LeadTie.polluter_id == row.id, LeadTie.ended_at.is_(None))
    return db.session.scalar(rows.where(Lead.received_at >= first).limit(1))


def _said(issue: Issue, row: Polluter, at: datetime) -> dict[str, Any]:
    where = {} if row.lon is None or row.lat is None else {
        "lon": f"{row.lon:.6f}", "lat": f"{row.lat:.6f}"
    }  # fmt: skip
    return where | {
        "origin": LeadOrigin.PATROL.value, "at": at, "region": row.region, "place": row.place,
        "subject_firm": row.name,
        "text": f"举一反三：核查{row.name}是否存在与{issue.number}同类的问题。",
    }  # fmt: skip
