"""Calls to who complained, after the outcome: recorded by the office and by the cleared.

The words may name the person: they are sealed, and opened together with who complained, in one
look that the history keeps. Who knows of the originals sees when was called and what was answered;
everybody else the figures alone. Source: docs/decisions/0057.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from auth.actor import Actor
from extensions import db
from issues import audit
from issues.evidence import clearances, complainants, sealed
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, WrongStatus
from issues.ground.secrecy import sealing
from issues.models import Callback, Issue
from issues.rights.table import Right, may
from issues.rules.dates.bounds import Bound, until_today
from issues.vocabulary import (
    COMPLAINT_SOURCES,
    STRUCK_OFF,
    Action,
    BesideAct,
    CallbackProposal,
    Satisfaction,
)

MOST = 60
ACT_OF = {
    CallbackProposal.RECHECK: Action.RECORD_OUTCOME,
    CallbackProposal.LOOKBACK: Action.PLAN_LOOKBACK,
}
"""The act by which a person does what was proposed."""


class Words(NamedTuple):
    """What was said on one day, opened."""

    on: date
    by: str
    text: str


class Opened(NamedTuple):
    """Who complained, and what they said when called back."""

    who: dict[str, str]
    words: list[Words]


def rows_of(issue: Issue) -> Sequence[Callback]:
    """In the order of their days. One statement."""
    return db.session.scalars(
        select(Callback)
        .where(Callback.issue_id == issue.id)
        .options(joinedload(Callback.recorded_by))
        .order_by(Callback.on, Callback.id)
    ).all()


def may_record(issue: Issue, actor: Actor) -> bool:
    return may(actor, Right.RECORD_CALLBACK, issue) or clearances.is_cleared(issue, actor)


def hindrance(issue: Issue) -> str:
    """Why nobody is called back for now; empty where one may be."""
    if issue.source not in COMPLAINT_SOURCES:
        return "只有督察信访件登记满意度回访。"
    if not complainants.has_contact(issue):
        return "没有登记举报人信息，不能回访。"
    return "" if _since(issue) else "办结或阶段性办结后才能登记满意度回访。"


def require(issue: Issue, actor: Actor) -> None:
    """Asked before anything is read of what was sent. Raises NotFound, NotAllowed."""
    sealed.refuse_unless_known(issue, actor)
    if not may_record(issue, actor):
        raise NotAllowed("满意度回访由市环委办经办和经授权查看举报人信息的人登记。")


def record(issue: Issue, actor: Actor, said: Mapping[str, Any], *, at: datetime) -> Callback:
    """One call, its words sealed. Never commits.

    Raises NotFound, NotAllowed, WrongStatus, Incomplete.
    """
    require(issue, actor)
    if why := hindrance(issue):
        raise WrongStatus(why)
    if len(rows_of(issue)) >= MOST:
        raise WrongStatus(f"一件事项最多登记{MOST}次回访。")
    if errors := _errors(issue, said, clock.day_of(at)):
        raise Incomplete(errors)
    row = Callback(
        issue_id=issue.id, on=said["on"], is_reached=bool(said["reached"]),
        satisfaction=Satisfaction.of(said["satisfaction"] or ""),
        proposal=CallbackProposal.of(said["proposal"] or ""),
        recorded_at=at, recorded_by_id=actor.id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    if said["words"]:
        _seal(row, said["words"].encode())
    told = {"callback": row.id, "on": row.on.isoformat()}
    audit.record_beside(issue, BesideAct.RECORD_CALLBACK, actor, at=at, detail=told, is_covert=True)
    return row


def opened(issue: Issue, actor: Actor, reason: str, at: datetime) -> Opened:
    """All that tells who complained, in one look, which is recorded. Never commits.

    Raises NotFound, NotAllowed, Incomplete, CannotOpen.
    """
    who = clearances.view(issue, actor, reason, at)
    return Opened(who, [
        Words(row.on, row.recorded_by.display_name, _words(row, row.sealed).decode())
        for row in rows_of(issue) if row.sealed is not None
    ])  # fmt: skip


def reseal(row: Callback) -> None:
    """With the key that seals now. Never commits. Raises CannotOpen."""
    if row.sealed is not None:
        _seal(row, _words(row, row.sealed))


def _errors(issue: Issue, said: Mapping[str, Any], today: date) -> dict[str, list[str]]:
    errors = {"on": days_of(issue, today).why_not(said["on"])}
    errors |= _of_answer(said["satisfaction"], said["words"], is_reached=bool(said["reached"]))
    errors["proposal"] = _of_proposal(issue, said["satisfaction"], said["proposal"])
    return {name: [sentence] for name, sentence in errors.items() if sentence}


def days_of(issue: Issue, today: date) -> Bound:
    """On which days who complained may have been called."""
    since = _since(issue)
    early = f"回访日期不能早于办结或阶段性办结之日（{since}）"
    return replace(until_today("回访日期", today), first=since, early=early)


def _of_answer(answer: str | None, words: str | None, *, is_reached: bool) -> dict[str, str]:
    if is_reached:
        return {} if answer else {"satisfaction": "接通的请选择满意度"}
    given = {"satisfaction": ("满意度", answer), "words": ("群众意见", words)}
    return {name: f"没有接通的不填{label}" for name, (label, value) in given.items() if value}


def _of_proposal(issue: Issue, answer: str | None, proposal: str | None) -> str:
    if answer != Satisfaction.DISSATISFIED.value:
        return "只有不满意的填建议" if proposal else ""
    if not proposal:
        return "不满意的请选择复核或回头看"
    is_early = proposal == CallbackProposal.LOOKBACK.value and issue.status not in STRUCK_OFF
    return "事项尚未销号，不能安排回头看，请选择复核" if is_early else ""


def _since(issue: Issue) -> date | None:
    """The first day of an outcome; None while there is none."""
    days = [issue.interim_on, issue.closed_on if issue.status in STRUCK_OFF else None]
    return min((day for day in days if day), default=None)


def _seal(row: Callback, text: bytes) -> None:
    row.sealed, row.key_id = sealing.seal(text, _place(row)), sealing.current_key()


def _words(row: Callback, kept: bytes) -> bytes:
    return sealing.open_sealed(kept, _place(row))


def _place(row: Callback) -> str:
    return f"words of call-back {row.id} of ticket {row.issue_id}"
