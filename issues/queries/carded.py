"""How often units were carded: yellow and red cards raised up to a day, by primary unit."""

from collections import Counter, defaultdict
from datetime import date

from sqlalchemy import func, select

from auth.actor import Actor
from extensions import db
from issues.models import Card, Issue
from issues.permissions import reach
from issues.vocabulary import OFF_BOARD


def cards_by_unit(actor: Actor, day: date) -> dict[int | None, Counter[str]]:
    """By the unit that answers for the ticket now; what a lifted red card leaves is no new card.

    Tickets of no board are left out, closed ones are not: what was carded stays carded.
    One statement.
    """
    kept = (Issue.primary_unit_id, Card.colour)
    rows = (
        select(*kept, func.count())
        .join(Issue, Issue.id == Card.issue_id)
        .where(reach(actor), Issue.status.not_in(OFF_BOARD))
        .where(Card.is_watch.is_(False), Card.raised_on <= day)
        .group_by(*kept)
    )
    counted: dict[int | None, Counter[str]] = defaultdict(Counter)
    for unit_id, colour, count in db.session.execute(rows):
        counted[unit_id][colour] = count
    return counted
