"""The sections of a worklist: an act, the tickets it waits on, and since when.

One table, in the order of the chain. Right, relation and separation of persons are not said here:
they come from the table of rights, whatever the section.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, and_, exists, func, or_, select

from auth.actor import Actor
from auth.models import User
from issues.ground import clock
from issues.models import (
    CardProposal,
    Extension,
    Finding,
    Instruction,
    Issue,
    IssueFiring,
    IssueUnit,
    Lookback,
    Measure,
    Objection,
    ProgressReport,
)
from issues.vocabulary import OPEN, STRUCK_OFF, WORKED_ON, Action, Relation, Rule, Status
from issues.workflow.changes.county.proposing import WAITS
from issues.workflow.effect.conditions import is_waived, is_wanting

REPORT_AHEAD = 14
"""Days before a missed report would turn yellow from which it is asked for."""
LOOKBACK_AHEAD = 7
TOLD_LATELY = 7
"""Days for which a unit that has reported on its part is not asked again."""

Condition = ColumnElement[bool]


class Section(NamedTuple):
    """`since`: the date column a ticket has waited from.

    `ready`: what makes it this person's turn, beyond right, status and the act's preconditions.

    `key` tells two sections of one act apart.
    """

    action: Action
    title: str
    statuses: frozenset[Status]
    since: Callable[[], Any]
    ready: Callable[[Actor, date], Condition | None] = lambda _actor, _today: None
    since_label: str = "等待自"
    key: str = ""

    @property
    def name(self) -> str:
        return self.key or self.action.value


def _first(column: Any, *conditions: Condition) -> Any:
    return select(func.min(column)).where(*conditions).scalar_subquery()


def _pending(table: type[ProgressReport | Extension]) -> tuple[Condition, ...]:
    return (table.issue_id == Issue.id, table.round == Issue.round, table.state == "pending")


def _is_mine_to_check(actor: Actor, _today: date) -> Condition:
    return or_(Issue.inspector_id.is_(None), Issue.inspector_id == actor.id)


def _report_is_due(actor: Actor, today: date) -> Condition:
    """The primary unit owes a report soon: Y4 would fire within the days ahead."""
    owed = exists().where(
        IssueFiring.issue_id == Issue.id,
        IssueFiring.rule == Rule.Y4,
        IssueFiring.since <= today + timedelta(days=REPORT_AHEAD),
    )
    return and_(owed, _is_primary(actor), ~exists().where(*_pending(ProgressReport)))


def _own_open(unit_id: int | None) -> tuple[Condition, ...]:
    """A unit's own measures that it has not said to be done."""
    return (
        Measure.issue_id == Issue.id,
        Measure.round == Issue.round,
        Measure.dropped_at.is_(None),
        Measure.unit_id == unit_id,
        Measure.is_reported_done.is_(False),
        Measure.is_done.is_(False),
    )


def _part_is_due(actor: Actor, today: date) -> Condition:
    """A unit beside the primary one has a measure that ends soon, and has not told of it lately."""
    due = exists().where(
        *_own_open(actor.unit_id), Measure.deadline <= today + timedelta(days=REPORT_AHEAD)
    )
    told = (
        select(ProgressReport.id)
        .join(User, User.id == ProgressReport.reporter_id)
        .where(
            ProgressReport.issue_id == Issue.id,
            User.unit_id == actor.unit_id,
            ProgressReport.on > today - timedelta(days=TOLD_LATELY),
        )
    )
    return and_(due, ~_is_primary(actor), ~told.exists())


def _is_primary(actor: Actor) -> Condition:
    return exists().where(
        IssueUnit.issue_id == Issue.id,
        IssueUnit.unit_id == actor.unit_id,
        IssueUnit.relation == Relation.PRIMARY,
    )


def _all_done(_actor: Actor, _today: date) -> Condition:
    planned = (
        Measure.issue_id == Issue.id,
        Measure.round == Issue.round,
        Measure.dropped_at.is_(None),
    )
    done = and_(exists().where(*planned), ~exists().where(*planned, Measure.is_done.is_(False)))
    return and_(done, or_(~is_wanting(), is_waived()))


def _planned(today: date) -> tuple[Condition, ...]:
    return (
        Lookback.issue_id == Issue.id,
        Lookback.done_on.is_(None),
        Lookback.planned_on <= today + timedelta(days=LOOKBACK_AHEAD),
    )


