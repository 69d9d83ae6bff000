"""Which acts are to be done now: beyond status and right, whether there is anything to do it on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, select

from auth.actor import Actor
from extensions import db
from issues.colour.policies import policy_on
from issues.models import (
    Extension,
    Finding,
    Instruction,
    Issue,
    Objection,
    PartTaken,
    ProgressReport,
)
from issues.rights import table as permissions
from issues.vocabulary import COMPLAINT_SOURCES, Action, Colour, Rule
from issues.workflow.changes.instructing import waits_for
from issues.workflow.parties import ACCEPT, REPORT, part_of
from issues.workflow.transitions import TRANSITIONS

THIS = bindparam("issue")
"""The ticket asked about."""


@dataclass(frozen=True, slots=True)
class _Now:
    issue: Issue
    today: date
    pending: bool
    asked: bool
    objected: bool
    found: bool
    instructed: bool


def available(issue: Issue, actor: Actor, today: date) -> list[Action]:
    """What this person may do on this ticket now; the first is the one to do next."""
    allowed = [
        action
        for action, transition in TRANSITIONS.items()
        if issue.status in transition.origins and permissions.may(actor, action, issue)
    ]
    if not allowed:
        return []
    now, part = _look(issue, actor, today)
    other = {REPORT: ACCEPT, ACCEPT: REPORT}
    return [
        action
        for action in allowed
        if _READY.get(action, lambda _: True)(now)
        and (part is None or part_of(action) != other[part])
    ]


def _look(issue: Issue, actor: Actor, today: date) -> tuple[_Now, str | None]:
    """Everything the conditions below ask for, in one statement."""
    asked = {"issue": issue.id, "round": issue.round}
    row = db.session.execute(_looking(actor.rights_only), asked).one()
    now = _Now(issue, today, bool(row.pending), bool(row.asked), bool(row.objected),
               bool(row.found), bool(row.instructed))  # fmt: skip
    return now, row.part


@lru_cache(maxsize=permissions.MOST_PEOPLE)
def _looking(actor: Actor) -> Select[Any]:
    """Every page of a ticket asks this, so it is put together once a person."""
    this_round = bindparam("round")
    return select(
        _has(ProgressReport, ProgressReport.state == "pending",
             ProgressReport.round == this_round).label("pending"),
        _has(Extension, Extension.state == "pending",
             Extension.round == this_round).label("asked"),
        _has(Objection, Objection.decided_on.is_(None)).label("objected"),
        _has(Finding, Finding.ended_on.is_(None)).label("found"),
        _has(Instruction, waits_for(actor)).label("instructed"),
        select(PartTaken.part)
        .where(PartTaken.issue_id == THIS, PartTaken.user_id == actor.id)
        .scalar_subquery()
        .label("part"),
    )  # fmt: skip


def _has(table: type, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(table.issue_id == THIS, *conditions)


def _extendable(now: _Now) -> bool:
    due = now.issue.deadline
    if now.asked or due is None or now.today > due:
        return False
    return _mover(now) != "nobody"


def _mover(now: _Now) -> str:
    """Who moves the deadline: the firing by it says so, else the rules are asked."""
    for firing in now.issue.firings:
        if firing["rule"] == Rule.Y1.value:
            return firing["facts"]["mover"]
    _, policy = policy_on(now.today)
    return policy.sources[now.issue.source].mover


def _closable(now: _Now) -> bool:
    return not now.objected and now.today > now.issue.publicity_until


_READY: dict[Action, Callable[[_Now], bool]] = {
    Action.DECLINE: lambda now: now.issue.declined_round < now.issue.round,
    Action.CONFIRM_PROGRESS: lambda now: now.pending,
    Action.RETURN_PROGRESS: lambda now: now.pending,
    Action.GRANT_EXTENSION: lambda now: now.asked,
    Action.REFUSE_EXTENSION: lambda now: now.asked,
    Action.REQUEST_EXTENSION: _extendable,
    Action.DISMISS_OBJECTION: lambda now: now.objected,
    Action.UPHOLD_OBJECTION: lambda now: now.objected,
    Action.CLOSE: _closable,
    Action.REOPEN: lambda now: now.found,
    Action.INTERIM_CLOSE: lambda now: (
        now.issue.source in COMPLAINT_SOURCES and now.issue.interim_on is None
    ),
    Action.REPLY_INSTRUCTION: lambda now: now.instructed,
    Action.LIFT_CARD: lambda now: now.issue.card != "",
    Action.RAISE_CARD: lambda now: now.issue.card != Colour.RED.value,
}
