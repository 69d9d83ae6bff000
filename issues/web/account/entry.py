"""From the proof of who somebody is to their session: what every way of signing in goes through."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, make_response, redirect, request, session

from auth import identities, people, signin, tries
from auth.actor import Actor
from auth.doors.door import Unreachable
from extensions import db, transaction
from issues.ground.present import present
from issues.ground.refusals import Refusal
from issues.web.door.admission import SESSION_KEY
from issues.web.door.navigation import home
from issues.web.door.requests import new_session

BY = "by"
"""Under this name a browser's session keeps by which door it began."""


class PasswordsOff(Refusal):
    """Says the same of every account, known or not, open or not."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            "账号或密码不正确，或者该账号没有开放应急密码登录。本系统平时只用统一身份认证登录。"
        )


def settings() -> Any:
    return current_app.extensions["settings"]


def enter(user_id: int, after: str, *, password: str | None = None, door: str = "") -> Response:
    """Begin the session of a person who has been proven, and lead on.

    Every way of signing in ends here; whatever else a person must be asked for stands here too.
    `password` is the one just compared, `door` the outside system that vouched.
    """
    with transaction():
        secret = signin.begin(
            user_id, password, address=_address(), agent=request.user_agent.string, door=door
        )
    _end_current()
    new_session(SESSION_KEY, secret)
    if door:
        session[BY] = door
    person = present(signin.session_of(secret), "the session just begun").actor
    return make_response(redirect(after or home(person)))


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
    with tried(name):
        user_id = signin.user_of(name, password)
        if settings().is_oidc_only and not _is_open(user_id):
            user_id = None
    if user_id is None:
        with transaction():
            signin.record_failure(name, _address())
        raise PasswordsOff if settings().is_oidc_only else signin.WrongPassword
    return user_id


def proves_itself(person: Actor, password: str) -> None:
    """The password of who is signed in already, counted as any other try. Raises as judged()."""
    with tried(person.name) as mine:
        user_id = signin.user_of(person.name, password)
    if user_id != person.id:
        with transaction():
            signin.record_failure(person.name, _address())
        raise signin.WrongPassword
    was_right(person.name, mine)


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


def _end_current() -> None:
    """Whoever was signed in in this browser is so no more."""
    secret = session.get(SESSION_KEY)
    found = signin.session_of(secret) if isinstance(secret, str) else None
    if found is not None:
        with transaction():
            people.end_session(found.actor, found.actor.sign_in_id)
