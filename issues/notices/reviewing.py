"""What the office says of a unit's answer: accepted, or returned with a reason and a new day."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues.act_fields.bound import beyond_today
from issues.evidence.contradictions import keeping as contradictions
from issues.ground import clock
from issues.ground.refusals import Incomplete, WrongStatus
from issues.models import Notice, ReplyReview
from issues.notices.fields import OWED_AGAIN
from issues.notices.receipts.given import returned
from issues.notices.signing import refresh_tickets
from issues.vocabulary import NoticeStatus


def review(
    notice: Notice, actor: Actor, at: datetime, values: Mapping[str, Any], *, is_accepted: bool
) -> None:
    """A returned answer is owed again, by the day that is set. Raises WrongStatus, Incomplete."""
    if notice.replied_at is None:
        raise WrongStatus("本文书尚未答复。")
    if has_accepted(notice):
        raise WrongStatus("本文书的答复已经认可。")
    if not is_accepted and (wrong := beyond_today((OWED_AGAIN,), values, clock.day_of(at))):
        raise Incomplete(wrong)
    points = [] if is_accepted else returned(notice, values["points"])
    db.session.add(
        ReplyReview(
            notice_id=notice.id,
            replied_at=notice.replied_at,
            reply=notice.reply,
            reply_evidence=notice.reply_evidence,
            reply_points=notice.reply_points,
            points=points,
            is_accepted=is_accepted,
            reason=values.get("reason") or "",
            reviewed_at=at,
            reviewed_by_id=actor.id,
        )
    )
    if not is_accepted:
        notice.replied_at, notice.reply = None, ""
        notice.reply_evidence, notice.reply_points = [], []
        notice.reply_due = values["due"]
        contradictions.refresh_all(notice.issues, at)
    db.session.flush()
    refresh_tickets(notice, at)


def has_accepted(notice: Notice) -> bool:
    return any(one.is_accepted for one in reviews(notice))


def reviews(notice: Notice) -> list[ReplyReview]:
    """What the office said of its answers, the newest first; nothing is asked for a draft."""
    if notice.status is NoticeStatus.DRAFT:
        return []
    rows = select(ReplyReview).where(ReplyReview.notice_id == notice.id)
    return list(db.session.scalars(rows.order_by(ReplyReview.id.desc())))
