"""What the register knows of the fields of a unit's form on a notice, beside `known` of tickets.

The dated plan that some papers demand is known only where one was given back: the measures on
record are the ones that lag, and how to catch up with them stands nowhere yet.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from auth.actor import Actor
from auth.models import User
from extensions import db
from issues.burden.forms import BY_CODE
from issues.burden.known import Said, Texts, filled_from, of_reports, reports, split
from issues.ground import clock
from issues.ground.numbers import LARGEST_ID, whole
from issues.models import Event, Evidence, Notice, ProgressReport, ReplyDraft
from issues.rules.dates.days import written
from issues.vocabulary import NoticeAct, Subject

ACCOUNT = "已按您的账号填好，请核对。"
OF_ANSWER = ("text", "plan", "evidence", "points")
"""The fields of an answer that one given back is filled with again."""


def said(act: NoticeAct, notice: Notice, actor: Actor) -> Texts:
    """What the register has for fields of the form, by their names."""
    find = _TEXTS.get(act)
    found = find(notice, actor) if find else {}
    return {name: one for name, one in found.items() if one.value}


def kept(
    act: NoticeAct, notice: Notice, actor: Actor, drawn: Collection[str] | None
) -> dict[str, Any]:
    """What the history keeps of the form; nothing of an act that no form of a page was for."""
    if drawn is None or (Subject.NOTICE.value, act.value) not in BY_CODE:
        return {}
    return split(said(act, notice, actor).keys(), drawn)


def _receipt(notice: Notice, actor: Actor) -> Texts:
    """Who signs for it is signed in; the number is the account's, else that of the last receipt."""
    found = {"name": Said(actor.display_name, ACCOUNT)}
    phone = db.session.scalar(select(User.phone).where(User.id == actor.id))
    if phone:
        return found | {"phone": Said(phone, ACCOUNT)}
    last = db.session.execute(
        select(Notice.acknowledged_phone, Notice.acknowledged_at)
        .where(
            Notice.unit_id == notice.unit_id,
            Notice.acknowledged_name == actor.display_name,
            Notice.acknowledged_phone != "",
        )
        .order_by(Notice.acknowledged_at.desc(), Notice.id.desc())
        .limit(1)
    ).first()
    if last is None:
        return found
    return found | {"phone": Said(last.acknowledged_phone, _signed_for(last.acknowledged_at))}


def _signed_for(at: datetime) -> str:
    return f"已按您{written(clock.day_of(at))}签收文书时所留的填好，请核对。"


def _reply(notice: Notice, actor: Actor) -> Texts:
    """What was begun, else the answer given back, else what was reported since the signing."""
    begun = db.session.get(ReplyDraft, notice.id)
    if begun is not None:
        source = filled_from(f"{written(clock.day_of(begun.saved_at))}保存的草稿")
        return {name: Said(value, source) for name, value in begun.words.items()}
    acts = (NoticeAct.SIGN.value, NoticeAct.REPLY.value)
    past = {
        event.action: event
        for event in db.session.scalars(
            select(Event)
            .where(Event.is_about(Subject.NOTICE, notice.id), Event.action.in_(acts))
            .order_by(Event.seq)
        )
    }
    if (last := past.get(NoticeAct.REPLY.value)) is not None:
        return _given_back(last)
    signed = past.get(NoticeAct.SIGN.value)
    if signed is None:
        return {}
    found = reports([one.id for one in notice.issues], actor, ProgressReport.at >= signed.at)
    is_one = len(notice.issues) == 1
    told = [("" if is_one else one.number, found[one.id])
            for one in notice.issues if one.id in found]  # fmt: skip
    return {"text": of_reports(told)} if told else {}


def _given_back(last: Event) -> Texts:
    source = filled_from(f"{written(last.on)}被退回的答复")
    values = {name: last.detail.get(name) for name in OF_ANSWER}
    if values["evidence"]:
        values["evidence"] = _still_there(values["evidence"])
    return {name: Said(value, source) for name, value in values.items()}


def _still_there(files: Collection[str]) -> list[str]:
    """Those of the files that have not been withdrawn since."""
    rows = select(Evidence.id).where(
        Evidence.id.in_({whole(one, 0, LARGEST_ID) for one in files}),
        Evidence.withdrawn_at.is_(None),
    )
    return [str(one) for one in db.session.scalars(rows.order_by(Evidence.id))]


_TEXTS: Mapping[NoticeAct, Callable[[Notice, Actor], Texts]] = {
    NoticeAct.ACKNOWLEDGE: _receipt,
    NoticeAct.REPLY: _reply,
}
