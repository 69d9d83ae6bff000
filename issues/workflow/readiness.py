"""Which acts are to be done now: beyond status and right, whether there is anything to do it on."""

from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, select

from auth.actor import Actor
from extensions import db
from issues.models import (
    Issue,
    PartTaken,
)
from issues.rights import table as permissions
from issues.vocabulary import Action
from issues.workflow.looking import ASKED, THIS, Row, questions
from issues.workflow.parties import ACCEPT, REPORT, part_of
from issues.workflow.preconditions import is_ready
from issues.workflow.transitions import TRANSITIONS


def available(issue: Issue, actor: Actor, today: date) -> list[Action]:
    """What this person may do on this ticket now; the first is the one to do next."""
    return [action for action, row in allowed(issue, actor, today) if is_ready(action, row)]


def allowed(issue: Issue, actor: Actor, today: date) -> list[tuple[Action, Row]]:
    """What right, status and side let this person do, each with what its preconditions ask of."""
    found = [
        action
        for action, transition in TRANSITIONS.items()
        if issue.status in transition.origins and permissions.may(actor, action, issue)
    ]
    if not found:
        return []
    row, part = _look(issue, actor, today)
    other = {REPORT: ACCEPT, ACCEPT: REPORT}
    return [(action, row) for action in found if part is None or part_of(action) != other[part]]


def _look(issue: Issue, actor: Actor, today: date) -> tuple[Row, str | None]:
    """Everything the preconditions ask for, in one statement."""
    asked = {"issue": issue.id, "round": issue.round}
    *found, part = db.session.execute(_looking(actor.rights_only, today), asked).one()
    return Row(issue, today, *map(bool, found)), part


@lru_cache(maxsize=permissions.MOST_PEOPLE)
def _looking(actor: Actor, today: date) -> Select[Any]:
    """Every page of a ticket asks this, so it is put together once a person."""
    part = select(PartTaken.part).where(PartTaken.issue_id == THIS, PartTaken.user_id == actor.id)
    return questions(actor, today, ASKED).add_columns(part.scalar_subquery())
