"""Who one may be in a practice city: shown on its own page to sign in by."""

from collections import Counter
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from auth.models import User
from extensions import db


class Part(NamedTuple):
    """`is_changed`: somebody gave the account a password of their own."""

    name: str
    display_name: str
    words: str
    is_changed: bool


def parts() -> list[Part]:
    """Those that may sign in. All begin with one digest, so the rare ones were changed."""
    wanted = (
        select(User)
        .where(User.is_active, User.password_hash != "")
        .options(joinedload(User.unit), selectinload(User.grants))
        .order_by(User.id)
    )
    users = db.session.scalars(wanted).all()
    digests = Counter(user.password_hash for user in users).most_common(1)
    return [
        Part(user.name, user.display_name, _words(user), user.password_hash != digests[0][0])
        for user in users
    ]


def _words(user: User) -> str:
    roles = [grant.role.label for grant in user.grants if grant.revoked_at is None]
    unit = [user.unit.short_name] if user.unit else []
    return " · ".join(["、".join(roles), *unit])
