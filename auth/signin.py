"""Who someone is: passwords compared, sessions, tokens. Grants nothing, and never commits.

Signing in takes three steps, so that the slow comparison holds no lock: a try is noted and
committed (auth/tries.py), the password is compared, the session begins. All ages are by the real
clock.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    Select,
    SQLColumnExpression,
    and_,
    bindparam,
    or_,
    select,
    update,
)

from auth.actor import SYSTEM, Actor, Token
from auth.models import ApiToken, Grant, SignIn, Unit, User
from auth.passwords import hash_password, is_kept_weakly, is_password
from auth.tries import forget_tries
from extensions import db, plain_rows
from issues import audit, regions
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.vocabulary import CENTRE, AccountAct, Subject

IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=8)
SEEN_EVERY = timedelta(minutes=1)
ONE_TIME_LIFE = timedelta(days=7)
ADDRESS_LIMIT, AGENT_LIMIT = 64, 200


class WrongPassword(Refusal):
    status = 422
    heading = "登录没有成功"

    def __init__(self) -> None:
        super().__init__("账号或密码不正确。")


@dataclass(frozen=True, slots=True)
class Session:
    actor: Actor
    seen_at: datetime


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def user_of(name: str, password: str) -> int | None:
    """The account whose password this is. Takes the same time where there is no such account."""
    user = db.session.scalar(select(User).where(User.name == name))
    is_right = is_password(user.password_hash if user else None, password)
    if not is_right or user is None or not user.is_active or _is_expired(user):
        return None
    return user.id


def _is_expired(user: User) -> bool:
    """A one-time password lives for a week."""
    changed = user.password_changed_at
    return bool(
        user.must_change_password and changed and changed < clock.real_now() - ONE_TIME_LIFE
    )


def record_failure(name: str, address: str) -> None:
    """Say in the account's history that someone failed to sign in; nothing for unknown names."""
    user = db.session.scalar(select(User).where(User.name == name).with_for_update())
    if user is not None:
        told = {"address": address[:ADDRESS_LIMIT]}
        audit.record(
            Subject.ACCOUNT, user.id, AccountAct.SIGN_IN_FAILED, SYSTEM, at=clock.now(), detail=told
        )


def begin(user_id: int, password: str | None, *, address: str, agent: str, door: str = "") -> str:
    """Start a session and answer its secret, of which only the digest is kept.

    `password` is None where the session begins a step after it, or where another system said who
    it is: then `door` names it.
    """
    user = db.session.get_one(User, user_id, with_for_update=True)
    if password is not None and is_kept_weakly(user.password_hash):
        user.password_hash = hash_password(password)
    forget_tries(user.name, address)
    secret, now = secrets.token_urlsafe(32), clock.real_now()
    address = address[:ADDRESS_LIMIT]
    db.session.add(
        SignIn(
            digest=digest_of(secret),
            user_id=user_id,
            started_at=now,
            seen_at=now,
            address=address,
            agent=agent[:AGENT_LIMIT],
            door=door,
        )
    )
    told = {"address": address} | ({"door": door} if door else {})
    audit.record(
        Subject.ACCOUNT, user_id, AccountAct.SIGN_IN, actor_for(user), at=clock.now(), detail=told
    )
    return secret


def session_of(secret: str) -> Session | None:
    """The live session of a cookie's secret, with who acts in it as of now."""
    now = clock.real_now()
    asked = {"digest": digest_of(secret), "idle": now - IDLE, "longest": now - LONGEST}
    rows = plain_rows(_in_session(), asked).all()
    return Session(_actor(rows), rows[0].seen_at) if rows else None


def is_seen_stale(session: Session) -> bool:
    return session.seen_at < clock.real_now() - SEEN_EVERY


def see(session: Session) -> None:
    """Write down that the session is in use; once a minute is enough."""
    db.session.execute(
        update(SignIn).where(SignIn.id == session.actor.sign_in_id).values(seen_at=clock.real_now())
    )


def actor_of_token(secret: str) -> Actor | None:
    """Who acts by a token that has not ended."""
    asked = {"digest": digest_of(secret), "now": clock.real_now()}
    rows = plain_rows(_with_token(), asked).all()
    if not rows:
        return None
    first = rows[0]
    return replace(_actor(rows), token=Token(first.token_id, first.scope, first.used_at))


def actor_for(user: User) -> Actor:
    """The person of an account, with the roles and the unit it has now."""
    return _actor(db.session.execute(_actors(only_active=False).where(User.id == user.id)).all())


@cache
def _in_session() -> Select[Any]:
    """Every request asks this, so it is put together once."""
    return (
        _actors(SignIn.id.label("sign_in_id"), SignIn.seen_at, SignIn.door)
        .join(SignIn, SignIn.user_id == User.id)
        .where(
            SignIn.digest == bindparam("digest"),
            SignIn.ended_at.is_(None),
            SignIn.seen_at > bindparam("idle"),
            SignIn.started_at > bindparam("longest"),
        )
    )


@cache
def _with_token() -> Select[Any]:
    return (
        _actors(ApiToken.scope, ApiToken.id.label("token_id"), ApiToken.used_at)
        .join(ApiToken, ApiToken.user_id == User.id)
        .where(
            ApiToken.digest == bindparam("digest"),
            ApiToken.revoked_at.is_(None),
            or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > bindparam("now")),
        )
    )


_OF_UNIT: tuple[SQLColumnExpression[Any], ...] = (
    Unit.code, Unit.short_name, Unit.kind, Unit.region,
)  # fmt: skip


def _actors(*further: SQLColumnExpression[Any], only_active: bool = True) -> Select[Any]:
    """One row a live role (one in all where there is none)."""
    rows = (
        select(
            User.id,
            User.name,
            User.display_name,
            User.unit_id,
            User.must_change_password,
            *_OF_UNIT,
            Grant.role,
            *further,
        )
        .select_from(User)
        .outerjoin(Unit, Unit.id == User.unit_id)
        .outerjoin(Grant, and_(Grant.user_id == User.id, Grant.revoked_at.is_(None)))
    )
    return rows.where(User.is_active) if only_active else rows


def _territory(region: str) -> frozenset[str]:
    """Asked for people of a centre alone: a statement more for them, and none for others."""
    return frozenset(db.session.scalars(regions.codes_within(region)))


def _actor(rows: Sequence[Any]) -> Actor:
    first = rows[0]
    return Actor(
        id=first.id,
        name=first.name,
        display_name=first.display_name,
        unit_id=first.unit_id,
        unit_code=first.code or "",
        unit_name=first.short_name or "",
        roles=frozenset(row.role for row in rows if row.role is not None),
        territory=_territory(first.region) if first.kind == CENTRE else frozenset(),
        sign_in_id=getattr(first, "sign_in_id", None),
        must_change_password=first.must_change_password and not getattr(first, "door", ""),
    )
