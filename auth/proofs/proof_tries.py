"""Bounded tries at proving oneself, over all processes, and the end of a lock. Never commits.

As at sign-in (auth/tries.py): a try is noted and committed, then it is counted, then it is judged.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, func, select

from auth import tries
from auth.acting import locked, record, require
from auth.actor import SYSTEM, Actor
from auth.models import LoginAttempt, User
from auth.proofs.models import ProofTry
from auth.tries import FREE_TRIES, WAITS, WINDOW, TooManyTries
from extensions import db
from issues.ground import clock
from issues.ground.refusals import NotAllowed
from issues.rights.table import Right
from issues.vocabulary import AccountAct

WRONG = "动态口令、恢复码或密码不正确；动态口令每个只能用一次，请等下一个。"


class TooManyProofs(TooManyTries):
    """The second factor of the account rests for a while, or the proof within its session."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait, "连续多次验证未通过，已暂停验证")


class LockedOut(NamedTuple):
    """An account that may not be tried for a while."""

    id: int
    name: str
    display_name: str
    tries: int
    until: datetime


def note(user_id: int) -> int:
    """Count a try before it is judged."""
    now = clock.real_now()
    db.session.execute(delete(ProofTry).where(ProofTry.at < now - WINDOW))
    row = ProofTry(user_id=user_id, at=now)
    db.session.add(row)
    db.session.flush()
    return row.id


def refuse_too_many(try_id: int) -> None:
    """Of this (committed) try. Raises TooManyProofs."""
    mine = db.session.get_one(ProofTry, try_id)
    others = select(func.count(), func.max(ProofTry.at)).where(
        ProofTry.user_id == mine.user_id,
        ProofTry.id != try_id,
        ProofTry.at >= mine.at - WINDOW,
    )
    count, last = db.session.execute(others).one()
    if count >= FREE_TRIES:
        left = last + wait_for(count) - mine.at
        if left > timedelta(0):
            raise TooManyProofs(left)


def wait_for(count: int) -> timedelta:
    return WAITS[min(count - FREE_TRIES, len(WAITS) - 1)]


def take_back(try_id: int) -> None:
    """A try that was not judged makes no lock longer."""
    db.session.execute(delete(ProofTry).where(ProofTry.id == try_id))


def forget(user_id: int) -> None:
    db.session.execute(delete(ProofTry).where(ProofTry.user_id == user_id))


def locked_out() -> list[LockedOut]:
    """Accounts whose password or code rests now, the longest first. Two statements."""
    now = clock.real_now()
    wrong = (
        select(
            User.id, User.name, User.display_name,
            func.count(LoginAttempt.id), func.max(LoginAttempt.at),
        )
        .join(LoginAttempt, LoginAttempt.name == User.name)
        .where(LoginAttempt.at >= now - WINDOW)
        .group_by(User.id, User.name, User.display_name)
        .having(func.count(LoginAttempt.id) >= FREE_TRIES)
    )  # fmt: skip
    unproven = (
        select(
            User.id, User.name, User.display_name, func.count(ProofTry.id), func.max(ProofTry.at)
        )
        .join(ProofTry, ProofTry.user_id == User.id)
        .where(ProofTry.at >= now - WINDOW)
        .group_by(User.id, User.name, User.display_name)
        .having(func.count(ProofTry.id) >= FREE_TRIES)
    )
    found: dict[int, LockedOut] = {}
    for rows in (wrong, unproven):
        for user_id, name, shown, count, last in db.session.execute(rows):
            until = last + wait_for(count)
            if until > now and (user_id not in found or found[user_id].until < until):
                found[user_id] = LockedOut(user_id, name, shown, count, until)
    return sorted(found.values(), key=lambda one: one.until, reverse=True)


def unlock(actor: Actor, user_id: int) -> None:
    """Forget the wrong tries of an account: any of the three administrators, never one's own."""
    require(actor, Right.REVIEW_ACCOUNTS)
    user = locked(user_id)
    if actor is not SYSTEM and user.id == actor.id:
        raise NotAllowed("不能解除自己账号的登录限制，请由另一位管理员办理。")
    tries.free(user.name)
    forget(user.id)
    record(user, AccountAct.UNLOCK, actor)
