"""Between the password and the code: the browser's own session says whose password was right.

It opens nothing, lives a few minutes, and holds no longer than that password does.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from flask import redirect, session, url_for
from flask.typing import ResponseReturnValue

from auth.models import User
from extensions import db
from issues.ground import clock

HALF = "half"
LIFE = timedelta(minutes=5)


class Half(NamedTuple):
    """Whose code is waited for, and where they wanted to go."""

    user_id: int
    after: str


def wait_for_code(user_id: int, after: str) -> ResponseReturnValue:
    """Whoever was signed in in this browser must have been signed out before."""
    user = db.session.get_one(User, user_id)
    session.clear()
    at = clock.real_now().isoformat()
    session[HALF] = {"user": user_id, "of": _mark(user), "at": at, "after": after}
    return redirect(url_for("sign_in_code.page"))


def half_way() -> Half | None:
    """None where nobody's code is waited for, any more."""
    half = session.get(HALF)
    if not isinstance(half, Mapping):
        return None
    user = db.session.get(User, half["user"])
    is_live = datetime.fromisoformat(half["at"]) > clock.real_now() - LIFE
    if user is None or not user.is_active or not is_live or half["of"] != _mark(user):
        return None
    return Half(user.id, str(half["after"]))


def _mark(user: User) -> str:
    """Changes with the password; tells nothing of it."""
    return hashlib.sha256(f"half {user.password_hash}".encode()).hexdigest()[:16]
