"""The leads that a ticket came from or that are tied to it; what else may be tied to it."""

from sqlalchemy import BindParameter, bindparam, exists, select

from issues.models import IssueLink, Lead, PolluterTie

THIS: BindParameter[int] = bindparam("issue")

ARE_THERE = exists().where(Lead.issue_id == THIS)
IS_TIED = exists().where(
    (IssueLink.issue_id == THIS) | (IssueLink.to_id == THIS), IssueLink.ended_on.is_(None)
)
HAS_POLLUTERS = exists().where(PolluterTie.issue_id == THIS)
LEADS = (
    select(Lead.id, Lead.origin, Lead.origin_ref, Lead.received_at, Lead.state, Lead.text)
    .where(Lead.issue_id == THIS)
    .order_by(Lead.id)
)
