"""A leader's written word (批示): a task with a day, and the answer to it."""

from sqlalchemy import ColumnElement, and_, false, or_, select

from auth.actor import Actor
from extensions import db
from issues.models import Instruction
from issues.vocabulary import Role, Status
from issues.workflow.act import Act
from issues.workflow.bounds import refuse_beyond


def instruct(act: Act) -> Status:
    """To a unit that stands to the ticket, else to the office."""
    issue, unit, due_on = act.issue, act["unit"], act["due_on"]
    related = {reach.unit_id for reach in issue.reaches}
    act.refuse_unless(
        unit is None or unit.id in related, "unit", "该单位与本事项没有关系，看不到本事项"
    )
    refuse_beyond(act)
    act.add(
        Instruction(
            issue_id=issue.id,
            leader_id=act.actor.id,
            text=act["text"],
            given_on=act.on,
            unit_id=unit.id if unit else None,
            due_on=due_on,
        )
    )
    act.noted["to"] = unit.short_name if unit else "市环委办"
    return issue.status


def reply_instruction(act: Act) -> Status:
    """To the oldest one that waits for this person's unit or office."""
    row = db.session.scalars(
        select(Instruction)
        .where(Instruction.issue_id == act.issue.id, waits_for(act.actor))
        .order_by(Instruction.due_on, Instruction.id)
        .limit(1)
    ).one()
    row.reply, row.replied_on, row.replied_by_id = act["text"], act.on, act.actor.id
    db.session.flush()
    act.noted["instruction"] = row.text
    return act.issue.status


def is_for(actor: Actor, row: Instruction) -> bool:
    """The same as waits_for(), of a row at hand."""
    if row.replied_on is not None:
        return False
    if row.unit_id is None:
        return actor.has(Role.OFFICE)
    return row.unit_id == actor.unit_id


def waits_for(actor: Actor) -> ColumnElement[bool]:
    """The condition on Instruction that this person may answer it, and nobody has."""
    mine = [Instruction.unit_id == actor.unit_id] if actor.unit_id is not None else []
    if actor.has(Role.OFFICE):
        mine.append(Instruction.unit_id.is_(None))
    return and_(Instruction.replied_on.is_(None), or_(false(), *mine))
