"""Taking a file back: the office keeps it with the reason; to everybody else it is not there."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from auth.actor import Actor
from extensions import db
from issues import audit
from issues.evidence.contradictions import keeping as contradictions
from issues.evidence.rows import NOTE_LIMIT, is_own, refuse_unless_open
from issues.ground.refusals import Incomplete, NotAllowed, WrongStatus
from issues.models import (
    Card,
    Evidence,
    Exposure,
    Extension,
    Finding,
    Issue,
    Notice,
    NoticeIssue,
    SiteCheck,
)
from issues.vocabulary import Action, BesideAct


def withdraw(issue: Issue, actor: Actor, row: Evidence, reason: str, *, at: datetime) -> None:
    """Every version of the file together: an earlier one does not rise again. Never commits."""
    chain = refuse_unless_withdrawable(issue, actor, row)
    if not reason.strip():
        raise Incomplete({"withdraw_reason": ["请写明撤回的理由"]})
    if len(reason) > NOTE_LIMIT:
        raise Incomplete({"withdraw_reason": [f"理由超过{NOTE_LIMIT}字，请精简"]})
    for one in chain:
        one.withdrawn_at, one.withdrawn_by_id = at, actor.id
        one.withdraw_reason = reason.strip()
    db.session.flush()
    contradictions.refresh(issue, at)
    audit.record_beside(
        issue,
        BesideAct.WITHDRAW_EVIDENCE,
        actor,
        at=at,
        reason=f"{row.kind.label}：{row.name}。理由：{row.withdraw_reason}",
        detail={"evidence": [one.id for one in chain], "sha256": [one.sha256 for one in chain]},
        is_covert=row.is_covert,
    )


def refuse_unless_withdrawable(issue: Issue, actor: Actor, row: Evidence) -> list[Evidence]:
    """The versions that go together. Raises NotAllowed or WrongStatus."""
    refuse_unless_open(issue, actor, Action.REPLACE)
    if not is_own(actor, row):
        raise NotAllowed("只能撤回本单位上传的佐证材料。")
    chain = _chain(issue, row)
    if row.withdrawn_at is not None:
        raise WrongStatus("这份材料已经撤回。")
    if relied_upon(issue, {one.id for one in chain}):
        raise WrongStatus("这份材料已作为办理依据（核查、挂牌、延期、认定或答复），不能撤回。")
    return chain


def _chain(issue: Issue, row: Evidence) -> list[Evidence]:
    """The row with all earlier and later versions of it."""
    rows = db.session.scalars(select(Evidence).where(Evidence.issue_id == issue.id)).all()
    before = {one.id: one.replaces_id for one in rows}
    first = {id_: _first(id_, before) for id_ in before}
    return [one for one in rows if first[one.id] == first[row.id]]


def _first(id_: int, before: Mapping[int, int | None]) -> int:
    while (earlier := before[id_]) is not None:
        id_ = earlier
    return id_


def relied_upon(issue: Issue, ids: set[int]) -> bool:
    """Whether an act names one of the files as what it rests on."""
    named: list[Any] = [
        select(row.id).where(row.issue_id == issue.id, row.document_id.in_(ids))
        for row in (Extension, Exposure, Finding)
    ]
    card = or_(Card.report_id.in_(ids), Card.check_id.in_(ids))
    named.append(select(Card.id).where(Card.issue_id == issue.id, card))
    if any(db.session.scalar(rows.limit(1)) is not None for rows in named):
        return True
    checks = db.session.scalars(select(SiteCheck.photos).where(SiteCheck.issue_id == issue.id))
    answers = db.session.scalars(
        select(Notice.reply_evidence)
        .join(NoticeIssue, NoticeIssue.notice_id == Notice.id)
        .where(NoticeIssue.issue_id == issue.id)
    )
    return any(ids & _whole(listed) for listed in (*checks, *answers))


def _whole(listed: Sequence[Any] | None) -> set[int]:
    return {int(one) for one in listed or ()}
