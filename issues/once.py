"""The same act sent twice has one effect: the second gets the first one's answer.

A key is claimed inside the transaction of the act itself, so key and effect are kept together or
not at all. A second sender waits for the first to end. Keys age by the real clock.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from extensions import db
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.models import OnceKey

LIFE = timedelta(hours=24)
LONGEST_KEY = 120
UNANSWERED = 0


class KeyReused(Refusal):
    status = 422
    heading = "此表单已提交过"

    def __init__(self) -> None:
        super().__init__(
            "这份内容此前已用同一标识提交过，且与第一次不同；本次未办理，请重新打开页面。"
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What the first sender was told."""

    status: int
    text: str


def new_key() -> str:
    return secrets.token_urlsafe(18)


def replay(user_id: int, key: str, request_digest: str) -> Answer | None:
    """The first answer to this key, or None after claiming it: then act, and remember().

    To be called first inside transaction(). Raises KeyReused where the request is another one.
    """
    key = key[:LONGEST_KEY]
    now = clock.real_now()
    claim = insert(OnceKey).values(
        user_id=user_id, key=key, request=request_digest, status=UNANSWERED, answer="", at=now
    )
    try:
        with db.session.begin_nested():
            db.session.execute(claim)
    except IntegrityError:
        first = db.session.get_one(OnceKey, (user_id, key), with_for_update=True)
    else:
        return None
    if first.at < now - LIFE:
        first.request, first.status, first.answer, first.at = request_digest, UNANSWERED, "", now
        return None
    if first.request != request_digest:
        raise KeyReused
    return Answer(first.status, first.answer)


def answered(user_id: int, key: str, request_digest: str) -> Answer | None:
    """The answer kept for this key, without claiming it. Raises KeyReused as replay() does."""
    first = db.session.get(OnceKey, (user_id, key[:LONGEST_KEY]))
    if first is None or first.at < clock.real_now() - LIFE:
        return None
    if first.request != request_digest:
        raise KeyReused
    return Answer(first.status, first.answer)


def is_used(user_id: int, key: str) -> bool:
    """Whether an act was done with this key, within the day that keys are kept."""
    return bool(key) and db.session.get(OnceKey, (user_id, key[:LONGEST_KEY])) is not None


def remember(user_id: int, key: str, status: int, text: str) -> None:
    """Keep the answer of the act whose key was claimed in this transaction."""
    row = db.session.get_one(OnceKey, (user_id, key[:LONGEST_KEY]))
    row.status, row.answer = status, text


def count_old() -> int:
    """How many keys nobody may repeat any more."""
    return db.session.scalar(select(func.count()).select_from(OnceKey).where(_is_old())) or 0


def forget_old() -> int:
    """Remove them; how many there were. Never commits."""
    gone = db.session.connection().execute(delete(OnceKey).where(_is_old()))
    return gone.rowcount


def _is_old() -> ColumnElement[bool]:
    return OnceKey.at < clock.real_now() - LIFE
