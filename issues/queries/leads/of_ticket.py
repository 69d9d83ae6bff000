"""The leads that a ticket came from or that are tied to it; what else may be tied to it."""

from sqlalchemy import BindParameter, bindparam, exists, select

from issues.keepers.inherited import is_kept
from issues.models import IssueLink, Lead, PolluterTie

THIS: BindParameter[int] = bindparam("issue")

ARE_THERE = exists().where(Lead.issue_id == THIS)
IS_TIED = exists().where(
    (IssueLink.issue_id == THIS) | (IssueLink.to_id == THIS), IssueLink.ended_on.is_(None)
)
HAS_POLLUTERS = exists().where(PolluterTie.issue_id == THIS)
BESIDE = (
    ARE_THERE.label("has_leads"),
    IS_TIED.label("is_tied"),
    HAS_POLLUTERS.label("has_polluters"),
    is_kept(THIS).label("has_keepers"),
)
"""What there is to ask of one ticket, so that nothing is asked in vain."""
LEADS = (
    select(Lead.id, Lead.origin, Lead.origin_ref, Lead.received_at, Lead.state, Lead.text)
    .where(Lead.issue_id == THIS)
    .order_by(Lead.id)
)
