"""Tickets by how their targets stand on a day: the worst of each decides, as a page judges them.

Counts of measures are left out: they are held against their line, which colours the ticket.
"""

from collections.abc import Callable, Mapping
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, and_, select

from extensions import db
from issues.colour.targets_of import TARGETS, as_facts, told_by
from issues.ground import clock
from issues.ground.batches import among
from issues.models import Issue, Target
from issues.queries.ground.remembered import moment, remembered
from issues.rules.targets import state
from issues.vocabulary import OFF_BOARD, TargetState
from issues.workflow.effect.conditions import end_of

WORST = (TargetState.NOT_MET, TargetState.UNKNOWN, TargetState.MET)
ByState = Mapping[TargetState, list[int]]


def condition_of(standing: TargetState) -> Callable[[Any, date], ColumnElement[bool]]:
    """On Issue, whose status of the day is given: that its targets stand so, on the board."""
    return lambda status, day: and_(
        status.not_in(OFF_BOARD), among(Issue.id, by_state(day)[standing])
    )


def by_state(day: date) -> ByState:
    """By what was known at the end of the day. Worked out anew after each act alone."""
    found: ByState = remembered(("target states", moment(), day), lambda: _by_state(day))
    return found


def _by_state(day: date) -> ByState:
    asked = select(Issue.id, Issue.round, Issue.deadline)
    asked = asked.where(Issue.id.in_(select(Target.issue_id)))
    tickets = {row.id: row for row in db.session.execute(asked)}
    rows = db.session.execute(told_by(end_of(day)) if day < clock.today() else TARGETS)
    found: dict[TargetState, list[int]] = {one: [] for one in WORST}
    for issue_id, group in groupby(rows, key=attrgetter("issue_id")):
        ticket = tickets[issue_id]
        facts = as_facts(group, ticket.round, ticket.deadline)
        states = {state(one.held, one.readings, day).state for one in facts}
        if worst := next((one for one in WORST if one in states), None):
            found[worst].append(issue_id)
    return found
