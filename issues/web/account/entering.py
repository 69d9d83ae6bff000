"""How a session begins once it is known who comes: at once, or after a code where there is one."""

from urllib.parse import urlsplit

from flask import flash, redirect, request, session
from flask.typing import ResponseReturnValue

from auth import factors, sessions, signin
from auth.standing import standing_of
from extensions import transaction
from issues.ground.present import present
from issues.queries.admin.told import since_the_last_visit
from issues.web.account.halfway import wait_for_code
from issues.web.door.admission import SESSION_KEY
from issues.web.door.firsts import settings
from issues.web.door.navigation import home
from issues.web.door.requests import new_session


def enter(user_id: int, after: str, *, password: str | None = None) -> ResponseReturnValue:
    """The person whose password was right, or whom another system named."""
    if not factors.is_on(user_id):
        return begin(user_id, after, password=password)
    end_current()
    return wait_for_code(user_id, after)


def begin(user_id: int, after: str, *, password: str | None = None) -> ResponseReturnValue:
    address, agent = request.remote_addr or "", request.user_agent.string
    told = since_the_last_visit(user_id)
    with transaction():
        secret = signin.begin(user_id, password, address=address, agent=agent)
    end_current()
    new_session(SESSION_KEY, secret)
    person = present(signin.session_of(secret), "the session just begun").actor
    greet(told, present(person.sign_in_id, "the session"))
    return redirect(after or home(person))


def greet(told: str, sign_in_id: int) -> None:
    """What others did to the account since, and that its password is nearly too old."""
    if told:
        since = f"上次登录以来，您的账号有变动：{told}。"
        flash(f"{since}如非您本人知情，请立即联系安全管理员。", "warning")
    days = settings().password_days
    left = standing_of(sign_in_id).days_left(days) if days else None
    if left is not None:
        flash(f"您的密码还有 {left} 天到期，请在“我的账号”中修改；到期后须先修改。", "warning")


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
