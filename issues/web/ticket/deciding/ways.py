"""Decisions with two ways: which acts answer one question, and which of them stand open."""

from typing import NamedTuple

from flask import url_for

from auth.actor import Actor
from issues import acts
from issues.models import Issue
from issues.vocabulary import Action
from issues.workflow.hindrances import hindered

PAIRS: tuple[tuple[Action, Action], ...] = (
    (Action.APPROVE_PLAN, Action.RETURN_PLAN),
    (Action.CONFIRM_PROGRESS, Action.RETURN_PROGRESS),
    (Action.GRANT_EXTENSION, Action.REFUSE_EXTENSION),
    (Action.PASS_FIRST_ACCEPTANCE, Action.RETURN_ACCEPTANCE),
    (Action.APPROVE_CLOSURE, Action.RETURN_CLOSURE),
    (Action.DISMISS_OBJECTION, Action.UPHOLD_OBJECTION),
    (Action.CONFIRM_TASK, Action.RETURN_TASK),
    (Action.RAISE_CARD, Action.DECLINE_PROPOSAL),
)
"""The first lets the matter go on, the second does not. Each is an act of its own in history."""
PAIR_OF = {action: pair for pair in PAIRS for action in pair}


class Way(NamedTuple):
    """One answer. `why_not`: why it is not open today; "" where it is. `key` is pressed for it."""

    action: Action
    url: str
    key: str
    is_chosen: bool
    why_not: str


def ways_of(action: Action, issue: Issue | None, person: Actor) -> list[Way]:
    """Both ways of the question this act answers; nothing where the person has but one."""
    pair = PAIR_OF.get(action)
    if pair is None or issue is None:
        return []
    offered = acts.available(issue, person)
    if not set(pair) <= set(offered):
        return []
    still = hindered(pair, issue, person)
    return [
        Way(
            one, url_for("acts.form", number=issue.number, action=one.value), str(place),
            one is action, still.get(one, ""),
        )
        for place, one in enumerate(pair, 1)
    ]  # fmt: skip
