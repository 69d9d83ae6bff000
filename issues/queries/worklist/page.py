"""What needs one person today: the acts the table allows on tickets that wait for them.

Rights, relation and separation of persons are conditions of the query; the act itself is checked
again when it is done.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, func, literal, select, union_all

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues.models import Issue, PartTaken
from issues.queries.ground.day import Standing
from issues.queries.worklist.sections import SECTIONS, Section
from issues.rights.table import holds, reach
from issues.vocabulary import STRUCK_OFF, Action, Colour, Status
from issues.workflow.parties import ACCEPT, REPORT, part_of
from issues.workflow.preconditions import condition

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Task:
    """`is_over`: struck off, its deadline is nobody's business any more."""

    number: str
    title: str
    unit: str
    deadline: date | None
    colour: Colour | None
    since: date | None
    is_over: bool


@dataclass(frozen=True, slots=True)
class Pile:
    """The tasks of one section, the oldest first; `total` counts those not shown too.

    `verb` is what is to be done, whichever way it is decided: 待初验 asks for 初验.
    """

    action: Action
    name: str
    title: str
    since_label: str
    status: Status | None
    tasks: list[Task]
    total: int

    @property
    def verb(self) -> str:
        return self.title.rpartition("待")[2]


def piles(actor: Actor, today: date) -> list[Pile]:
    """What waits for this person, by act in the order of the chain. One statement."""
    mine = [section for section in SECTIONS if holds(actor, section.action)]
    if not mine:
        return []
    every = union_all(*(waiting(section, actor, today) for section in mine)).subquery()
    rows = db.session.execute(select(every).order_by(every.c.since, every.c.number)).all()
    found = {section: [row for row in rows if row.section == section.name] for section in mine}
    return [_pile(section, rows) for section, rows in found.items() if rows]


def waiting(section: Section, actor: Actor, today: date) -> Select:
    """The first SHOWN of one section, with how many there are."""
    since = section.since()
    conditions = [Issue.status.in_(section.statuses), reach(actor, section.action)]
    asked = (condition(section.action, actor, today), section.ready(actor, today))
    conditions += [one for one in asked if one is not None]
    if part := part_of(section.action):
        conditions.append(_not_on_the_other_side(actor, part))
    inner = (
        select(
            literal(section.name).label("section"),
            Issue.number,
            Issue.title,
            Unit.short_name.label("unit"),
            Issue.deadline,
            Issue.status,
            Standing.on(today, today).colour.label("colour"),
            since.label("since"),
            func.count().over().label("total"),
        )
        .outerjoin(Unit, Unit.id == Issue.primary_unit_id)
        .where(*conditions)
        .order_by(since, Issue.number)
        .limit(SHOWN)
        .subquery()
    )
    return select(inner)


def _not_on_the_other_side(actor: Actor, part: str) -> ColumnElement[bool]:
    other = {REPORT: ACCEPT, ACCEPT: REPORT}[part]
    return ~exists().where(
        PartTaken.issue_id == Issue.id, PartTaken.user_id == actor.id, PartTaken.part == other
    )


def _pile(section: Section, rows: list) -> Pile:
    status = next(iter(section.statuses)) if len(section.statuses) == 1 else None
    tasks = [
        Task(
            row.number, row.title, row.unit or "", row.deadline,
            Colour(row.colour) if row.colour else None, row.since,
            Status(row.status) in STRUCK_OFF,
        )
        for row in rows
    ]  # fmt: skip
    return Pile(
        section.action, section.name, section.title, section.since_label, status, tasks,
        rows[0].total,
    )  # fmt: skip
