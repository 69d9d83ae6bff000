"""What keeps an act from being done whatever is typed, beyond the preconditions of a statement.

The functions are the acts' own, which refuse by them; here a page asks them before its form.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from auth.actor import Actor
from issues.ground import clock
from issues.models import Issue
from issues.vocabulary import Action
from issues.workflow.act import Act
from issues.workflow.changes.accepting import unready_for_acceptance
from issues.workflow.changes.aftermath import visited
from issues.workflow.changes.cards import why_card_stays
from issues.workflow.changes.extending import no_more_time
from issues.workflow.changes.opening import unready_to_assign
from issues.workflow.changes.plans import own_plan
from issues.workflow.changes.progress import own_report
from issues.workflow.effect.lacking import errors_of
from issues.workflow.perform import rules_at
from issues.workflow.preconditions import is_ready, why_not
from issues.workflow.readiness import allowed

Told = Callable[[Act], Iterable[str]]


def _one(said: Callable[[Act], str]) -> Told:
    return lambda act: filter(None, [said(act)])


def _all(errors: Callable[[Act], Mapping[str, list[str]]]) -> Told:
    return lambda act: [one for told in errors(act).values() for one in told]


HINDRANCES: Mapping[Action, Told] = {
    Action.ASSIGN: _all(unready_to_assign),
    Action.APPROVE_PLAN: _one(own_plan),
    Action.CONFIRM_PROGRESS: _one(own_report),
    Action.RETURN_PROGRESS: _one(own_report),
    Action.REQUEST_EXTENSION: _one(no_more_time),
    Action.REQUEST_ACCEPTANCE: _all(unready_for_acceptance),
    Action.PASS_FIRST_ACCEPTANCE: _all(errors_of),
    Action.APPROVE_CLOSURE: _all(errors_of),
    Action.LIFT_CARD: why_card_stays,
    Action.RECORD_LOOKBACK: _one(visited),
}


TOLD = frozenset({Action.DECLINE, Action.REQUEST_EXTENSION, Action.CLOSE, Action.REOPEN})
"""Acts a person looks for: where they are not to be had it is said why, not only not offered."""


def hindrances(action: Action, issue: Issue, actor: Actor) -> list[str]:
    """The sentences the act would be refused with now, by what stands on the ticket.

    Right, side and status are asked before (perform.check).
    """
    at = clock.now()
    act = Act(issue, action, actor, at, {}, *rules_at(at))
    if said := why_not(act):
        return [said]
    find = HINDRANCES.get(action)
    return list(find(act)) if find else []


class Offers(NamedTuple):
    """`ready` can be done now, the first next; `still` stands still, each with why in one line."""

    ready: list[Action]
    still: dict[Action, str]


def offers(issue: Issue, actor: Actor) -> Offers:
    """What a ticket's page offers this person, and what today's facts forbid them."""
    found = allowed(issue, actor, clock.today())
    ready = [action for action, row in found if is_ready(action, row)]
    still = hindered(ready, issue, actor)
    early = [action for action, _ in found if action in TOLD and action not in ready]
    still |= {action: in_one_line(hindrances(action, issue, actor)) for action in early}
    return Offers([action for action in ready if action not in still], still)


def in_one_line(told: Iterable[str]) -> str:
    """Sentences one after the other; "" where there are none."""
    return "；".join(one.rstrip("。") for one in told)


def hindered(actions: Iterable[Action], issue: Issue, actor: Actor) -> dict[Action, str]:
    """Of acts that are ready by their preconditions: those that stand still, each with why."""
    asked = [action for action in actions if action in HINDRANCES]
    if not asked:
        return {}
    at = clock.now()
    rules = rules_at(at)
    found = {
        action: in_one_line(HINDRANCES[action](Act(issue, action, actor, at, {}, *rules)))
        for action in asked
    }
    return {action: said for action, said in found.items() if said}
