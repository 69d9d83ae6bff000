"""What a ticket holds of each field, in the form an act is told it; and whether it may change."""

from typing import Any

from issues.models import Issue
from issues.rules.policy import Policy
from issues.tickets.fields import BY_NAME, UNIT_LISTS
from issues.vocabulary import Action, Relation, Status
from issues.workflow.changes.amending import why_deadline_stays
from issues.workflow.transitions import TRANSITIONS


def stands(issue: Issue, name: str) -> Any:
    """Units and regions as codes, choices as theirs, every other value as it is kept."""
    field = BY_NAME[name]
    if name in UNIT_LISTS:
        codes = [unit.code for unit in issue.units(UNIT_LISTS[name])]
        mine = [unit.code for unit in issue.units(Relation.PRIMARY)]
        return [code for code in codes if name != "responsible_units" or code not in mine]
    value = getattr(issue, field.kept_as)
    if field.type == "unit":
        return value.code if value else None
    return list(value) if field.type == "choices" else value


def holds_already(issue: Issue, told: dict[str, Any]) -> bool:
    """Whether an amendment so told would change nothing; nothing and empty are the same."""
    return all((stands(issue, name) or None) == (value or None) for name, value in told.items())


def act_for(issue: Issue) -> Action:
    return Action.EDIT if issue.status is Status.DRAFT else Action.AMEND


def why_it_stays(issue: Issue, policy: Policy, told: dict[str, Any]) -> str:
    """Why no file may change these fields of the ticket now; "" where one may."""
    action = act_for(issue)
    if issue.status not in TRANSITIONS[action].origins:
        return f"本事项现为“{issue.status.label}”，不能{action.label}"
    if "deadline_text" in told and action is Action.AMEND:
        return why_deadline_stays(issue.source, policy)
    return ""
