"""Tasks that a centre hands to the units below it: handed, answered, confirmed or sent back."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from auth.actor import Actor
from extensions import db
from issues.models import CountyTask, Issue
from issues.vocabulary import Status, TaskState
from issues.workflow.act import Act
from issues.workflow.bounds import refuse_beyond
from issues.workflow.parties import ACCEPT, REPORT, set_units, take_side


def waits_for(actor: Actor) -> ColumnElement[bool]:
    """The condition on CountyTask that this person's unit owes the answer."""
    return (CountyTask.state == TaskState.OPEN) & (CountyTask.unit_id == actor.unit_id)


IS_ANSWERED: ColumnElement[bool] = CountyTask.state == TaskState.ANSWERED


def owed(issue: Issue, condition: ColumnElement[bool]) -> Sequence[CountyTask]:
    """The tasks of a ticket that wait for one thing, the earliest day first."""
    rows = select(CountyTask).where(CountyTask.issue_id == issue.id, condition)
    return db.session.scalars(rows.order_by(CountyTask.due_on, CountyTask.id)).all()


def hand_task(act: Act) -> Status:
    """To a unit below the county, which sees the ticket by it."""
    unit, due_on = act["unit"], act["due_on"]
    is_below = unit.region in act.actor.territory and unit.id != act.actor.unit_id
    act.refuse_unless(is_below, "unit", "只能交给本县（区）的乡镇（街道）和单位")
    refuse_beyond(act)
    act.add(
        CountyTask(
            issue_id=act.issue.id, unit_id=unit.id, text=act["text"], handed_on=act.on,
            due_on=due_on, state=TaskState.OPEN, files=[],
        )
    )  # fmt: skip
    set_units(act.issue)
    return act.issue.status


def answer_task(act: Act) -> Status:
    """Who answers has worked on the ticket, and confirms nothing of it."""
    task = _named(act, waits_for(act.actor), "没有待您单位答复的这项任务")
    take_side(act.issue, act.actor, REPORT)
    task.answer, task.answered_on, task.answered_by = act["text"], act.on, act.actor.display_name
    task.files = [file.id for file in act["files"]]
    task.state, task.reason = TaskState.ANSWERED, ""
    db.session.flush()
    return act.issue.status


def confirm_task(act: Act) -> Status:
    task = _answered(act)
    task.state, task.confirmed_on = TaskState.CONFIRMED, act.on
    db.session.flush()
    return act.issue.status


def return_task(act: Act) -> Status:
    """It is owed again; by a later day where one is given."""
    task, due_on = _answered(act), act["due_on"]
    refuse_beyond(act)
    task.state, task.reason, task.due_on = TaskState.OPEN, act["reason"], due_on or task.due_on
    db.session.flush()
    return act.issue.status


def end_tasks(issue: Issue) -> int:
    """With the delegation: what was not confirmed is owed no more. How many."""
    running = CountyTask.state.in_((TaskState.OPEN, TaskState.ANSWERED))
    rows = owed(issue, running)
    for task in rows:
        task.state = TaskState.ENDED
    db.session.flush()
    return len(rows)


def _answered(act: Act) -> CountyTask:
    task = _named(act, IS_ANSWERED, "没有待确认的这项任务")
    take_side(act.issue, act.actor, ACCEPT)
    act.noted["task_unit"] = task.unit
    return task


def _named(act: Act, condition: ColumnElement[bool], sentence: str) -> CountyTask:
    """The task by its number, which the history tells by its words."""
    found = {task.id: task for task in owed(act.issue, condition)}
    act.refuse_unless(act["task"] in found, "task", sentence)
    task = found[act["task"]]
    act.noted["task_id"], act.detail["task"] = task.id, task.text
    return task
