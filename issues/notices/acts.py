"""The one door for an act on a notice: sight → right → status → version → details → history."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from auth.actor import Actor
from extensions import db
from issues import audit
from issues.act_fields.details import read_details
from issues.burden import papers
from issues.evidence.contradictions import keeping as contradictions
from issues.ground import clock
from issues.ground.refusals import NotAllowed, Stale, WrongStatus
from issues.models import Notice
from issues.notices import answering, reviewing, signing
from issues.notices.demanded import plain, whose_answer
from issues.notices.desk import versions
from issues.notices.editing import edit
from issues.notices.fields import CONFIRMED, OF_SIGNING, SEEN, fields_for
from issues.notices.passing import measures, opinions, secrecy
from issues.notices.passing.recipients import receipt_of
from issues.notices.passing.table import ORIGINS, RIGHTS
from issues.notices.receipts.given import completed
from issues.notices.receipts.points import kept as plain_points
from issues.notices.rights import load_for_change, may_answer, may_reply
from issues.notices.signing import Press
from issues.vocabulary import NoticeAct, NoticeKind, NoticeStatus, Subject
from issues.vocabulary.desk import DeskAct


def do(
    act: NoticeAct,
    notice_id: int,
    actor: Actor,
    raw: Mapping[str, Any],
    press: Press,
    *,
    version: int | None = None,
    at: datetime | None = None,
    drawn: Collection[str] | None = None,
) -> Notice:
    """Never commits. Raises NotFound, NotAllowed, WrongStatus, Stale, Incomplete.

    `drawn`: the fields that the form of a page was filled with; None where there was no form.
    """
    at = at or clock.now()
    notice = load_for_change(notice_id, actor)
    refuse_unless_may(act, notice, actor)
    if version is not None and version != notice.version:
        sentence = "您打开后，本文书已被他人更新。请核对最新内容后再提交，您填写的内容已保留。"
        raise Stale(sentence, known=version, current=notice.version)
    if act is NoticeAct.REPLY:
        raw = completed(notice.kind, raw)
    values = read_details(fields_for(act, notice), raw, None)
    before, beside = notice.status.value, papers.kept(act, notice, actor, drawn)
    if act in {NoticeAct.EDIT, NoticeAct.SIGN}:
        secrecy.refuse_unfit(values, press.secrecy)
    _change(act, notice, actor, at, raw, values, press)
    db.session.flush()
    _record(act, notice, actor, at, before, values, beside)
    return notice


def refuse_unless_may(act: NoticeAct, notice: Notice, actor: Actor) -> None:
    """For the act, and for the page that asks for it. Raises NotAllowed, WrongStatus."""
    if not RIGHTS[act](actor, notice):
        raise NotAllowed(_not_yours(act, notice, actor))
    if notice.status not in ORIGINS[act]:
        raise WrongStatus(f"本文书{notice.status.label}，不能{act.label}。")


def _not_yours(act: NoticeAct, notice: Notice, actor: Actor) -> str:
    if act is NoticeAct.REPLY and may_answer(actor, notice):
        return whose_answer(notice.kind)
    return f"您没有{act.label}本文书的权限。"


def _change(
    act: NoticeAct,
    notice: Notice,
    actor: Actor,
    at: datetime,
    raw: Mapping[str, Any],
    values: dict[str, Any],
    press: Press,
) -> None:
    if act is NoticeAct.EDIT:
        words = notice.facts
        edit(notice, at, raw, values)
        versions.keep(notice, words, actor, at, DeskAct.FIELDS)
    elif act is NoticeAct.SIGN:
        _sign(notice, actor, at, raw, values, press)
    elif act is NoticeAct.VOID:
        notice.status, notice.void_reason = NoticeStatus.VOID, values["reason"]
        db.session.flush()
        signing.refresh_tickets(notice, at)
        contradictions.refresh_all(notice.issues, at)
    elif act is NoticeAct.ACKNOWLEDGE:
        answering.acknowledge(notice, actor, at, values)
    elif act is NoticeAct.REPLY:
        answering.reply(notice, at, values)
    elif act is NoticeAct.OPINE:
        opinions.refuse_unfit(notice, at, values)
    elif act is NoticeAct.ADD_MEASURES:
        measures.add_measures(notice, actor, at)
    else:
        reviewing.review(notice, actor, at, values, is_accepted=act is NoticeAct.ACCEPT_REPLY)


def _sign(
    notice: Notice,
    actor: Actor,
    at: datetime,
    raw: Mapping[str, Any],
    values: Mapping[str, Any],
    press: Press,
) -> None:
    """Words sent with the signing are an edit before it, and stand in the history as one."""
    sent = {name: value for name, value in raw.items() if name not in OF_SIGNING}
    if sent:
        before = notice.facts
        edit(notice, at, sent, values)
        if notice.facts != before:
            draft = notice.status.value
            versions.keep(notice, before, actor, at, DeskAct.FIELDS)
            _record(NoticeAct.EDIT, notice, actor, at, draft, values)
    seen, confirmed = values[SEEN.name], values[CONFIRMED.name] or ()
    signing.sign(notice, actor, at, press, seen=seen, confirmed=confirmed)


def _record(
    act: NoticeAct,
    notice: Notice,
    actor: Actor,
    at: datetime,
    before: str,
    values: Mapping[str, Any],
    beside: Mapping[str, Any] | None = None,
) -> None:
    told = {name: value for name, value in values.items() if value not in (None, "", [])}
    if act is NoticeAct.SIGN:
        told = {"number": notice.number, "sha256": notice.sha256}
    if act is NoticeAct.EDIT:
        told = notice.facts
    if act is NoticeAct.OPINE:
        told = opinions.kept(notice, values)
    if "plan" in told:
        told["plan"] = plain(told["plan"])
    if act is NoticeAct.REPLY and "points" in told:
        told["points"] = plain_points(told["points"])
    audit.record(
        Subject.NOTICE,
        notice.id,
        act,
        actor,
        at=at,
        before=before,
        after=notice.status.value,
        reason=values.get("reason") or "",
        detail={**told, **(beside or {})},
    )


def available(notice: Notice, actor: Actor) -> list[NoticeAct]:
    """What this person may do to this notice now, the next thing first."""
    order = (
        NoticeAct.SIGN,
        NoticeAct.ACKNOWLEDGE,
        NoticeAct.REPLY,
        NoticeAct.ACCEPT_REPLY,
        NoticeAct.RETURN_REPLY,
        NoticeAct.OPINE,
        NoticeAct.ADD_MEASURES,
        NoticeAct.EDIT,
        NoticeAct.VOID,
    )
    return [
        act
        for act in order
        if notice.status in ORIGINS[act]
        and RIGHTS[act](actor, notice)
        and _is_open(act, notice, actor)
    ]


def _is_open(act: NoticeAct, notice: Notice, actor: Actor) -> bool:
    """Whether the unit still owes the act, or the office its word on the answer."""
    if act in {NoticeAct.ACCEPT_REPLY, NoticeAct.RETURN_REPLY}:
        return notice.replied_at is not None and not reviewing.has_accepted(notice)
    if act is NoticeAct.ACKNOWLEDGE:
        own = receipt_of(notice, actor)
        return (own.acknowledged_at if own else notice.acknowledged_at) is None
    if act is NoticeAct.ADD_MEASURES:
        return measures.is_open(notice)
    if act is NoticeAct.REPLY:
        return (
            notice.replied_at is None
            and notice.reply_due is not None
            and notice.kind is not NoticeKind.N0
            and (notice.acknowledged_at is not None or notice.sign_due is None)
        )
    return True


def waits_for_leader(notice: Notice, actor: Actor) -> str:
    """Who is to answer, as the others of the unit are told while the answer is owed."""
    is_owed = notice.status is NoticeStatus.SIGNED and notice.reply_due and not notice.replied_at
    if not is_owed or may_reply(actor, notice) or not may_answer(actor, notice):
        return ""
    return whose_answer(notice.kind)
