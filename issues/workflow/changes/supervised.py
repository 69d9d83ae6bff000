"""What an act on a ticket does to the notices on it: signing for one, answering one."""

from sqlalchemy import select

from extensions import db
from issues.models import Notice, NoticeIssue
from issues.vocabulary import NoticeKind, NoticeStatus
from issues.workflow.act import Act


def sign_for(act: Act, kind: NoticeKind) -> None:
    """Sign for the ticket's signed notices of a kind that are not yet signed for."""
    for notice in _signed(act, kind):
        if notice.acknowledged_at is None:
            notice.acknowledged_at = act.at
            notice.acknowledged_name = act.actor.display_name
    db.session.flush()


def answer(act: Act, kind: NoticeKind, reply: str) -> None:
    """Answer the ticket's signed notices of a kind that are not yet answered."""
    for notice in _signed(act, kind):
        if notice.replied_at is None:
            notice.replied_at = act.at
            notice.reply = reply
    db.session.flush()


def _signed(act: Act, kind: NoticeKind) -> list[Notice]:
    rows = (
        select(Notice)
        .join(NoticeIssue, NoticeIssue.notice_id == Notice.id)
        .where(
            NoticeIssue.issue_id == act.issue.id,
            Notice.kind == kind,
            Notice.status == NoticeStatus.SIGNED,
            Notice.signed_on >= (act.issue.assigned_on or act.on),
        )
    )
    return list(db.session.scalars(rows))
