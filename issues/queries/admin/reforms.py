"""What a reform of a unit would touch: its open tickets, people and open papers, as numbers."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from auth.models import Unit, User
from extensions import db
from issues.models import Instruction, Issue, IssueUnit, Notice
from issues.vocabulary import OPEN, NoticeStatus, Relation, Status

MOVED = (*sorted(OPEN), Status.DRAFT)
"""Where a ticket stands that goes to another unit; what is over keeps its own."""


class Reform(NamedTuple):
    """How much goes; `closed` are tickets that keep the unit."""

    tickets: int
    closed: int
    people: int
    notices: int
    instructions: int


def concerned(unit_id: int) -> Reform:
    """Five statements."""
    of_unit = select(IssueUnit.issue_id).where(
        IssueUnit.unit_id == unit_id, IssueUnit.relation != Relation.TERRITORIAL
    )
    held = select(func.count()).select_from(Issue).where(Issue.id.in_(of_unit))
    people = select(func.count()).select_from(User).where(User.unit_id == unit_id, User.is_active)
    return Reform(
        db.session.scalar(held.where(Issue.status.in_(MOVED))) or 0,
        db.session.scalar(held.where(Issue.status.not_in((*MOVED, Status.TAKEN_BACK)))) or 0,
        db.session.scalar(people) or 0,
        len(open_notices(unit_id)),
        len(open_instructions(unit_id)),
    )


def tickets_of(unit_id: int, *, for_change: bool = False) -> Sequence[Issue]:
    """Those that go, in order of their numbers, each with how its units stand to it."""
    of_unit = select(IssueUnit.issue_id).where(
        IssueUnit.unit_id == unit_id, IssueUnit.relation != Relation.TERRITORIAL
    )
    rows = select(Issue).where(Issue.id.in_(of_unit), Issue.status.in_(MOVED))
    rows = rows.options(selectinload(Issue.reaches)).order_by(Issue.number)
    return db.session.scalars(rows.with_for_update(of=Issue) if for_change else rows).all()


def open_notices(unit_id: int) -> Sequence[Notice]:
    """Drafts, and what was signed and still waits to be signed for or answered."""
    waits = or_(
        Notice.sign_due.is_not(None) & Notice.acknowledged_at.is_(None),
        Notice.reply_due.is_not(None) & Notice.replied_at.is_(None),
    )
    is_open = or_(
        Notice.status == NoticeStatus.DRAFT, (Notice.status == NoticeStatus.SIGNED) & waits
    )
    rows = select(Notice).where(Notice.unit_id == unit_id, is_open).order_by(Notice.id)
    return db.session.scalars(rows).all()


def open_instructions(unit_id: int) -> Sequence[Instruction]:
    rows = select(Instruction).where(
        Instruction.unit_id == unit_id, Instruction.replied_on.is_(None)
    )
    return db.session.scalars(rows.order_by(Instruction.id)).all()


def others(unit_id: int) -> list[tuple[str, str]]:
    """(code, name) of the units that something may go to."""
    rows = select(Unit.code, Unit.short_name).where(Unit.id != unit_id, Unit.ended_at.is_(None))
    return [(row.code, row.short_name) for row in db.session.execute(rows.order_by(Unit.position))]


def people_of(unit_id: int) -> Sequence[User]:
    rows = select(User).where(User.unit_id == unit_id).order_by(User.name)
    return db.session.scalars(rows).all()
