"""Between the first proof and the code: the browser's own session says whose proof was right.

It opens nothing, lives a few minutes, and holds no longer than its password or its link does.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from flask import Response, make_response, redirect, session, url_for

from auth.identities import identities_of
from auth.models import User
from extensions import db
from issues.ground import clock

HALF = "half"
LIFE = timedelta(minutes=5)


class Half(NamedTuple):
    """Whose code is waited for, where they wanted to go, and which door vouched, if one did."""

    user_id: int
    after: str
    door: str


def wait_for_code(user_id: int, after: str, door: str) -> Response:
    """Whoever was signed in in this browser must have been signed out before."""
    user = db.session.get_one(User, user_id)
    session.clear()
    at = clock.real_now().isoformat()
    session[HALF] = {
        "user": user_id, "of": _mark(user, door), "at": at, "after": after, "door": door,
    }  # fmt: skip
    return make_response(redirect(url_for("sign_in_code.page")))


def half_way() -> Half | None:
    """None where nobody's code is waited for, any more."""
    half = session.get(HALF)
    if not isinstance(half, Mapping):
        return None
    user = db.session.get(User, half["user"])
    is_live = datetime.fromisoformat(half["at"]) > clock.real_now() - LIFE
    if user is None or not user.is_active or not is_live or half["of"] != _mark(user, half["door"]):
        return None
    return Half(user.id, str(half["after"]), half["door"])


def _mark(user: User, door: str) -> str:
    """Changes with the password, and with the link to a door; tells nothing of either."""
    links = [one.id for one in identities_of(user.id) if door and one.door.value == door]
    return hashlib.sha256(f"half {user.password_hash} {links}".encode()).hexdigest()[:16]
