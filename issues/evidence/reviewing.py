"""Readings confirmed or given back, by a reviewer who is neither who entered nor of that unit."""

from datetime import datetime

from auth.actor import Actor
from extensions import db
from issues.evidence.readings import is_of_the_unit, read_reason, strike, tell, words_of
from issues.ground.refusals import NotAllowed, WrongStatus
from issues.models import Issue, Reading
from issues.rights.table import Right, may
from issues.vocabulary import BesideAct
from issues.workflow import refresh
from issues.workflow.parties import ACCEPT, take_side


def confirm(issue: Issue, actor: Actor, row: Reading, *, at: datetime) -> None:
    """From now on the reading counts. Never commits. Raises NotAllowed or WrongStatus."""
    _refuse_unless_waiting(issue, actor, row)
    take_side(issue, actor, ACCEPT)
    row.confirmed_at, row.confirmed_by_id = at, actor.id
    db.session.flush()
    refresh(issue, at)
    tell(issue, actor, row, BesideAct.CONFIRM_READING, words_of(row), at)


def give_back(issue: Issue, actor: Actor, row: Reading, reason: str, *, at: datetime) -> None:
    """The reading stays, struck out, with what is wrong with it. Never commits."""
    _refuse_unless_waiting(issue, actor, row)
    reason = read_reason(reason, "退回")
    take_side(issue, actor, ACCEPT)
    strike(row, f"退回：{reason}", at)
    said = f"{words_of(row)}。理由：{reason}"
    tell(issue, actor, row, BesideAct.RETURN_READING, said, at)


def may_review(issue: Issue, actor: Actor, row: Reading) -> bool:
    """Whether the row waits for this person: what decides that the buttons are shown."""
    waits = row.withdrawn_at is None and row.confirmed_at is None
    allowed = may(actor, Right.REVIEW_READING, issue) and not is_of_the_unit(actor, row)
    return waits and allowed


def _refuse_unless_waiting(issue: Issue, actor: Actor, row: Reading) -> None:
    if not may(actor, Right.REVIEW_READING, issue):
        raise NotAllowed("您没有审核监测数据的权限。")
    if is_of_the_unit(actor, row):
        raise NotAllowed("登记人和登记单位不能审核自己的监测数据。")
    if row.withdrawn_at is not None:
        raise WrongStatus("这条监测数据已经撤回。")
    if row.confirmed_at is not None:
        raise WrongStatus("这条监测数据已经确认。")
