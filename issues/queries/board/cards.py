"""How often units were carded: yellow and red cards raised up to a day, by primary unit."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from auth.actor import Actor
from extensions import db
from issues.models import Card, Issue
from issues.rights.table import reach
from issues.vocabulary import OFF_BOARD


def cards_by_unit(actor: Actor, day: date) -> dict[int | None, Counter[str]]:
    """By the unit that answers for the ticket now. One statement."""
    return read(db.session.execute(counted(actor, day)))


def counted(actor: Actor, day: date) -> Select:
    """Colour, unit and number; what a lifted red card leaves is no new card.

    Tickets of no board are left out, closed ones are not: what was carded stays carded.
    """
    return raised(day, Card.colour, Issue.primary_unit_id).where(reach(actor))


def raised(day: date, *kept: InstrumentedAttribute[Any]) -> Select:
    """How many cards were raised up to the day, by these columns of cards and their tickets."""
    return (
        select(*kept, func.count())
        .join(Issue, Issue.id == Card.issue_id)
        .where(Issue.status.not_in(OFF_BOARD))
        .where(Card.is_watch.is_(False), Card.raised_on <= day)
        .group_by(*kept)
    )


def read(rows: Iterable[Any]) -> dict[int | None, Counter[str]]:
    found: dict[int | None, Counter[str]] = defaultdict(Counter)
    for colour, unit_id, count in rows:
        found[unit_id][colour] = count
    return found
