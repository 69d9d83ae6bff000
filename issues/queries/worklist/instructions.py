"""Leaders' written words: those a person gave, those a person is to answer, and all of them."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from auth.actor import Actor
from extensions import db
from issues.models import Instruction, Issue
from issues.rights.table import reach
from issues.vocabulary import UNIT_ROLES, Action, Role
from issues.workflow.transitions import TRANSITIONS

SHOWN = 10
INSTRUCTED = TRANSITIONS[Action.INSTRUCT].origins
"""Of a ticket struck off in the end an answer may still come, another word may not be given."""
ANSWERABLE = TRANSITIONS[Action.REPLY_INSTRUCTION].origins
"""Of a ticket withdrawn or merged nobody can answer any more, and so nobody failed to."""


class Unanswered(NamedTuple):
    """A leader's own that nobody answered by their day: the first of them, and how many.

    `ahead`: those whose day has not come.
    """

    rows: Sequence[Instruction]
    total: int
    ahead: int


def unanswered(actor: Actor, today: date) -> Unanswered:
    """The longest overdue first. Two statements."""
    own = instructions(actor).where(
        Instruction.leader_id == actor.id, Instruction.replied_on.is_(None),
        Issue.status.in_(ANSWERABLE),
    )  # fmt: skip
    open_ = own.with_only_columns(
        func.count().filter(Instruction.due_on < today),
        func.count().filter(Instruction.due_on >= today),
    )
    late, ahead = db.session.execute(open_.order_by(None)).one()
    shown = own.where(Instruction.due_on < today).limit(SHOWN)
    return Unanswered(db.session.scalars(shown).all(), late, ahead)


def instructions(actor: Actor) -> Select[Instruction]:
    """Open ones first, the earliest day first."""
    return (
        select(Instruction)
        .join(Issue, Issue.id == Instruction.issue_id)
        .where(reach(actor), _seen(actor))
        .options(
            joinedload(Instruction.issue), joinedload(Instruction.leader),
            joinedload(Instruction.unit), joinedload(Instruction.replied_by),
        )
        .order_by(Instruction.replied_on.is_not(None), Instruction.due_on, Instruction.id)
    )  # fmt: skip


def _seen(actor: Actor) -> ColumnElement[bool]:
    """The office sees all, a leader the own ones, a unit's people those to the unit."""
    if actor.has(Role.OFFICE, Role.HEAD, Role.PERFORMANCE, Role.INSPECTOR):
        return Instruction.id.is_not(None)
    own = [Instruction.leader_id == actor.id]
    if actor.has(*UNIT_ROLES):
        own.append(Instruction.unit_id == actor.unit_id)
    return or_(*own)
