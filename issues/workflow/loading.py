"""A ticket as a person sees it: by its number, where it is in their sight; locked to be changed."""

from functools import lru_cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import selectinload

from auth.actor import Actor
from extensions import db, plain_rows
from issues.ground.refusals import NotFound
from issues.models import Issue
from issues.rights import table as permissions


def load(
    number: str,
    actor: Actor,
    *,
    for_change: bool = False,
    sight: permissions.Right = permissions.Right.VIEW,
) -> Issue:
    """The ticket, where the person sees it. Raises NotFound. `for_change` locks its row.

    `sight`: by what right, where it is one that went with its import.
    """
    query = (_to_change if for_change else _in_sight)(actor.rights_only, sight)
    issue = db.session.scalars(query, {"wanted": number}).first()
    if issue is None:
        raise NotFound
    return issue


def refuse_out_of_sight(number: str, actor: Actor) -> None:
    """Raises NotFound where the person does not see the ticket; nothing of it is read."""
    if plain_rows(_whether_in_sight(actor.rights_only), {"wanted": number}).first() is None:
        raise NotFound


@lru_cache(maxsize=permissions.MOST_PEOPLE)
def _to_change(actor: Actor, sight: permissions.Right) -> Select[Issue]:
    query = _in_sight(actor, sight).with_for_update(of=Issue).options(selectinload(Issue.reaches))
    return query.execution_options(populate_existing=True)


@lru_cache(maxsize=permissions.MOST_PEOPLE)
def _whether_in_sight(actor: Actor) -> Select[int]:
    return _in_sight(actor, permissions.Right.VIEW).with_only_columns(Issue.id)


@lru_cache(maxsize=permissions.MOST_PEOPLE)
def _in_sight(actor: Actor, sight: permissions.Right) -> Select[Issue]:
    """Every page of a ticket asks this, so it is put together once a person."""
    return select(Issue).where(Issue.number == bindparam("wanted"), permissions.reach(actor, sight))
