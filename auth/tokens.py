"""Tokens of programs as rows: made with a scope and an end, used, ended. Never commits.

Who may make and end them, and what the history says of it, stands in auth/people.py.
"""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from auth.actor import Token
from auth.models import ApiToken
from auth.signin import SEEN_EVERY, digest_of
from extensions import db
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.imprints.writing import touch
from issues.vocabulary import TokenScope

LIFE = timedelta(days=365)


def new_token(
    user_id: int, note: str, scope: TokenScope, until: datetime | None
) -> tuple[str, datetime]:
    """The secret, of which only the digest is kept, and when it ends. Raises Incomplete."""
    now = clock.real_now()
    end = now + LIFE if until is None else until
    if end <= now:
        raise Incomplete({"until": ["令牌的到期时间应晚于现在。"]})
    secret = secrets.token_urlsafe(32)
    db.session.add(
        ApiToken(
            digest=digest_of(secret),
            user_id=user_id,
            note=note,
            scope=scope,
            created_at=now,
            expires_at=end,
        )
    )
    return secret, end


def end_tokens(user_id: int) -> None:
    """Every token of an account opens nothing any more."""
    live = (ApiToken.user_id == user_id) & ApiToken.revoked_at.is_(None)
    touch(ApiToken, live)
    db.session.execute(update(ApiToken).where(live).values(revoked_at=clock.real_now()))


def is_use_stale(token: Token) -> bool:
    """Its last use was written down more than a minute ago."""
    return token.used_at is None or token.used_at < clock.real_now() - SEEN_EVERY


def write_use(token: Token) -> None:
    db.session.execute(
        update(ApiToken).where(ApiToken.id == token.id).values(used_at=clock.real_now())
    )


def tokens_of(user_id: int) -> list[ApiToken]:
    """Those that open something, the newest first."""
    live = or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > clock.real_now())
    rows = select(ApiToken).where(ApiToken.user_id == user_id, ApiToken.revoked_at.is_(None), live)
    return list(db.session.scalars(rows.order_by(ApiToken.created_at.desc(), ApiToken.id.desc())))
