"""One ticket's own history, in its order."""

from dataclasses import dataclass

from sqlalchemy import func, select

from extensions import db
from issues.models import Event, Issue
from issues.vocabulary import Subject


@dataclass(frozen=True, slots=True)
class Rows:
    """`numbers` is what each row is called; `next` the one the following page goes on after."""

    rows: list[Event]
    numbers: list[int]
    next: int | None
    total: int


def rows_of(issue: Issue, *, covert: bool, after: int, most: int) -> Rows:
    """Rows above `after`; covert ones only where they may be seen. Two statements.

    For who may not see them the others are counted through: a gap would tell of a visit.
    """
    mine = [Event.is_about(Subject.TICKET, issue.id)]
    if not covert:
        mine.append(~Event.is_covert)
    total = db.session.scalar(select(func.count()).select_from(Event).where(*mine))
    rows = select(Event).where(*mine).order_by(Event.seq).limit(most + 1)
    rows = rows.where(Event.seq > after) if covert else rows.offset(after)
    found = list(db.session.scalars(rows))
    shown = found[:most]
    numbers = [row.seq if covert else after + place for place, row in enumerate(shown, start=1)]
    return Rows(shown, numbers, numbers[-1] if len(found) > most else None, total or 0)
