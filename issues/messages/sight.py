"""Which messages may be shown to a person now: those of what they see now, whoever they were."""

from sqlalchemy import ColumnElement, and_, exists, false, or_

from auth.actor import Actor
from issues.models import Issue, Message, Notice
from issues.notices import rights as notices
from issues.rights.table import Right, holds, reach


def in_sight(actor: Actor) -> ColumnElement[bool]:
    """The condition on Message; each looks up its own ticket and notice."""
    ticket = exists().where(Issue.id == Message.issue_id, reach(actor)).correlate(Message)
    paper = exists().where(Notice.id == Message.notice_id, notices.reach(actor)).correlate(Message)
    seen = [
        or_(Message.issue_id.is_(None), ticket),
        or_(Message.notice_id.is_(None), paper),
    ]
    if not holds(actor, Right.SEE_COVERT):
        seen.append(Message.is_covert.is_(False))
    return and_(*seen)


def own(actor: Actor) -> ColumnElement[bool]:
    """And those to this person."""
    return and_(Message.user_id == actor.id, in_sight(actor)) if actor.id else false()
