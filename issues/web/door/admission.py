"""Who a request comes from, and what is refused before any view: the undeclared, the forged."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import Forbidden, Unauthorized

from auth import signin, tokens
from auth.actor import Actor
from extensions import csrf, login, transaction
from issues.ground.database import is_full, is_read_only
from issues.ground.documents import is_kept
from issues.ground.refusals import Incomplete, NotFound
from issues.ground.secrecy import marking
from issues.web.door.firsts import first_of_all, must_change_password
from issues.web.door.forms import YES
from issues.web.door.guards import PUBLIC, SAFE, actor, need_of
from issues.web.door.kept import sent
from issues.web.door.once import FORMS, keep_raw

UNKEPT = "含有无法保存的字符，请删去后重新输入"
SESSION_KEY = "sign_in"
BEARER = "Bearer "


@login.request_loader  # type: ignore[untyped-decorator]  # flask_login has no types
def person_of_request(_request: Any) -> Actor | None:
    """A bearer token alone where one is sent, else the session's cookie. No token opens a page."""
    header = request.headers.get("Authorization", "")
    if header.startswith(BEARER):
        person = _person_of_token(header.removeprefix(BEARER).strip()) if takes_tokens() else None
    else:
        person = _person_of_session()
    g.user_id = person.id if person else None
    return person


def takes_tokens() -> bool:
    """The calls of programs with the page that describes them, and the figures for a monitor."""
    return request.path.startswith("/api/") or request.path == "/metrics"


def _person_of_token(secret: str) -> Actor | None:
    person = signin.actor_of_token(secret)
    if person and person.token and tokens.is_use_stale(person.token):
        _note(partial(tokens.write_use, person.token))
    return person


def _person_of_session() -> Actor | None:
    secret = session.get(SESSION_KEY)
    found = signin.session_of(secret) if isinstance(secret, str) else None
    if found is None:
        return None
    if signin.is_seen_stale(found):
        _note(partial(signin.see, found))
    return found.actor


def _note(seen: Callable[[], None]) -> None:
    """Where nothing can be written any more, whoever is known reads all the same."""
    try:
        with transaction():
            seen()
    except DBAPIError as error:
        if not is_full(error) and not is_read_only(error):
            raise


def guard() -> ResponseReturnValue | None:
    """Before every request: declared, signed in, not forged."""
    _refuse_nul()
    if request.url_rule is None:
        return None
    need = need_of(request.url_rule.endpoint)
    if need is None or (need.kind == "public" and request.url_rule.rule not in PUBLIC):
        raise Forbidden
    if need.kind != "public" and not current_user.is_authenticated:
        raise Unauthorized
    if request.method not in SAFE and not _comes_with_token():
        _refuse_other_origin()
        csrf.protect()
    _refuse_unkept()
    _refuse_marked()
    return _instead() if need.kind != "public" else None


def _instead() -> ResponseReturnValue | None:
    """What the person must do first; a form that they sent meanwhile is kept, and led back to."""
    instead = first_of_all()
    kept_at = sent.turned_away() if instead is not None else None
    if kept_at and must_change_password(actor()):
        return redirect(url_for("account.password", next=kept_at))
    return instead


def _comes_with_token() -> bool:
    """A browser never sends a bearer token by itself, so such a call cannot be forged."""
    return takes_tokens() and request.headers.get("Authorization", "").startswith(BEARER)


def _refuse_other_origin() -> None:
    origin = request.headers.get("Origin")
    if origin is not None and origin.partition("://")[2] != request.host:
        raise Forbidden


def _refuse_nul() -> None:
    """PostgreSQL keeps no NUL character; nothing that holds one can exist."""
    if "\0" in request.path or b"%00" in request.query_string:
        raise NotFound


def _refuse_unkept() -> None:
    """What neither database keeps is told at its field, before any view. Raises Incomplete."""
    if request.mimetype not in FORMS:
        return
    keep_raw()
    texts = [*request.form.items(multi=True)]
    texts += [(name, file.filename or "") for name, file in request.files.items(multi=True)]
    wrong = {name: [UNKEPT] for name, text in texts if not is_kept(text)}
    if not all(is_kept(name) for name, _ in texts):
        wrong[""] = [UNKEPT]
    if wrong:
        raise Incomplete({name: told for name, told in wrong.items() if is_kept(name)})


def _refuse_marked() -> None:
    """Before any view, what looks like marked as secret. Raises Marked. A password is no text."""
    is_form = request.mimetype in FORMS and request.method not in SAFE
    marking.confirm(confirmed=is_form and request.form.get(marking.CONFIRMED, "") in YES)
    if is_form:
        texts = request.form.items(multi=True)
        marking.refuse((name, text) for name, text in texts if "password" not in name)
