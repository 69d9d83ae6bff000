"""Papers whose answer is late, for who judges answers: which of their points are unanswered."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from auth.actor import Actor
from extensions import db
from issues.models import Notice
from issues.notices.facts.letterhead import listed
from issues.notices.rights import reach, to_review
from issues.queries.notices.points import phrases
from issues.rights.table import Right, holds
from issues.vocabulary import NoticeKind, NoticeStatus

SHOWN = 10


class Late(NamedTuple):
    """`points` says which of its requirements nobody answered yet."""

    id: int
    number: str
    title: str
    unit: str
    due: date
    points: str


class Found(NamedTuple):
    """The latest first, at most ten of them."""

    rows: list[Late]
    total: int


def unanswered(actor: Actor, today: date) -> Found:
    """Three statements at most; none for who judges no answer."""
    if not (holds(actor, Right.REVIEW_REPLY) or holds(actor, Right.DRAFT_COUNTY_NOTICE)):
        return Found([], 0)
    late = (
        Notice.status == NoticeStatus.SIGNED,
        Notice.kind != NoticeKind.N0,
        Notice.replied_at.is_(None),
        Notice.reply_due < today,
        to_review(actor),
        reach(actor),
    )
    total = db.session.scalar(select(func.count()).select_from(Notice).where(*late)) or 0
    if not total:
        return Found([], 0)
    rows = select(Notice).where(*late).options(joinedload(Notice.unit))
    found = list(db.session.scalars(rows.order_by(Notice.reply_due, Notice.id).limit(SHOWN)))
    points = phrases(found, today)
    return Found([_late(one, points.get(one.id, "")) for one in found], total)


def _late(notice: Notice, points: str) -> Late:
    facts, unit = notice.facts, notice.unit.short_name
    shown = listed(notice.kind, facts.get("form"), facts.get("unit_name"), unit)
    due = notice.reply_due or date.max
    return Late(notice.id, str(notice.number), notice.title, shown, due, points)
