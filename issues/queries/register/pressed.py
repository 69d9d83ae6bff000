"""Tickets pressed by a notice that waits for its answer, as conditions of a day."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, false, or_, select

from issues.ground.clock import SHANGHAI
from issues.models import Issue, Notice, NoticeIssue
from issues.vocabulary import NoticeKind, NoticeStatus

SUPERVISING = (NoticeKind.N1, NoticeKind.N2, NoticeKind.N3, NoticeKind.N4)
Condition = ColumnElement[bool]


def end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI)


def waiting(day: date) -> Condition:
    """The condition on Notice: a signed supervision notice (N1 to N4) unanswered on the day."""
    return and_(
        Notice.status == NoticeStatus.SIGNED,
        Notice.kind.in_(SUPERVISING),
        Notice.signed_on <= day,
        or_(Notice.replied_at.is_(None), Notice.replied_at >= end_of(day)),
    )


def noticed(state: str, day: date) -> Condition:
    """That such a notice waited for an answer on the day, or was late."""
    if state not in ("open", "overdue"):
        return false()
    told = select(NoticeIssue.issue_id).join(Notice, Notice.id == NoticeIssue.notice_id)
    told = told.where(waiting(day))
    if state == "overdue":
        end = end_of(day)
        unsigned = or_(Notice.acknowledged_at.is_(None), Notice.acknowledged_at >= end)
        told = told.where(or_(Notice.reply_due < day, and_(Notice.sign_due < day, unsigned)))
    return Issue.id.in_(told)
