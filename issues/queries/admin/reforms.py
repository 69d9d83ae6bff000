"""What a reform of a unit would touch, as numbers; and what one that is done has, by its record."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import selectinload

from auth.models import Unit, UnitAlias, User
from extensions import db
from issues.models import CountyTask, Event, Instruction, Issue, IssueUnit, Notice
from issues.vocabulary import OPEN, NoticeStatus, Relation, Status, Subject, TaskState, UnitAct

MOVED = (*sorted(OPEN), Status.DRAFT)
"""Where a ticket stands that goes to another unit; what is over keeps its own."""
GONE_TO = {UnitAct.MERGE: "并入", UnitAct.SPLIT: "分设为"}
"""What the record calls the successors, by the act that ended a unit."""


class Reform(NamedTuple):
    """How much goes; `closed` are tickets that keep the unit. None: an older record is silent."""

    tickets: int | None
    closed: int | None
    people: int | None
    disabled: int | None
    notices: int | None
    instructions: int | None
    tasks: int | None
    aliases: int | None

    def told(self) -> dict[str, int | None]:
        """As the record says it."""
        return {LABELS[name]: count for name, count in self._asdict().items()}


LABELS = {
    "tickets": "未办结事项",
    "closed": "已办结事项",
    "people": "在用账号",
    "disabled": "停用账号",
    "notices": "未办结文书",
    "instructions": "未答复批示",
    "tasks": "县级任务",
    "aliases": "别称",
}


class Done(NamedTuple):
    """A unit's end, as its record has it: to whom it went, why, and how much."""

    row: Event
    went_to: str
    counted: Reform


def concerned(unit_id: int) -> Reform:
    """The one place of these figures: eight statements."""
    held = select(func.count()).select_from(Issue).where(Issue.id.in_(_of_unit(unit_id)))
    people = select(func.count()).select_from(User).where(User.unit_id == unit_id)
    aliases = select(func.count()).select_from(UnitAlias)
    return Reform(
        _count(held.where(Issue.status.in_(MOVED))),
        _count(held.where(Issue.status.not_in((*MOVED, Status.TAKEN_BACK)))),
        _count(people.where(User.is_active)),
        _count(people.where(~User.is_active)),
        len(open_notices(unit_id)),
        len(open_instructions(unit_id)),
        _count(_tasks(unit_id)),
        _count(aliases.where(UnitAlias.unit_id == unit_id, UnitAlias.ended_at.is_(None))),
    )


def _count(statement: Select[int]) -> int:
    return db.session.scalar(statement) or 0


def _of_unit(unit_id: int) -> Select[int]:
    return select(IssueUnit.issue_id).where(
        IssueUnit.unit_id == unit_id, IssueUnit.relation != Relation.TERRITORIAL
    )


def _tasks(unit_id: int) -> Select[int]:
    """Of a county's centre, in tickets that go on; without those that were taken back."""
    rows = select(func.count()).select_from(CountyTask).join(CountyTask.issue)
    kept: ColumnElement[bool] = CountyTask.state != TaskState.ENDED
    return rows.where(CountyTask.unit_id == unit_id, kept, Issue.status.in_(MOVED))


def tickets_of(unit_id: int, *, for_change: bool = False) -> Sequence[Issue]:
    """Those that go, in order of their numbers, each with how its units stand to it."""
    rows = select(Issue).where(Issue.id.in_(_of_unit(unit_id)), Issue.status.in_(MOVED))
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


def done_to(unit_id: int) -> Done | None:
    """By its record; None of a unit that goes on."""
    rows = select(Event).where(
        Event.is_about(Subject.UNIT, unit_id), Event.action.in_([act.value for act in GONE_TO])
    )
    row = db.session.scalars(rows.order_by(Event.seq.desc()).limit(1)).first()
    if row is None:
        return None
    told: Mapping[str, Any] = row.detail
    went_to = told[GONE_TO[UnitAct(row.action)]]
    return Done(row, went_to, Reform(*(told.get(label) for label in LABELS.values())))
