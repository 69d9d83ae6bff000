"""Keeping a form, finding it again, forgetting it. Never commits; ages by the real clock.

Bounded for each person in number and in bytes: the oldest goes first.
"""

import secrets
from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, delete, func, or_, select

from auth.models import User
from extensions import db
from issues.ground import clock
from issues.ground.secrecy.sealing import CannotOpen
from issues.kept.content import Content, digest_of, opened, seal, size_of
from issues.models import KeptForm

LARGEST = 256 * 1024
"""Bytes of one form: the longest text a form takes, several times."""
MOST_BYTES = 2 * 1024 * 1024
MOST, MOST_OF_ONE = 40, 3
"""Forms of one person, and of those what was typed into the same form at several times."""
TOKEN_BYTES = 12

Kept = tuple[KeptForm, Content]


def keep(user_id: int, content: Content, days: int, token: str = "") -> str:
    """The token the form is kept under; empty where it is too large to be kept.

    `token` goes on with what was kept under it. Without one what is the same stays one row, and
    anything else is a row of its own: nothing earlier is written over.
    """
    size = size_of(content)
    if size > LARGEST:
        return ""
    rows = db.session.scalars(_of(user_id).with_for_update()).all()
    row = _same(rows, content, token)
    now = clock.real_now()
    if row is None:
        row = KeptForm(user_id=user_id, token=secrets.token_urlsafe(TOKEN_BYTES), begun_at=now)
        db.session.add(row)
    row.place, row.page = content.place, content.page_digest
    row.kept_at, row.until = now, now + timedelta(days=days)
    seal(row, content)
    _bound(row, [one for one in rows if one is not row])
    db.session.flush()
    return row.token


def _same(rows: Sequence[KeptForm], content: Content, token: str) -> KeptForm | None:
    here = [row for row in rows if row.place == content.place]
    named = next((row for row in here if row.token == token), None)
    return named or next((row for row, one in readable(here) if is_same(one, content)), None)


def is_same(one: Content, other: Content) -> bool:
    """Said in the same words, or into one drawing of the form."""
    return one.said == other.said or bool(one.key and one.key == other.key)


def _bound(row: KeptForm, others: Sequence[KeptForm]) -> None:
    """`others` with the newest first."""
    count = of_one = 1
    size = row.size
    for one in others:
        count, size = count + 1, size + one.size
        of_one += one.place == row.place
        is_beyond = one.place == row.place and of_one > MOST_OF_ONE
        if is_beyond or count > MOST or size > MOST_BYTES:
            db.session.delete(one)
            count, size = count - 1, size - one.size


def find(user_id: int, token: str) -> Kept | None:
    rows = db.session.scalars(_of(user_id).where(KeptForm.token == token)).all()
    return next(iter(readable(rows)), None)


def on_page(user_id: int, path: str) -> list[Kept]:
    """What the person left on the page of this path, the newest first."""
    rows = db.session.scalars(_of(user_id).where(KeptForm.page == digest_of(path)))
    return list(readable(rows))


def of(user_id: int) -> list[Kept]:
    """All that a person left, the newest first."""
    return list(readable(db.session.scalars(_of(user_id))))


def sent_to(user_id: int, path: str) -> list[Kept]:
    """What the person left in forms that are sent to this path."""
    rows = db.session.scalars(_of(user_id).where(KeptForm.place == digest_of(path)))
    return list(readable(rows))


def readable(rows: Iterable[KeptForm]) -> Iterable[Kept]:
    """What no key opens is passed over: it is told by the self-check, and gone after its days."""
    for row in rows:
        try:
            yield row, opened(row)
        except CannotOpen:
            continue


def forget(user_id: int, tokens: Iterable[str]) -> None:
    """Thrown away, or sent at last."""
    gone = delete(KeptForm).where(KeptForm.user_id == user_id, KeptForm.token.in_(list(tokens)))
    db.session.connection().execute(gone)


def forget_all(user_id: int) -> None:
    """Of who comes in no more."""
    db.session.connection().execute(delete(KeptForm).where(KeptForm.user_id == user_id))


def count_old() -> int:
    return db.session.scalar(select(func.count()).select_from(KeptForm).where(_is_old())) or 0


def forget_old() -> int:
    """What is past its days, or of a person who is locked out; how many there were."""
    return db.session.connection().execute(delete(KeptForm).where(_is_old())).rowcount


def _of(user_id: int) -> Select[KeptForm]:
    mine = select(KeptForm).where(KeptForm.user_id == user_id, KeptForm.until > clock.real_now())
    return mine.order_by(KeptForm.kept_at.desc(), KeptForm.id.desc())


def _is_old() -> ColumnElement[bool]:
    locked_out = select(User.id).where(~User.is_active)
    return or_(KeptForm.until <= clock.real_now(), KeptForm.user_id.in_(locked_out))
