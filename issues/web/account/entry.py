"""From the proof of who somebody is to their session: what every way of signing in goes through."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from flask import Response, flash, make_response, redirect, request, session

from auth import identities, sessions, signin, tries
from auth.doors.door import Unreachable
from auth.proofs import factors
from auth.proofs.standing import standing_of
from extensions import db, transaction
from issues.ground.present import present
from issues.ground.refusals import Refusal
from issues.queries.admin.told import begin_telling
from issues.web.account.halfway import wait_for_code
from issues.web.door.admission import SESSION_KEY
from issues.web.door.firsts import settings
from issues.web.door.kept import whose
from issues.web.door.navigation import TELLS, home
from issues.web.door.requests import new_session

BY = "by"
"""Under this name a browser's session keeps by which door it began."""


class PasswordsOff(Refusal):
    """Says the same of every account, known or not, open or not."""

    status = 422
    heading = "登录没有成功"

    def __init__(self) -> None:
        super().__init__(
            "账号或密码不正确，或者该账号没有开放应急密码登录。本系统平时只用统一身份认证登录。"
        )


def enter(user_id: int, after: str, *, password: str | None = None, door: str = "") -> Response:
    """The session of a person who has been proven; after a code, where they have a device.

    Every way of signing in ends here; whatever else a person must be asked for stands here too.
    `password` is the one just compared, `door` the outside system that vouched.
    """
    if factors.is_on(user_id):
        end_current()
        return wait_for_code(user_id, after, door)
    return begin(user_id, after, password=password, door=door)


def begin(user_id: int, after: str, *, password: str | None = None, door: str = "") -> Response:
    """Nothing is asked any more."""
    with transaction():
        is_told = begin_telling(user_id)
        secret = signin.begin(
            user_id, password, address=_address(), agent=request.user_agent.string, door=door
        )
    end_current()
    new_session(SESSION_KEY, secret)
    whose.begin_for(user_id)
    if door:
        session[BY] = door
    if is_told:
        session[TELLS] = True
    person = present(signin.session_of(secret), "the session just begun").actor
    warn_of_age(present(person.sign_in_id, "the session"))
    return make_response(redirect(after or home(person)))


def warn_of_age(sign_in_id: int) -> None:
    """That the password is nearly too old."""
    days = settings().password_days
    left = standing_of(sign_in_id).days_left(days) if days else None
    if left is not None:
        flash(f"您的密码还有 {left} 天到期，请在“我的账号”中修改；到期后须先修改。", "warning")


@contextmanager
def tried(name: str) -> Iterator[int]:
    """One try, noted before it is judged within. Raises TooManyTries.

    It stays noted where the judging refuses, and is as if it had never been where nobody could
    judge. `name` is empty where the outside system alone knows it.
    """
    free = settings().failures_each_address
    tries.refuse_if_too_many(name, _address(), free)
    with transaction():
        mine = tries.note_try(name, _address())
    try:
        tries.refuse_if_too_many(name, _address(), free, mine)
        db.session.rollback()
        yield mine
    except (tries.TooManyTries, Unreachable):
        with transaction():
            tries.forget_try(mine)
        raise


def judged(name: str, password: str) -> int:
    """The account whose password this is. The slow comparison runs outside any transaction.

    Raises WrongPassword, PasswordsOff, TooManyTries.
    """
    with tried(name) as mine:
        user_id = signin.user_of(name, password)
        if settings().is_oidc_only and not _is_open(user_id):
            user_id = None
    with transaction():
        if user_id is None:
            signin.record_failure(name, _address())
        else:
            tries.forget_try(mine)
            return user_id
    raise PasswordsOff if settings().is_oidc_only else signin.WrongPassword


def _is_open(user_id: int | None) -> bool:
    return user_id is not None and identities.has_open_password(user_id)


def was_right(name: str, mine: int) -> None:
    """A try that was judged to be right counts no more, wherever no session begins by it."""
    with transaction():
        tries.forget_try(mine)
        if name:
            tries.forget_tries(name, _address())


def _address() -> str:
    return request.remote_addr or ""


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


def end_current() -> None:
    """Whoever was signed in in this browser is so no more."""
    secret = session.get(SESSION_KEY)
    found = signin.session_of(secret) if isinstance(secret, str) else None
    if found is not None:
        with transaction():
            sessions.end_session(found.actor, found.actor.sign_in_id)
