"""Drafts that one person may sign together, and what that person signed on a day."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, load_only, selectinload

from auth.actor import Actor
from extensions import db
from issues.ground.numbers import LARGEST_ID, whole as whole_number
from issues.ground.refusals import NotFound
from issues.models import Issue, Notice
from issues.notices.rights import reach, to_sign
from issues.queries.notices.pages import in_round
from issues.vocabulary import NoticeStatus

MOST_LISTED = 200


def drafts(actor: Actor, round_: str = "") -> list[Notice]:
    """Oldest first, at most two hundred; of one round where it is named. Two statements, or three.

    A round that is none has none.
    """
    asked = [in_round(whole_number(round_, 0, LARGEST_ID) or 0)] if round_ else []
    return _listed(_waiting(actor), reach(actor), *asked)


def count(actor: Actor, round_: int | None = None) -> int:
    """Of one round where it is named."""
    asked = [] if round_ is None else [in_round(round_)]
    waiting = select(func.count()).select_from(Notice)
    waiting = waiting.where(_waiting(actor), reach(actor), *asked)
    return db.session.scalar(waiting) or 0


def signed_on(actor: Actor, day: date) -> list[Notice]:
    """By this person, in the order of the numbers taken."""
    return _listed(
        Notice.signed_by_id == actor.id, Notice.signed_on == day, Notice.number.is_not(None)
    )


def named(ids: Collection[int], actor: Actor) -> dict[int, Notice]:
    """Each of them, whatever became of it. Raises NotFound where one is out of sight."""
    found = {one.id: one for one in _listed(Notice.id.in_(ids), reach(actor))}
    if set(ids) - found.keys():
        raise NotFound
    return found


def _waiting(actor: Actor) -> ColumnElement[bool]:
    return (Notice.status == NoticeStatus.DRAFT) & to_sign(actor)


def _listed(*conditions: ColumnElement[bool]) -> list[Notice]:
    rows = (
        select(Notice)
        .where(*conditions)
        .options(
            joinedload(Notice.unit), selectinload(Notice.issues).options(load_only(Issue.number))
        )
        .order_by(Notice.id)
        .limit(MOST_LISTED)
    )
    return list(db.session.scalars(rows))
