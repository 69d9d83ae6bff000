"""What came to a unit by an import: nobody assigned it here, so no act of the chain tells of it."""

from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import exists, func, select

from auth.actor import Actor
from auth.models import User
from extensions import db
from issues.models import Issue, IssueUnit, ProgressReport
from issues.queries.ground.day import Standing
from issues.rights.table import holds, reach
from issues.vocabulary import OPEN, Action, Colour, Relation

SHOWN = 10
DAYS_TOLD = 30
"""How long after the import it is told, where the unit does not report on it before."""


class Arrived(NamedTuple):
    number: str
    title: str
    came_on: date
    deadline: date | None
    colour: Colour | None


class Arrivals(NamedTuple):
    """Those that are listed, the most urgent first, and how many there are."""

    lines: list[Arrived]
    total: int


def arrived(actor: Actor, today: date) -> Arrivals:
    """Tickets of the person's unit that an import brought under way. One statement."""
    if not holds(actor, Action.REPORT_PROGRESS) or actor.unit_id is None:
        return Arrivals([], 0)
    told = exists().where(
        ProgressReport.issue_id == Issue.id,
        ProgressReport.reporter_id == User.id,
        User.unit_id == actor.unit_id,
    )
    ours = exists().where(
        IssueUnit.issue_id == Issue.id,
        IssueUnit.unit_id == actor.unit_id,
        IssueUnit.relation.in_((Relation.PRIMARY, Relation.RESPONSIBLE)),
    )
    rows = db.session.execute(
        select(
            Issue.number, Issue.title, Issue.imported_on, Issue.deadline,
            Standing.on(today, today).colour.label("colour"),
            func.count().over().label("total"),
        )
        .where(
            reach(actor),
            ours,
            Issue.status.in_(OPEN),
            Issue.imported_on > today - timedelta(days=DAYS_TOLD),
            Issue.reporting_from == Issue.imported_on,
            ~told,
        )
        .order_by(Issue.red_from, Issue.yellow_from, Issue.number)
        .limit(SHOWN)
    ).all()  # fmt: skip
    lines = [
        Arrived(
            row.number, row.title, row.imported_on, row.deadline,
            Colour(row.colour) if row.colour else None,
        )
        for row in rows
    ]  # fmt: skip
    return Arrivals(lines, rows[0].total if rows else 0)