def _is_mine_to_visit(actor: Actor, today: date) -> Condition:
    """Planned for this inspector, or for nobody by name."""
    return exists().where(
        *_planned(today),
        or_(Lookback.inspector_id.is_(None), Lookback.inspector_id == actor.id),
    )


def _just(status: Status) -> frozenset[Status]:
    return frozenset({status})


SECTIONS = (
    Section(
        Action.ASSIGN, "待交办", _just(Status.DRAFT),
        lambda: func.date(Issue.created_at, type_=Date),
    ),
    Section(Action.ACKNOWLEDGE, "待签收", _just(Status.ASSIGNED), lambda: Issue.assigned_on),
    Section(Action.SUBMIT_PLAN, "待报方案", _just(Status.PLANNING), lambda: Issue.assigned_on),
    Section(Action.APPROVE_PLAN, "待审方案", _just(Status.PLAN_REVIEW), lambda: Issue.assigned_on),
    Section(
        Action.REPLY_INSTRUCTION, "领导批示，待答复", OPEN | {Status.CLOSED},
        lambda: _first(Instruction.due_on, Instruction.issue_id == Issue.id,
                       Instruction.replied_on.is_(None)),
        since_label="答复期限",
    ),
    Section(
        Action.DECLINE_PROPOSAL, "县级建议挂牌，待答复", OPEN,
        lambda: _first(CardProposal.proposed_on, CardProposal.issue_id == Issue.id, WAITS),
        since_label="建议日期",
    ),
    Section(
        Action.REPORT_PROGRESS, "待填报进展", WORKED_ON,
        lambda: _first(IssueFiring.since, IssueFiring.issue_id == Issue.id,
                       IssueFiring.rule == Rule.Y4),
        _report_is_due, "漏报转黄日",
    ),
    Section(
        Action.REPORT_PROGRESS, "承担的措施临期，待填报", WORKED_ON,
        lambda: _first(Measure.deadline, Measure.issue_id == Issue.id,
                       Measure.round == Issue.round, Measure.dropped_at.is_(None),
                       Measure.is_reported_done.is_(False)),
        _part_is_due, "最近的措施时限", "own_measures",
    ),
    Section(
        Action.CONFIRM_PROGRESS, "待确认进展", WORKED_ON,
        lambda: _first(ProgressReport.on, *_pending(ProgressReport)),
    ),
    Section(
        Action.GRANT_EXTENSION, "待批延期", _just(Status.RECTIFYING),
        lambda: _first(Extension.asked_on, *_pending(Extension)),
    ),
    Section(
        Action.REQUEST_ACCEPTANCE, "措施已全部完成，待申请验收", _just(Status.RECTIFYING),
        lambda: Issue.last_report_on, _all_done,
    ),
    Section(
        Action.PASS_FIRST_ACCEPTANCE, "待初验", _just(Status.FIRST_ACCEPTANCE),
        lambda: Issue.claimed_on,
    ),
    Section(
        Action.RECORD_SITE_CHECK, "待核查", _just(Status.SITE_CHECK),
        lambda: Issue.claimed_on, _is_mine_to_check,
    ),
    Section(Action.APPROVE_CLOSURE, "待审定", _just(Status.APPROVAL), lambda: Issue.claimed_on),
    Section(
        Action.DISMISS_OBJECTION, "待处理异议", _just(Status.PUBLICITY),
        lambda: _first(Objection.on, Objection.issue_id == Issue.id,
                       Objection.decided_on.is_(None)),
    ),
    Section(
        Action.CLOSE, "公示期满，待销号", _just(Status.PUBLICITY), lambda: Issue.publicity_until,
        since_label="公示截止",
    ),
    Section(
        Action.RECORD_LOOKBACK, "待回头看", STRUCK_OFF,
        lambda: _first(Lookback.planned_on, *_planned(clock.today())),
        _is_mine_to_visit, "计划日期",
    ),
    Section(
        Action.REOPEN, "认定虚假或反弹，待重新整改", STRUCK_OFF,
        lambda: _first(Finding.on, Finding.issue_id == Issue.id, Finding.ended_on.is_(None)),
    ),
)  # fmt: skip
