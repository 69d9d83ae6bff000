"""An act and what follows from it, in one transaction that the caller commits."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from auth.actor import SYSTEM, Actor
from issues import workflow
from issues.burden import known
from issues.evidence.contradictions import keeping as contradictions
from issues.evidence.flags import repeated
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.models import Issue, ProgressReport
from issues.notices import drafting
from issues.supervision import layers, lookbacks
from issues.supervision.triggers import due_drafts
from issues.vocabulary import STRUCK_OFF, Action, NoticeKind, Status
from issues.workflow import Rules
from issues.workflow.act import Act
from issues.workflow.changes.targets import as_said, standing

__all__ = [
    "CONSEQUENCES", "available", "do", "end_target", "raise_card_of_round", "register",
    "set_target",
]  # fmt: skip
TARGET_SET = "登记目标"

Consequence = Callable[[Act], None]


def _plan_lookbacks(act: Act) -> None:
    if act.issue.status in STRUCK_OFF:
        lookbacks.plan(act.issue, act.on, act.policy)


def _propose_lookbacks(act: Act) -> None:
    lookbacks.propose(act.issue, act.at, act.policy)


def _place_in_layers(act: Act) -> None:
    layers.place(act.issue, is_new=act.action is Action.REGISTER)


def _compare_report(act: Act) -> None:
    for row in act.added:
        if isinstance(row, ProgressReport):
            repeated.keep(row)


def _compare_sources(act: Act) -> None:
    """What the act has written against what else is said of the ticket."""
    contradictions.refresh(act.issue, act.at)


def _draft_triggered(act: Act) -> None:
    """What the act has triggered is drafted at once; the night's run would do the same."""
    for due in due_drafts(act.on, act.policy, only=act.issue.id):
        drafting.draft(due.kind, [act.issue], due.trigger, due.occurrence, SYSTEM, act.at)


def _draft_outcome(trigger: str) -> Consequence:
    def draft(act: Act) -> None:
        occurrence = f"version-{act.issue.version}"
        drafting.draft(NoticeKind.N8, [act.issue], trigger, occurrence, SYSTEM, act.at)

    return draft


_returned, _closed, _lifted = map(_draft_outcome, ("returned", "closed", "lifted"))


def _draft_after_check(act: Act) -> None:
    if act.issue.status is Status.RECTIFYING:
        _returned(act)
    _draft_triggered(act)


def _after_approval(act: Act) -> None:
    """Where the source has no publicity, approval is closure."""
    if act.issue.status in STRUCK_OFF:
        _closed(act)
        _plan_lookbacks(act)


CONSEQUENCES: dict[Action, tuple[Consequence, ...]] = {
    Action.REGISTER: (_propose_lookbacks, _place_in_layers),
    Action.EDIT: (_propose_lookbacks, _place_in_layers),
    Action.AMEND: (_place_in_layers, _compare_sources),
    Action.ASSIGN: (_draft_triggered, _compare_sources),
    Action.DECLINE: (_compare_sources,),
    Action.SUBMIT_PLAN: (_compare_sources,),
    Action.REPORT_PROGRESS: (_compare_report, _compare_sources),
    Action.CONFIRM_PROGRESS: (_compare_sources,),
    Action.RETURN_PROGRESS: (_compare_sources,),
    Action.REQUEST_EXTENSION: (_compare_sources,),
    Action.GRANT_EXTENSION: (_compare_sources,),
    Action.REFUSE_EXTENSION: (_compare_sources,),
    Action.REQUEST_ACCEPTANCE: (_compare_sources,),
    Action.RETURN_ACCEPTANCE: (_returned, _compare_sources),
    Action.RECORD_SITE_CHECK: (_draft_after_check, _compare_sources),
    Action.APPROVE_CLOSURE: (_after_approval,),
    Action.RETURN_CLOSURE: (_returned, _compare_sources),
    Action.UPHOLD_OBJECTION: (_compare_sources,),
    Action.CLOSE: (_closed, _plan_lookbacks),
    Action.RECORD_LOOKBACK: (_plan_lookbacks,),
    Action.REOPEN: (_draft_triggered, _compare_sources),
    Action.RAISE_CARD: (_draft_triggered,),
    Action.LIFT_CARD: (_lifted,),
    Action.RECORD_EXPOSURE: (_draft_triggered,),
    Action.RECORD_FINDING: (_draft_triggered,),
    Action.MERGE: (_compare_sources,),
    Action.WITHDRAW: (_compare_sources,),
}
"""What follows from an act, in its own transaction."""


def do(
    action: Action,
    issue: Issue,
    actor: Actor,
    detail: Mapping[str, Any] | None = None,
    *,
    version: int | None = None,
    at: datetime | None = None,
    rules: Rules | None = None,
    drawn: Collection[str] | None = None,
) -> Issue:
    """Do an act with its consequences. Never commits. Raises the refusals of `perform`.

    `drawn`: the fields that the form of a page was filled with; None where there was no form.
    """
    moment = at or clock.now()
    given = {} if detail is None else detail
    beside = known.kept(action, issue, actor, drawn)
    act = workflow.perform(
        issue, action, actor, given, at=moment, version=version, rules=rules, beside=beside
    )
    _follow(act)
    return issue


def register(
    actor: Actor,
    detail: Mapping[str, Any],
    *,
    at: datetime | None = None,
    rules: Rules | None = None,
) -> Issue:
    """A new draft. Never commits. Raises NotAllowed, Incomplete."""
    act = workflow.register(actor, detail, at=at or clock.now(), rules=rules)
    _follow(act)
    return act.issue


def set_target(
    issue: Issue, actor: Actor, row: Mapping[str, Any], *, version: int | None = None
) -> None:
    """One more target: of a draft by editing it, later by amending. Never commits.

    Raises the refusals of `perform`, faults of the row by its own fields.
    """
    detail: Mapping[str, Any]
    if issue.status is Status.DRAFT:
        rows = [*map(as_said, standing(issue)), row]
        action, detail = Action.EDIT, {"targets": rows}
        path = f"targets.{len(rows) - 1}."
    else:
        action, path = Action.AMEND, "fields.targets.0."
        detail = {"fields": {"targets": [row]}, "reason": TARGET_SET}
    try:
        do(action, issue, actor, detail, version=version)
    except Incomplete as wrong:
        raise _of_row(wrong, path) from None


def end_target(issue: Issue, actor: Actor, target_id: int, reason: str) -> None:
    """It holds no more from now on; the row and its readings stay. Never commits."""
    rows = [{"id": target_id, "dropped": True}]
    try:
        do(Action.AMEND, issue, actor, {"fields": {"targets": rows}, "reason": reason})
    except Incomplete as wrong:
        raise _of_row(wrong, "fields.targets.0.") from None


def _of_row(wrong: Incomplete, path: str) -> Incomplete:
    errors = {name.removeprefix(path): told for name, told in wrong.errors.items()}
    return Incomplete(errors)


def raise_card_of_round(
    issue: Issue, actor: Actor, colour: str, reason: str, *, at: datetime
) -> None:
    """The card a round decided, with its notices. Never commits."""
    rules = workflow.rules_at(at)
    _follow(workflow.raise_in_round(issue, actor, colour, reason, at=at, rules=rules))


def _follow(act: Act) -> None:
    for consequence in CONSEQUENCES.get(act.action, ()):
        consequence(act)


def available(issue: Issue, actor: Actor) -> list[Action]:
    """What this person may do on this ticket now; the first is the one to do next."""
    return workflow.available(issue, actor, clock.today())
