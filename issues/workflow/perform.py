"""The one door for change: right → status → version → details → change → colour → history."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from auth.actor import SYSTEM, Actor
from extensions import db
from issues import audit
from issues.act_fields import fields_of
from issues.act_fields.details import read_details
from issues.colour.policies import policy_on, workdays
from issues.colour.settle import forget, settle
from issues.counters import next_issue_number
from issues.ground import clock
from issues.ground.refusals import NotAllowed, NotFound, Stale, WrongStatus
from issues.models import Event, Issue
from issues.rights import table as permissions
from issues.rules.dates.workdays import Workdays
from issues.rules.policy import Policy
from issues.vocabulary import Action, BesideAct, Source, Status, Subject
from issues.workflow.act import Act, recorded
from issues.workflow.changes import cards, opening
from issues.workflow.parties import refuse_other_side, take_part
from issues.workflow.preconditions import require
from issues.workflow.telling import COVERT, write_history
from issues.workflow.transitions import TRANSITIONS

UNCHANGING = frozenset({Action.COMMENT})


class Rules(NamedTuple):
    """The rules and the calendar a row of acts is done by; read once for all of them."""

    number: int
    policy: Policy
    calendar: Workdays


def rules_at(at: datetime) -> Rules:
    return Rules(*policy_on(clock.day_of(at)), workdays())


def perform(
    issue: Issue,
    action: Action,
    actor: Actor,
    raw: Mapping[str, Any],
    *,
    at: datetime,
    version: int | None = None,
    rules: Rules | None = None,
    beside: Mapping[str, Any] | None = None,
) -> Act:
    """Do one act on a ticket. Never commits. Raises NotAllowed, WrongStatus, Stale, Incomplete.

    `beside`: what the history keeps of it that is no detail of the act.
    """
    side = check(issue, action, actor, version)
    act = _begin(issue, action, actor, raw, at, rules)
    act.noted |= beside or {}
    take_part(issue, actor, action, side)
    before = issue.status
    try:
        with db.session.no_autoflush:
            require(act)
            issue.status = TRANSITIONS[action].lead_on(act)
        if action not in UNCHANGING and not _leaves_no_trace(act):
            issue.version += 1  # every act is a new version, whatever it touched
        finish(act, before.value)
    except StaleDataError:
        raise _stale(issue, version or 0) from None
    return act


def _leaves_no_trace(act: Act) -> bool:
    """A covert act that changed nothing a unit sees leaves the version as it was too."""
    return act.action in COVERT and "finding" not in act.noted


def check(issue: Issue, action: Action, actor: Actor, version: int | None) -> str | None:
    """Right, status, version, in this order. Raises NotFound, NotAllowed, WrongStatus, Stale.

    Gives back the side the person stands on already, of an act that has one.
    """
    if not permissions.may(actor, permissions.Right.VIEW, issue):
        raise NotFound
    if not permissions.may(actor, action, issue):
        raise NotAllowed(f"您没有“{action.label}”的权限，或本事项不归您办理。")
    side = refuse_other_side(issue, actor, action)
    if issue.status not in TRANSITIONS[action].origins:
        raise WrongStatus(f"本事项现为“{issue.status.label}”，不能{action.label}。")
    if version is not None and version != issue.version:
        raise _stale(issue, version)
    return side


def _stale(issue: Issue, known: int) -> Stale:
    last = db.session.scalars(
        select(Event)
        .where(Event.is_about(Subject.TICKET, issue.id))
        .order_by(Event.seq.desc())
        .limit(1)
    ).first()
    who = "其他人" if last is None or last.is_covert else f"{last.unit}{last.actor}".strip()
    sentence = f"您打开后，{who}已更新本事项。请核对最新内容后再提交，您填写的内容已保留。"
    return Stale(sentence, known=known, current=issue.version)


def _begin(
    issue: Issue,
    action: Action,
    actor: Actor,
    raw: Mapping[str, Any],
    at: datetime,
    rules: Rules | None,
) -> Act:
    detail = read_details(fields_of(action), raw, issue)
    return Act(issue, action, actor, at, detail, *(rules or rules_at(at)), frozenset(raw))


def finish(act: Act, before: str) -> None:
    """Thresholds, span and history, for any act."""
    db.session.flush()
    settle(act.issue, act.at, (act.policy_number, act.policy), act.calendar)
    write_history(act, before)


def register(
    actor: Actor, raw: Mapping[str, Any], *, at: datetime, rules: Rules | None = None
) -> Act:
    """A new draft, numbered by its source and year. Never commits."""
    if not permissions.holds(actor, Action.REGISTER):
        raise NotAllowed("您没有登记问题的权限。")
    detail = read_details(fields_of(Action.REGISTER), raw, None)
    source = Source(detail["source"])
    issue = opening.blank(source, "", at, actor.id)
    act = Act(issue, Action.REGISTER, actor, at, detail, *(rules or rules_at(at)))
    issue.policy = act.policy_number
    with db.session.no_autoflush:
        issue.number = next_issue_number(source, act.on.year)
        issue.status = TRANSITIONS[Action.REGISTER].lead_on(act)
    finish(act, "")
    return act


def take_over(
    issue: Issue,
    actor: Actor,
    status: Status,
    *,
    at: datetime,
    rules: Rules,
    noted: Mapping[str, Any],
    is_again: bool = False,
) -> Act:
    """A ticket whose rows an import has written stands from now on in `status`. Never commits.

    The command line imports as the system: who runs it has the database already. `is_again`:
    it was taken back with an import before.
    """
    if actor is not SYSTEM and not permissions.holds(actor, Action.IMPORT):
        raise NotAllowed("您没有导入台账的权限。")
    act = Act(issue, Action.IMPORT, actor, at, {}, *rules, noted=dict(noted))
    act.called = BesideAct.BRING_AGAIN if is_again else None
    issue.status = status
    finish(act, Status.TAKEN_BACK.value if is_again else "")
    return act


def take_back(
    issues: Sequence[Issue], actor: Actor, reason: str, *, at: datetime, noted: Mapping[str, Any]
) -> None:
    """Tickets go with the import that brought them; the caller holds them. Never commits.

    Who may, and that nothing was done to them since, is asked by issues/exchange/undoing.
    """
    stood = {issue.id: (issue.status.value, issue.closed_on) for issue in issues}
    for issue in issues:
        issue.status, issue.closed_on = Status.TAKEN_BACK, None
        issue.ended_on = clock.day_of(at)
        issue.version += 1
    forget(issues)
    for issue in issues:
        before, closed_on = stood[issue.id]
        told = {"closed_on": recorded(closed_on)} if closed_on else {}
        audit.record(
            Subject.TICKET, issue.id, BesideAct.TAKE_BACK, actor, at=at, before=before,
            after=issue.status.value, reason=reason, detail={**noted, **told},
        )  # fmt: skip


def raise_in_round(
    issue: Issue, actor: Actor, colour: str, reason: str, *, at: datetime, rules: Rules
) -> Act:
    """The card an assessment round decided, raised by who closes the round. Never commits."""
    if not permissions.holds(actor, permissions.Right.CLOSE_ROUND):
        raise NotAllowed("结束调度须由市环委办负责人办理。")
    detail = {"colour": colour, "reason": reason}
    act = Act(issue, Action.RAISE_CARD, actor, at, detail, *rules)
    cards.raise_card(act)
    issue.version += 1
    finish(act, issue.status.value)
    return act
