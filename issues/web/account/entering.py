"""How a session begins once it is known who comes: at once, or after a code where there is one.

Between the two the browser's own session says whose password was right and when. It opens nothing,
lives a few minutes, and holds no longer than that password does.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from auth import factors, sessions, signin
from auth.models import User
from auth.standing import standing_of
from extensions import db, transaction
from issues.ground import clock
from issues.ground.present import present
from issues.queries.admin.told import since_the_last_visit
from issues.web.door.admission import SESSION_KEY
from issues.web.door.firsts import settings
from issues.web.door.navigation import home
from issues.web.door.requests import new_session

HALF = "half"
HALF_LIFE = timedelta(minutes=5)


def enter(user_id: int, password: str | None, after: str) -> ResponseReturnValue:
    """The person whose password was right, or whom another system named (`password` None)."""
    if not factors.is_on(user_id):
        return begin(user_id, password, after)
    end_current()
    user = db.session.get_one(User, user_id)
    session.clear()
    session[HALF] = {
        "user": user_id,
        "of": _mark(user),
        "at": clock.real_now().isoformat(),
        "after": after,
    }
    return redirect(url_for("sign_in_code.page"))


def half_way() -> tuple[int, str] | None:
    """Whose code is waited for, and where they wanted to go; None where nobody's is, any more."""
    half = session.get(HALF)
    if not isinstance(half, Mapping):
        return None
    user = db.session.get(User, half["user"])
    is_live = datetime.fromisoformat(half["at"]) > clock.real_now() - HALF_LIFE
    if user is None or not user.is_active or not is_live or half["of"] != _mark(user):
        return None
    return user.id, local(str(half["after"]))


def _mark(user: User) -> str:
    """Changes with the password; tells nothing of it."""
    return hashlib.sha256(f"half {user.password_hash}".encode()).hexdigest()[:16]


def begin(user_id: int, password: str | None, after: str) -> ResponseReturnValue:
    address, agent = request.remote_addr or "", request.user_agent.string
    told = since_the_last_visit(user_id)
    with transaction():
        secret = signin.begin(user_id, password, address=address, agent=agent)
    end_current()
    new_session(SESSION_KEY, secret)
    person = present(signin.session_of(secret), "the session just begun").actor
    if told:
        flash(
            f"上次登录以来，您的账号有变动：{told}。如非您本人知情，请立即联系安全管理员。",
            "warning",
        )
    _warn_of_age(present(person.sign_in_id, "the session"))
    return redirect(after or home(person))


def _warn_of_age(sign_in_id: int) -> None:
    days = settings().password_days
    left = standing_of(sign_in_id).days_left(days) if days else None
    if left is not None:
        flash(
            f"您的密码还有 {left} 天到期，请在“我的账号”中修改；到期后登录须先修改密码。", "warning"
        )


def end_current() -> None:
    """Whoever was signed in in this browser is so no more."""
    secret = session.get(SESSION_KEY)
    found = signin.session_of(secret) if isinstance(secret, str) else None
    if found is not None:
        with transaction():
            sessions.end_session(found.actor, found.actor.sign_in_id)


def local(path: str) -> str:
    """The path to go on to, where it is one of this site; else nothing."""
    parts = urlsplit(path)
    is_local = (
        path.startswith("/")
        and not path.startswith(("//", "/\\"))
        and not (parts.scheme or parts.netloc)
        and path.isprintable()
        and "\\" not in path
    )
    return path if is_local else ""
