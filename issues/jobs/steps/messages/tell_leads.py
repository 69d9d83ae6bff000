"""Remind those who triage of leads that nobody has decided by their time: once each."""

from datetime import datetime, time, timedelta

from sqlalchemy import select

from extensions import db
from issues.ground import clock
from issues.jobs.job import Tools
from issues.messages.happening import Happening
from issues.messages.telling import tell_of
from issues.models import Lead
from issues.rights.holders import have_any
from issues.rights.words import Right
from issues.vocabulary import LeadState, MessageEvent


def find(tools: Tools) -> list[str]:
    """Those whose time is over by the end of this day."""
    end = datetime.combine(tools.on + timedelta(days=1), time(), clock.SHANGHAI)
    late = select(Lead.id).where(Lead.state == LeadState.NEW, Lead.due_at <= end)
    return [str(lead_id) for lead_id in db.session.scalars(late.order_by(Lead.due_at, Lead.id))]


def do(tools: Tools, unit: str) -> int:
    """How many persons were reminded; nobody twice of the same lead."""
    one = Happening(
        MessageEvent.DEADLINE, f"线索第{unit}号", f"/leads/{unit}", tools.on, f"lead-{unit}",
        have_any([Right.TRIAGE_LEADS]), for_systems=False,
    )  # fmt: skip
    return tell_of(one)
