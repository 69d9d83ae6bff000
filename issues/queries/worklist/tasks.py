"""Tasks of a county's centre that wait for this person: to be answered, or to be confirmed."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues.models import CountyTask, Issue
from issues.rights.table import holds, reach
from issues.vocabulary import COUNTY_ROLES, OPEN, Action, TaskState
from issues.workflow.changes.county.tasks import IS_ANSWERED, waits_for

SHOWN = 20


class Line(NamedTuple):
    """One task with its ticket. `act`: what this person is to do about it; empty where nothing."""

    number: str
    title: str
    unit: str
    text: str
    due_on: date
    state: TaskState
    is_late: bool
    act: str


class Found(NamedTuple):
    """Those that are listed, the earliest day first; how many there are, and late of them."""

    lines: list[Line]
    total: int
    late: int


def tasks_of(actor: Actor, today: date) -> Found:
    """A unit's own open ones; of a centre the answered ones and those that are late."""
    waiting = _waiting(actor, today)
    if waiting is None:
        return Found([], 0, 0)
    is_late = and_(CountyTask.state == TaskState.OPEN, CountyTask.due_on < today)
    rows = db.session.execute(
        select(
            Issue.number, Issue.title, Unit.short_name, CountyTask.text, CountyTask.due_on,
            CountyTask.state, is_late.label("is_late"), CountyTask.unit_id,
            func.count().over().label("total"),
            func.count().filter(is_late).over().label("late"),
        )
        .join(Issue, Issue.id == CountyTask.issue_id)
        .join(Unit, Unit.id == CountyTask.unit_id)
        .where(Issue.status.in_(OPEN), waiting)
        .order_by(CountyTask.due_on, CountyTask.id)
        .limit(SHOWN)
    ).all()  # fmt: skip
    lines = [
        Line(
            row.number, row.title, row.short_name, row.text, row.due_on, row.state,
            bool(row.is_late), _act(row.state, row.unit_id, actor),
        )
        for row in rows
    ]  # fmt: skip
    return Found(lines, rows[0].total if rows else 0, rows[0].late if rows else 0)


def driven_by(actor: Actor) -> int | None:
    """How many open tickets the person's centre drives; None for who is of none."""
    if not actor.has(*COUNTY_ROLES):
        return None
    rows = select(func.count(Issue.id)).where(Issue.status.in_(OPEN), reach(actor, Action.COMMENT))
    return db.session.scalar(rows) or 0


def _waiting(actor: Actor, today: date) -> ColumnElement[bool] | None:
    mine: list[ColumnElement[bool]] = []
    if holds(actor, Action.ANSWER_TASK) and actor.unit_id is not None:
        mine.append(and_(waits_for(actor), reach(actor, Action.ANSWER_TASK)))
    if holds(actor, Action.CONFIRM_TASK):
        late = and_(CountyTask.state == TaskState.OPEN, CountyTask.due_on < today)
        mine.append(and_(or_(IS_ANSWERED, late), reach(actor, Action.CONFIRM_TASK)))
    return or_(false(), *mine) if mine else None


def _act(state: TaskState, unit_id: int, actor: Actor) -> str:
    """What is to be done about it by this person; nothing but waiting where it is another's."""
    if state is TaskState.ANSWERED:
        return Action.CONFIRM_TASK.value
    return Action.ANSWER_TASK.value if unit_id == actor.unit_id else ""
