"""Monitoring as data: entering a reading, taking it back, putting another in its place."""

from collections.abc import Mapping
from datetime import datetime

from auth.actor import Actor
from extensions import db
from issues import audit
from issues.evidence.contradictions import keeping as contradictions
from issues.evidence.measured import Measured, held_against
from issues.evidence.rows import is_open_to, is_own, refuse_unless_open
from issues.ground.refusals import Incomplete, NotAllowed, WrongStatus
from issues.models import Issue, Reading
from issues.rights.table import Right, may
from issues.rules.targets.effect import limit_words
from issues.vocabulary import BesideAct
from issues.workflow import refresh

LONGEST_REASON = 2000
_CONFIRMED = "已确认的监测数据只能由审核人员撤回或更正。"
_NOT_OWN = "只能撤回本单位登记的监测数据。"


def record(issue: Issue, actor: Actor, measured: Measured, *, at: datetime) -> Reading:
    """Who may send in files may enter readings, at the same times. Never commits."""
    refuse_unless_open(issue, actor)
    row = _added(issue, actor, held_against(issue, measured), at)
    tell(issue, actor, row, BesideAct.RECORD_READING, words_of(row), at)
    return row


def bring(
    issue: Issue, actor: Actor, measured: Measured, *, at: datetime, source: Mapping[str, str]
) -> None:
    """One that an import brings with its ticket, told with where it stood. Never commits."""
    row = _added(issue, actor, measured, at)
    audit.record_beside(
        issue, BesideAct.RECORD_READING, actor, at=at, reason=words_of(row),
        detail={"reading": row.id, **source},
    )  # fmt: skip


def withdraw(issue: Issue, actor: Actor, row: Reading, reason: str, *, at: datetime) -> None:
    """The row stays, struck out, with the reason. Never commits."""
    refuse_unless_mendable(issue, actor, row)
    strike(row, read_reason(reason, "撤回"), at)
    _recolour(issue, row, at)
    said = f"{words_of(row)}。理由：{row.withdraw_reason}"
    tell(issue, actor, row, BesideAct.WITHDRAW_READING, said, at)


def correct(
    issue: Issue, actor: Actor, row: Reading, measured: Measured, reason: str, *, at: datetime
) -> Reading:
    """Another reading in its place, to be confirmed anew; both stay, with the reason."""
    refuse_unless_mendable(issue, actor, row)
    reason = read_reason(reason, "更正")
    new = _added(issue, actor, held_against(issue, measured), at)
    new.corrects_id = row.id
    strike(row, f"更正：{reason}", at)
    _recolour(issue, row, at)
    said = f"{words_of(row)}更正为{words_of(new)}。理由：{reason}"
    tell(issue, actor, new, BesideAct.CORRECT_READING, said, at)
    return new


def _added(issue: Issue, actor: Actor, measured: Measured, at: datetime) -> Reading:
    row = Reading(
        issue_id=issue.id,
        entered_at=at,
        entered_by_id=actor.id,
        unit_id=actor.unit_id,
        **{name: getattr(measured, name) for name in Measured.__slots__},
    )
    db.session.add(row)
    db.session.flush()
    return row


def is_mendable(issue: Issue, actor: Actor, row: Reading) -> bool:
    """Whether the person may take it back or correct it: what decides that the form is shown."""
    if row.confirmed_at is not None:
        return may(actor, Right.REVIEW_READING, issue) and not is_of_the_unit(actor, row)
    return is_open_to(issue, actor) and is_own(actor, row)


def refuse_unless_mendable(issue: Issue, actor: Actor, row: Reading) -> None:
    """What is confirmed is no longer its own unit's. Raises NotAllowed, WrongStatus."""
    if row.confirmed_at is None:
        refuse_unless_open(issue, actor)
    if row.withdrawn_at is not None:
        raise WrongStatus("这条监测数据已经撤回。")
    if not is_mendable(issue, actor, row):
        raise NotAllowed(_CONFIRMED if row.confirmed_at else _NOT_OWN)


def is_of_the_unit(actor: Actor, row: Reading) -> bool:
    """Whether the person entered the reading, or somebody of the same unit did."""
    if row.entered_by_id == actor.id:
        return True
    return row.unit_id is not None and row.unit_id == actor.unit_id


def _recolour(issue: Issue, row: Reading, at: datetime) -> None:
    """Only what was confirmed has coloured the ticket."""
    if row.confirmed_at is not None:
        refresh(issue, at)


def strike(row: Reading, reason: str, at: datetime) -> None:
    row.withdrawn_at, row.withdraw_reason = at, reason
    db.session.flush()


def read_reason(reason: str, act: str) -> str:
    if not reason.strip():
        raise Incomplete({"reason": [f"请写明{act}的理由"]})
    if len(reason) > LONGEST_REASON:
        raise Incomplete({"reason": [f"理由超过{LONGEST_REASON}字，请精简"]})
    return reason.strip()


def words_of(row: Reading) -> str:
    limit = limit_words(row)
    told = "" if row.target_id and limit == "未填" else f"限值{limit}，"
    return (
        f"{row.sampled_on} {row.pollutant} {row.value}{row.unit_of_value}（{told}{row.laboratory}）"
    )


def tell(
    issue: Issue, actor: Actor, row: Reading, action: BesideAct, said: str, at: datetime
) -> None:
    contradictions.refresh(issue, at)
    audit.record_beside(issue, action, actor, at=at, reason=said, detail={"reading": row.id})
