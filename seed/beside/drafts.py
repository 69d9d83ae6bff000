"""A draft that somebody worked on: one paragraph says more than the record, one is added."""

from datetime import datetime

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues.models import Notice
from issues.notices.desk import acts as desk
from issues.notices.desk.overlay import Standing
from issues.notices.desk.steps import Step
from issues.vocabulary import NoticeKind, NoticeStatus
from issues.vocabulary.desk import DeskAct

SOURCE, BEFORE = "问题来源", "此前督办情况"
MORE = "示例：周边群众多次反映异味，社会关注度高。"
ADDED = "示例：请主要负责同志亲自研究，落实专人盯办，整改期间每周报送一次进展。"


def work_on(person: Actor, at: datetime) -> None:
    """Of the newest draft of a red card."""
    rows = select(Notice).where(Notice.status == NoticeStatus.DRAFT, Notice.kind == NoticeKind.N3)
    notice = db.session.scalars(rows.order_by(Notice.id.desc())).first()
    if notice is None:
        return
    one = _paragraph(notice, SOURCE, at)
    desk.take(notice.id, person, Step(DeskAct.WRITE, one.id, one.base, f"{one.text}{MORE}"), at)
    behind = _paragraph(notice, BEFORE, at)
    desk.take(notice.id, person, Step(DeskAct.ADD, behind.id, "", ADDED), at)


def _paragraph(notice: Notice, begins: str, at: datetime) -> Standing:
    return next(one for one in desk.stands_now(notice, at) if one.text.startswith(begins))
