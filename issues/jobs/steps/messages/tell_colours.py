"""Tell which tickets have turned yellow or red: of the day and of the one before it.

What an act of the day has turned is known for sure when the day is over, so each day is looked at
twice; nobody is told twice.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from extensions import db
from issues.jobs.job import Tools
from issues.messages.of_tickets import TURNED, turned
from issues.messages.telling import tell_of
from issues.models import ColourSpan, Issue
from issues.queries.ground.day import Standing
from issues.rules.colour import is_worse
from issues.vocabulary import Colour

DAY = timedelta(days=1)


def find(tools: Tools) -> list[str]:
    return [unit for day in (tools.on - DAY, tools.on) for unit in _turned(day)]


def do(_tools: Tools, unit: str) -> int:
    """How many persons were told."""
    issue_id, colour, day = unit.split(" ")
    issue = db.session.get_one(Issue, int(issue_id))
    return tell_of(turned(issue, Colour(colour), date.fromisoformat(day)))


def _turned(day: date) -> Iterator[str]:
    """The shown colour is worse than a day before; of what stood on the board then."""
    before = Standing.of_span(aliased(ColourSpan), day - DAY, is_seen=True)
    after = Standing.of_span(aliased(ColourSpan), day, is_seen=True)
    moved = or_(
        after.span.valid_from == day, after.yellow_from == day, after.red_from == day
    )  # fmt: skip
    rows = (
        select(Issue.id, before.colour.label("before"), after.colour.label("after"))
        .join(before.span, and_(before.span.issue_id == Issue.id, before.held()))
        .join(after.span, and_(after.span.issue_id == Issue.id, after.held()))
        .where(moved, before.on_board, after.on_board)
        .order_by(Issue.id)
    )
    for row in db.session.execute(rows):
        colour = Colour(row.after)
        if colour in TURNED and is_worse(colour, row.before):
            yield f"{row.id} {colour} {day.isoformat()}"
