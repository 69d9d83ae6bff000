"""What every act on an account begins and ends with: the row held, the right, the history.

Never commits.
"""

from sqlalchemy import select

from auth.actor import SYSTEM, Actor
from auth.models import User
from auth.signin import actor_for
from extensions import db
from issues import audit
from issues.ground import clock
from issues.ground.refusals import NotAllowed, NotFound
from issues.rights.table import Right, holds
from issues.vocabulary import AccountAct, Role, Subject


def locked(user_id: int | None) -> User:
    """The account, held until the transaction ends: its history is one chain."""
    user = None if user_id is None else db.session.get(User, user_id, with_for_update=True)
    if user is None:
        raise NotFound
    return user


def named(name: str) -> User | None:
    return db.session.scalar(select(User).where(User.name == name))


def roles_of(user: User) -> frozenset[Role]:
    return actor_for(user).roles


def require(actor: Actor, right: Right) -> None:
    """The command line acts as the system: who runs it has the database already."""
    if actor is not SYSTEM and not holds(actor, right):
        raise NotAllowed("您没有办理此事的权限。")


def record(
    user: User, act: AccountAct, actor: Actor, *, before: str = "", after: str = "", **told: str
) -> None:
    audit.record(
        Subject.ACCOUNT,
        user.id,
        act,
        actor,
        at=clock.now(),
        before=before,
        after=after,
        detail=told,
    )
