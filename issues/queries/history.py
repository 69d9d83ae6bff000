"""One ticket's own history, in its order."""

from dataclasses import dataclass

from sqlalchemy import func, select

from extensions import db
from issues.models import Event, Issue
from issues.workflow.perform import SUBJECT


@dataclass(frozen=True, slots=True)
class Rows:
    """`next` is the number the following page goes on after."""

    rows: list[Event]
    next: int | None
    total: int


def rows_of(issue: Issue, *, covert: bool, after: int, most: int) -> Rows:
    """Rows above `after`; covert ones only where they may be seen. Two statements."""
    mine = [Event.subject == SUBJECT, Event.subject_id == issue.id]
    if not covert:
        mine.append(~Event.is_covert)
    total = db.session.scalar(select(func.count()).select_from(Event).where(*mine))
    rows = select(Event).where(*mine, Event.seq > after).order_by(Event.seq).limit(most + 1)
    found = list(db.session.scalars(rows))
    shown = found[:most]
    return Rows(shown, shown[-1].seq if len(found) > most else None, total or 0)
