"""The leads that a ticket came from, or that are tied to it."""

from sqlalchemy import BindParameter, bindparam, exists, select

from issues.models import Lead

THIS: BindParameter[int] = bindparam("issue")

ARE_THERE = exists().where(Lead.issue_id == THIS)
LEADS = (
    select(Lead.id, Lead.origin, Lead.origin_ref, Lead.received_at, Lead.state, Lead.text)
    .where(Lead.issue_id == THIS)
    .order_by(Lead.id)
)
