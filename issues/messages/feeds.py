"""The secret address of a person's deadlines: made and ended by the person, one at a time.

Only its digest is kept. Whose it is, and what they see, is asked at each fetch. Never commits.
"""

import secrets

from sqlalchemy import Select, select

from auth.acting import locked, record
from auth.actor import Actor
from auth.models import User
from auth.signin import actor_for, digest_of
from extensions import db
from issues.ground import clock
from issues.models import FeedPass
from issues.vocabulary import AccountAct


def live(actor: Actor) -> FeedPass | None:
    return db.session.scalar(_live(actor.id))


def _live(user_id: int | None) -> Select[FeedPass]:
    return select(FeedPass).where(FeedPass.user_id == user_id, FeedPass.ended_at.is_(None))


def make(actor: Actor) -> str:
    """The secret, told this once; one made before opens nothing any more."""
    user = locked(actor.id)
    _end(user.id)
    secret = secrets.token_urlsafe(32)
    row = FeedPass(digest=digest_of(secret), user_id=user.id, made_at=clock.real_now())
    db.session.add(row)
    record(user, AccountAct.OPEN_FEED, actor)
    return secret


def end(actor: Actor) -> bool:
    """Whether there was one."""
    user = locked(actor.id)
    is_ended = _end(user.id)
    if is_ended:
        record(user, AccountAct.END_FEED, actor)
    return is_ended


def _end(user_id: int) -> bool:
    row = db.session.scalar(_live(user_id).with_for_update())
    if row is None:
        return False
    row.ended_at = clock.real_now()
    db.session.flush()
    return True


def opened_by(secret: str) -> Actor | None:
    """Whose deadlines this shows now, with the rights they have now; None for any other secret."""
    user = db.session.scalar(
        select(User)
        .join(FeedPass, FeedPass.user_id == User.id)
        .where(FeedPass.digest == digest_of(secret), FeedPass.ended_at.is_(None), User.is_active)
    )
    return None if user is None else actor_for(user)
