"""Remind of days that come near: seven, three and one working day before, once each."""

from dataclasses import replace
from datetime import date, timedelta

from extensions import db
from issues.colour.policies import workdays
from issues.jobs.job import Tools
from issues.messages.happening import Happening, people_of
from issues.messages.telling import tell_of
from issues.models import Issue
from issues.queries.messages.deadlines import Deadline, coming
from issues.vocabulary import MessageEvent

STEPS = (1, 3, 7)
"""Working days that are left."""


def find(tools: Tools) -> list[str]:
    last = workdays().add(tools.on, STEPS[-1] + 1) - timedelta(days=1)
    return [_name(one, step) for one, step in _near(tools.on, tools.on, last)]


def do(tools: Tools, unit: str) -> int:
    """How many persons were reminded; nobody twice of the same day."""
    day = date.fromisoformat("-".join(unit.split("-")[2:5]))
    near = {_name(one, step): one for one, step in _near(tools.on, day, day)}
    return tell_of(_happening(near[unit], unit, tools.on)) if unit in near else 0


def _near(on: date, first: date, last: date) -> list[tuple[Deadline, int]]:
    """Those of some days, each with the smallest step that it is within."""
    calendar = workdays()
    left = ((one, calendar.between(on, one.on)) for one in coming(first, last))
    return [(one, min(step for step in STEPS if days <= step)) for one, days in left]


def _name(one: Deadline, step: int) -> str:
    return f"{one.sort}-{one.id}-{one.on.isoformat()}-{step}"


def _happening(one: Deadline, occasion: str, on: date) -> Happening:
    units = frozenset({one.unit_id or 0}) - {0}
    event, whom = MessageEvent.DEADLINE, people_of(units)
    if one.issue_id is None:
        return Happening(
            event, one.number, one.path, on, f"{event}-{occasion}", whom, units, notice_id=one.id
        )
    issue = db.session.get_one(Issue, one.issue_id)
    told = Happening.of_ticket(issue, event, on, occasion, whom, units)
    return replace(told, called=one.number)
