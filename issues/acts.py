"""An act and what follows from it, in one transaction that the caller commits."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from auth.actor import Actor
from issues import clock, workflow
from issues.models import Issue
from issues.supervision import lookbacks
from issues.vocabulary import STRUCK_OFF, Action
from issues.workflow import Rules
from issues.workflow.act import Act

__all__ = ["CONSEQUENCES", "available", "do", "register"]

Consequence = Callable[[Act], None]


def _plan_lookbacks(act: Act) -> None:
    if act.issue.status in STRUCK_OFF:
        lookbacks.plan(act.issue, act.on, act.policy)


CONSEQUENCES: dict[Action, tuple[Consequence, ...]] = {
    Action.APPROVE_CLOSURE: (_plan_lookbacks,),
    Action.CLOSE: (_plan_lookbacks,),
    Action.RECORD_LOOKBACK: (_plan_lookbacks,),
}


def do(
    action: Action,
    issue: Issue,
    actor: Actor,
    detail: Mapping[str, Any] | None = None,
    *,
    version: int | None = None,
    at: datetime | None = None,
    rules: Rules | None = None,
) -> Issue:
    """Do an act with its consequences. Never commits. Raises the refusals of `perform`."""
    moment = at or clock.now()
    act = workflow.perform(
        issue, action, actor, detail or {}, at=moment, version=version, rules=rules
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


def _follow(act: Act) -> None:
    for consequence in CONSEQUENCES.get(act.action, ()):
        consequence(act)


def available(issue: Issue, actor: Actor) -> list[Action]:
    """What this person may do on this ticket now; the first is the one to do next."""
    return workflow.available(issue, actor, clock.today())
