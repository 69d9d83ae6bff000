"""What the unit does with a signed notice: sign for it, answer it with text and evidence."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from sqlalchemy import func, select

from auth.actor import Actor
from extensions import db
from issues import workflow
from issues.evidence.contradictions import keeping as contradictions
from issues.ground import clock
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.present import present
from issues.ground.refusals import Incomplete, WrongStatus
from issues.models import Event, Evidence, Notice
from issues.notices.demanded import refuse_unfit, whole_text
from issues.notices.passing.recipients import receipt_of, sign_for
from issues.notices.receipts import drafts, given
from issues.notices.receipts.points import kept
from issues.notices.signing import refresh_tickets
from issues.vocabulary import Action, NoticeAct, NoticeKind, Status, Subject

BY_PLAN = NoticeKind.N0


def acknowledge(notice: Notice, actor: Actor, at: datetime, values: Mapping[str, Any]) -> None:
    """Signing for an N0 acknowledges its ticket: the two are one act. Raises WrongStatus."""
    if (row := receipt_of(notice, actor)) is not None:
        sign_for(row, at, values)
        return
    if notice.acknowledged_at is not None:
        raise WrongStatus("本文书已签收，不必重复签收。")
    notice.acknowledged_at = at
    notice.acknowledged_name = values["name"]
    notice.acknowledged_phone = values["phone"]
    db.session.flush()
    for issue in notice.issues if notice.kind is NoticeKind.N0 else ():
        if issue.status is Status.ASSIGNED:
            workflow.perform(issue, Action.ACKNOWLEDGE, actor, {}, at=at)
    refresh_tickets(notice, at)


def reply(notice: Notice, at: datetime, values: Mapping[str, Any]) -> None:
    """Raises WrongStatus, Incomplete."""
    if notice.kind is BY_PLAN:
        raise WrongStatus("交办通知以报送整改方案作为答复。")
    if notice.reply_due is None:
        raise WrongStatus("本文书不需要答复。")
    if notice.replied_at is not None:
        raise WrongStatus("本文书已答复。")
    if notice.acknowledged_at is None and notice.sign_due is not None:
        raise WrongStatus("请先签收本文书，再作答复。")
    files = _evidence(notice, values["evidence"])
    today, signed_at = clock.day_of(at), _signed_at(notice)
    refuse_unfit(notice.kind, values, files, signed_at=signed_at, today=today)
    given.refuse_unfit(notice, values["points"], today)
    notice.reply_evidence = [file.id for file in files]
    notice.reply_points = kept(values["points"])
    drafts.forget(notice.id)
    notice.replied_at, notice.reply = at, whole_text(values, notice.kind)
    db.session.flush()
    contradictions.refresh_all(notice.issues, at)
    refresh_tickets(notice, at)


def _signed_at(notice: Notice) -> datetime:
    """The moment, as the history has it; a notice keeps the day alone."""
    told = select(func.max(Event.at)).where(
        Event.is_about(Subject.NOTICE, notice.id), Event.action == NoticeAct.SIGN.value
    )
    day = present(notice.signed_on, "the day of a signed notice")
    return db.session.scalar(told) or datetime.combine(day, time.min, clock.SHANGHAI)


def _evidence(notice: Notice, given: Sequence[str]) -> list[Evidence]:
    """Only what was uploaded to the notice's own tickets."""
    wanted = {number for text in given if (number := whole(text, 0, LARGEST_ID)) is not None}
    known = db.session.scalars(
        select(Evidence)
        .where(
            Evidence.id.in_(wanted),
            Evidence.issue_id.in_([issue.id for issue in notice.issues]),
            Evidence.withdrawn_at.is_(None),
            Evidence.is_covert.is_(False),
        )
        .order_by(Evidence.id)
    ).all()
    if len(known) < len(set(given)):
        raise Incomplete({"evidence": ["佐证材料应是文书所列事项下已上传的材料"]})
    return list(known)
