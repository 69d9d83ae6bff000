"""Rounds of counties as a person sees them: the list, the tickets of one, its bulletin."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from auth.actor import Actor
from extensions import db
from issues.models import CountyRound, CountyRoundItem, Issue, Notice
from issues.notices import rights as notices
from issues.notices.drafting import COUNTY_ROUND
from issues.rights.table import reach
from issues.territory import rounds
from issues.vocabulary import NoticeStatus


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


def rounds_of(actor: Actor) -> Sequence[CountyRound]:
    """Those in sight with their rows, the newest first. Two statements."""
    rows = select(CountyRound).where(rounds.sight(actor))
    rows = rows.options(selectinload(CountyRound.items), joinedload(CountyRound.centre))
    return db.session.scalars(rows.order_by(CountyRound.on.desc(), CountyRound.id.desc())).all()


def bulletin_of(round_: CountyRound, actor: Actor) -> Notice | None:
    """Its 通报, where this person sees it and it is not void."""
    found = select(Notice).where(
        Notice.trigger == COUNTY_ROUND, Notice.occurrence == str(round_.id),
        Notice.status != NoticeStatus.VOID, notices.reach(actor),
    )  # fmt: skip
    return db.session.scalars(found).first()
