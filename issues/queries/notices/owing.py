"""Whether a unit still owes an answer to a notice on a ticket."""

from sqlalchemy import exists, select

from auth.actor import Actor
from extensions import db
from issues.models import Issue, Notice, NoticeIssue
from issues.vocabulary import NoticeStatus


def owes_answer(issue: Issue, actor: Actor) -> bool:
    """Then its people may add evidence whatever the ticket's status. One statement."""
    owed = (
        exists()
        .where(NoticeIssue.issue_id == issue.id, NoticeIssue.notice_id == Notice.id)
        .where(
            Notice.unit_id == actor.unit_id,
            Notice.status == NoticeStatus.SIGNED,
            Notice.reply_due.is_not(None),
            Notice.replied_at.is_(None),
        )
    )
    return actor.unit_id is not None and bool(db.session.scalar(select(owed)))
