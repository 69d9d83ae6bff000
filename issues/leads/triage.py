"""What a person decides of a lead: a ticket of its own, one that stands, or none. Never commits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues import audit
from issues.act_fields.details import read_details
from issues.evidence.intake.attaching import attach
from issues.evidence.rows import refuse_unless_open
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, Refusal, WrongStatus
from issues.leads.fields import DISMISS, LINK
from issues.likeness.search import NO_LONGER
from issues.models import Evidence, Issue, Lead
from issues.polluters import tying_leads
from issues.rights.table import Right, holds
from issues.supervision import lookbacks
from issues.vocabulary import LeadAct, LeadState, Subject
from issues.workflow import load

TITLE_LENGTH = 40


def find(lead_id: int, actor: Actor, *, for_change: bool = False) -> Lead:
    """Raises NotFound to whoever neither triages leads nor told of this one."""
    query = select(Lead).where(Lead.id == lead_id)
    if not holds(actor, Right.SEE_LEADS):
        query = query.where(Lead.reporter_id == actor.id)
    if for_change:
        query = query.with_for_update().execution_options(populate_existing=True)
    lead = db.session.scalars(query).first()
    if lead is None:
        raise NotFound
    return lead


def refuse_unless_new(lead: Lead, actor: Actor) -> None:
    """Raises NotAllowed, WrongStatus."""
    if not holds(actor, Right.TRIAGE_LEADS):
        raise NotAllowed("线索由市环委办经办和督察员研判。")
    if lead.state is not LeadState.NEW:
        raise WrongStatus(f"这条线索{lead.state.label}，不能再次研判。")


def said_of(lead: Lead) -> dict[str, str]:
    """What the form of a new ticket is first filled with."""
    first = next(iter(lead.text.splitlines()), "")
    return {
        "source": lead.origin.source.value,
        "source_ref": lead.origin_ref or "",
        "title": first[:TITLE_LENGTH],
        "problem": "\n".join(filter(None, (lead.text, reading_of(lead)))),
        "region": lead.region,
        "place": lead.place,
        "subject_firm": lead.subject_firm,
        "lon": "" if lead.lon is None else repr(lead.lon),
        "lat": "" if lead.lat is None else repr(lead.lat),
    }


def reading_of(lead: Lead) -> str:
    """The reading as a sentence; empty where there is none."""
    if lead.value is None:
        return ""
    limit = "" if lead.limit_value is None else f"，限值{lead.limit_value:f}{lead.measured_in}"
    return f"监测数据：{lead.pollutant}{lead.value:f}{lead.measured_in}{limit}。"


def become(lead_id: int, issue: Issue, actor: Actor, at: datetime) -> Lead:
    """The lead became this ticket; its pictures and its sources are the ticket's too.

    Raises WrongStatus.
    """
    lead = find(lead_id, actor, for_change=True)
    refuse_unless_new(lead, actor)
    _carry(lead, issue, actor, at)
    tying_leads.inherit(actor, lead, issue)
    _decide(lead, LeadState.TICKET, LeadAct.TO_TICKET, actor, at, issue=issue)
    return lead


def link(lead_id: int, raw: Mapping[str, Any], actor: Actor, at: datetime) -> Lead:
    """Tied to a ticket that stands. Raises Incomplete where there is none in sight.

    What was seen after a ticket was struck off sends somebody to look again.
    """
    lead = find(lead_id, actor, for_change=True)
    refuse_unless_new(lead, actor)
    given = read_details(LINK, raw, None)
    try:
        issue = load(given["to"], actor, for_change=True)
        if issue.status in NO_LONGER:
            raise WrongStatus(f"该事项{issue.status.label}，线索不能并入")
        if lead.pictures:
            refuse_unless_open(issue, actor)
    except NotFound:
        raise Incomplete({"to": [f"没有编号为“{given['to'][:30]}”的事项。"]}) from None
    except Refusal as refused:
        raise Incomplete({"to": [str(refused)]}) from refused
    _carry(lead, issue, actor, at)
    lookbacks.seen_again(issue, clock.day_of(lead.at), f"线索第{lead.id}号并入", at)
    _decide(lead, LeadState.LINKED, LeadAct.LINK, actor, at, issue=issue, reason=given["reason"])
    return lead


def dismiss(lead_id: int, raw: Mapping[str, Any], actor: Actor, at: datetime) -> Lead:
    lead = find(lead_id, actor, for_change=True)
    refuse_unless_new(lead, actor)
    given = read_details(DISMISS, raw, None)
    _decide(lead, LeadState.DISMISSED, LeadAct.DISMISS, actor, at, reason=given["reason"])
    return lead


def _decide(
    lead: Lead, state: LeadState, act: LeadAct, actor: Actor, at: datetime,
    *, issue: Issue | None = None, reason: str = "",
) -> None:  # fmt: skip
    before = lead.state
    lead.state, lead.reason = state, reason
    lead.issue_id = None if issue is None else issue.id
    lead.triaged_at, lead.triaged_by_id = at, actor.id
    db.session.flush()
    detail = {} if issue is None else {"number": issue.number}
    audit.record(
        Subject.LEAD, lead.id, act, actor, at=at, before=before.value, after=state.value,
        reason=reason, detail=detail,
    )  # fmt: skip


def _carry(lead: Lead, issue: Issue, actor: Actor, at: datetime) -> None:
    """Those that the ticket has not yet become its evidence, as they came."""
    held = set(db.session.scalars(select(Evidence.sha256).where(Evidence.issue_id == issue.id)))
    attach(
        [one for one in lead.pictures if one.sha256 not in held], issue, actor, at,
        note=f"线索第{lead.id}号，来源：{lead.origin.label}", unit_id=lead.reporter.unit_id,
    )  # fmt: skip
