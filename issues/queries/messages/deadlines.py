"""The days that come near: of tickets, of measures, of notices to be signed for or answered.

One reading for the reminders, which ask for all of them, and for a person's calendar.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from auth.actor import Actor
from extensions import db
from issues.colour.policies import policy_on
from issues.ground import clock
from issues.messages.happening import WORKING
from issues.models import Issue, IssueUnit, Measure, Notice
from issues.notices import rights as notices
from issues.queries.complaints.answering import due_within
from issues.rights.table import Right, holds, reach, sees_all
from issues.rules.dates.letters import answer_due
from issues.vocabulary import OFF_BOARD, STRUCK_OFF, NoticeStatus, Status

MOST = 1000
"""Of each kind; the nearest first."""
CLAIMED = (
    Status.FIRST_ACCEPTANCE, Status.SITE_CHECK, Status.APPROVAL, Status.PUBLICITY,
)  # fmt: skip
"""The unit has done its part: the day of the ticket presses nobody."""


class Deadline(NamedTuple):
    """`sort` is ticket, letter, measure, sign or reply; `id` that of what has the day."""

    sort: str
    id: int
    on: date
    number: str
    path: str
    unit_id: int | None
    issue_id: int | None = None

    @property
    def what(self) -> str:
        return WHAT[self.sort]


WHAT = {
    "ticket": "整改时限",
    "letter": "信访件答复期限",
    "measure": "措施时限",
    "sign": "文书签收期限",
    "reply": "文书答复期限",
}


def coming(first: date, last: date, actor: Actor | None = None) -> Iterator[Deadline]:
    """Within these days, both with them. Of one person where there is one, else of everybody."""
    yield from _tickets(first, last, actor)
    yield from _letters(first, last, actor)
    yield from _measures(first, last, actor)
    yield from _papers(first, last, actor)


def _running() -> ColumnElement[bool]:
    return Issue.status.not_in((*OFF_BOARD, *STRUCK_OFF, *CLAIMED))


def _tickets(first: date, last: date, actor: Actor | None) -> Iterator[Deadline]:
    mine = true() if actor is None else _of_person(actor)
    rows = (
        select(Issue.id, Issue.deadline, Issue.number, Issue.primary_unit_id)
        .where(_running(), Issue.deadline.between(first, last), mine)
        .order_by(Issue.deadline, Issue.id)
    )
    for row in db.session.execute(rows if actor is None else rows.limit(MOST)):
        path = f"/issues/{row.number}"
        yield Deadline(
            "ticket", row.id, row.deadline, row.number, path, row.primary_unit_id, row.id
        )


def _letters(first: date, last: date, actor: Actor | None) -> Iterator[Deadline]:
    """The days of answering, by the rules of today."""
    policy = policy_on(clock.today())[1]
    mine = true() if actor is None else _of_person(actor)
    rows = (
        select(Issue.id, Issue.number, Issue.primary_unit_id, Issue.first_assigned_on,
               Issue.is_starred)
        .where(due_within(first, last, policy), mine)
        .order_by(Issue.first_assigned_on, Issue.id)
    )  # fmt: skip
    for row in db.session.execute(rows if actor is None else rows.limit(MOST)):
        due = answer_due(row.first_assigned_on, policy, is_starred=row.is_starred)
        path = f"/issues/{row.number}"
        yield Deadline("letter", row.id, due, row.number, path, row.primary_unit_id, row.id)


def _of_person(actor: Actor) -> ColumnElement[bool]:
    """Of who works for a unit what it works on; of who sees everything what names them."""
    if sees_all(actor):
        named = or_(Issue.inspector_id == actor.id, Issue.sponsor_account_id == actor.id)
        return and_(reach(actor), named)
    works = select(IssueUnit.issue_id).where(
        IssueUnit.unit_id == actor.unit_id, IssueUnit.relation.in_(sorted(WORKING))
    )
    return and_(reach(actor), Issue.id.in_(works))


def _measures(first: date, last: date, actor: Actor | None) -> Iterator[Deadline]:
    mine = true() if actor is None else and_(reach(actor), Measure.unit_id == actor.unit_id)
    rows = (
        select(
            Measure.id,
            Measure.deadline,
            Measure.no,
            Measure.unit_id,
            Measure.issue_id,
            Issue.number,
        )
        .join(Issue, and_(Issue.id == Measure.issue_id, Issue.round == Measure.round))
        .where(_running(), Measure.deadline.between(first, last), mine)
        .where(Measure.is_done.is_(False), Measure.dropped_at.is_(None))
        .order_by(Measure.deadline, Measure.id)
    )  # fmt: skip
    for row in db.session.execute(rows if actor is None else rows.limit(MOST)):
        path = f"/issues/{row.number}"
        number = f"{row.number} 措施{row.no}"
        yield Deadline("measure", row.id, row.deadline, number, path, row.unit_id, row.issue_id)


def _papers(first: date, last: date, actor: Actor | None) -> Iterator[Deadline]:
    owed = (
        ("sign", Notice.sign_due, Notice.acknowledged_at.is_(None)),
        ("reply", Notice.reply_due, Notice.replied_at.is_(None)),
    )
    for sort, day, is_open in owed:
        rows = (
            select(Notice.id, day.label("on"), Notice.number, Notice.unit_id)
            .where(Notice.status == NoticeStatus.SIGNED, is_open, day.between(first, last))
            .where(true() if actor is None else _to_person(actor))
            .order_by(day, Notice.id)
        )
        for row in db.session.execute(rows if actor is None else rows.limit(MOST)):
            path = f"/notices/{row.id}"
            yield Deadline(sort, row.id, row.on, row.number, path, row.unit_id)


def _to_person(actor: Actor) -> ColumnElement[bool]:
    if not holds(actor, Right.ANSWER_NOTICE):
        return false()
    return and_(notices.reach(actor), Notice.unit_id == actor.unit_id)
