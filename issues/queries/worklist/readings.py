"""Readings that wait for this person's word: entered by somebody of another unit."""

from typing import NamedTuple

from sqlalchemy import func, or_, select

from auth.actor import Actor
from extensions import db
from issues.models import Issue, PartTaken, Reading
from issues.rights.table import Right, holds, reach
from issues.workflow.parties import REPORT

SHOWN = 20


class Waiting(NamedTuple):
    """A ticket with how many of its readings wait, and since when."""

    number: str
    title: str
    how_many: int
    since: str


class Found(NamedTuple):
    """Those that are listed, the longest waiting first, and how many tickets there are."""

    lines: list[Waiting]
    total: int


def readings_to_review(actor: Actor) -> Found:
    """One statement."""
    if not holds(actor, Right.REVIEW_READING):
        return Found([], 0)
    reported = select(PartTaken.issue_id).where(
        PartTaken.user_id == actor.id, PartTaken.part == REPORT
    )
    rows = db.session.execute(
        select(
            Issue.number, Issue.title, func.count(Reading.id).label("count"),
            func.min(Reading.sampled_on).label("since"), func.count().over().label("total"),
        )
        .join(Reading, Reading.issue_id == Issue.id)
        .where(
            reach(actor, Right.REVIEW_READING), Issue.id.not_in(reported),
            Reading.confirmed_at.is_(None), Reading.withdrawn_at.is_(None),
            or_(Reading.entered_by_id.is_(None), Reading.entered_by_id != actor.id),
            or_(Reading.unit_id.is_(None), Reading.unit_id != actor.unit_id),
        )
        .group_by(Issue.id, Issue.number, Issue.title)
        .order_by(func.min(Reading.sampled_on), Issue.number)
        .limit(SHOWN)
    ).all()  # fmt: skip
    lines = [Waiting(row.number, row.title, row[2], str(row.since)) for row in rows]
    return Found(lines, rows[0].total if rows else 0)
