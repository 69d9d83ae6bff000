"""Ending what is open of an account: one session, all but this one, all. Never commits."""

from sqlalchemy import update

from auth.acting import locked, record
from auth.actor import Actor
from auth.models import SignIn
from extensions import db
from issues.ground import clock
from issues.ground.refusals import NotFound
from issues.rights.table import Right, holds
from issues.vocabulary import AccountAct


def end_sessions(user_id: int, *, but: int | None = None) -> int:
    """End what is open of an account, except one session; how many ended."""
    ended = db.session.connection().execute(
        update(SignIn)
        .where(SignIn.user_id == user_id, SignIn.ended_at.is_(None), SignIn.id != (but or 0))
        .values(ended_at=clock.real_now())
    )
    return ended.rowcount


def end_session(actor: Actor, sign_in_id: int | None) -> None:
    """The person's own session, or any for who keeps the accounts. Ended twice is ended.

    A token acts in none. Raises NotFound.
    """
    row = None if sign_in_id is None else db.session.get(SignIn, sign_in_id)
    if row is None or (row.user_id != actor.id and not holds(actor, Right.ACCOUNTS)):
        raise NotFound
    if row.ended_at is None:
        user = locked(row.user_id)
        row.ended_at = clock.real_now()
        is_own = sign_in_id == actor.sign_in_id
        record(user, AccountAct.SIGN_OUT if is_own else AccountAct.END_SESSION, actor)


def end_others(actor: Actor) -> int:
    """Every session of the person but the one they act in; how many ended."""
    user = locked(actor.id)
    ended = end_sessions(user.id, but=actor.sign_in_id)
    if ended:
        record(user, AccountAct.END_SESSION, actor, count=str(ended))
    return ended
