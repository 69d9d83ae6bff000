"""The tickets of a county's round that a person may see now."""

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from auth.actor import Actor
from extensions import db
from issues.models import CountyRound, CountyRoundItem, Issue
from issues.rights.table import reach


class Seen(NamedTuple):
    """`hidden`: how many were moved to another county since, or taken back."""

    items: list[CountyRoundItem]
    hidden: int


def items_in_sight(round_: CountyRound, actor: Actor) -> Seen:
    """With tickets and units. Two statements."""
    rows = (
        select(CountyRoundItem)
        .join(CountyRoundItem.issue)
        .options(contains_eager(CountyRoundItem.issue).options(joinedload(Issue.primary_unit)))
        .where(CountyRoundItem.round_id == round_.id, reach(actor))
        .order_by(CountyRoundItem.id)
    )
    found = list(db.session.scalars(rows))
    every = select(func.count(CountyRoundItem.id)).where(CountyRoundItem.round_id == round_.id)
    return Seen(found, (db.session.scalar(every) or 0) - len(found))
