"""Signing in and out: who someone is, proven once, and a session that begins and ends."""

from urllib.parse import urlsplit

from flask import (
    Blueprint,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from auth import people, signin
from extensions import db, transaction
from issues.ground.present import present
from issues.ground.refusals import Incomplete, Later, Refusal
from issues.web.account.forms import SIGN_IN
from issues.web.door import drawing, forms, turns
from issues.web.door.admission import SESSION_KEY
from issues.web.door.guards import actor, public, signed_in
from issues.web.door.navigation import home
from issues.web.door.requests import new_session

blueprint = Blueprint("login", __name__)


@blueprint.route("/login", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    after = _local(forms.carried("next") or request.args.get("next", ""))
    if request.method != "POST":
        return _sign_in_page(after)
    try:
        said = forms.read(SIGN_IN)
        secret = _prove(said["username"], said["password"])
    except (Incomplete, signin.WrongPassword, Later) as refusal:
        return _sign_in_page(after, refusal)
    _end_current()
    new_session(SESSION_KEY, secret)
    person = present(signin.session_of(secret), "the session just begun").actor
    return redirect(after or home(person))


def _sign_in_page(after: str, refusal: Refusal | None = None) -> ResponseReturnValue:
    form = drawing.drawn(SIGN_IN, refusal)
    page = render_template("account/login.html", form=form, after=after, refusal=refusal)
    answer = make_response(page, refusal.status if refusal else 200)
    if isinstance(refusal, Later):
        answer.headers["Retry-After"] = str(refusal.wait)
    return answer


def _prove(name: str, password: str) -> str:
    """The secret of a new session. The slow comparison runs outside any transaction.

    Who finds no turn at it has not tried: nothing is counted against the account.
    """
    with turns.PASSWORDS.turn():
        return _proven(name, password)


def _proven(name: str, password: str) -> str:
    address, agent = request.remote_addr or "", request.user_agent.string
    with transaction():
        attempt = signin.note_try(name, address)
    wait = signin.wait_after(attempt)
    db.session.rollback()
    if wait is not None:
        with transaction():
            signin.forget_try(attempt)
        raise signin.TooManyTries(wait)
    user_id = signin.user_of(name, password)
    with transaction():
        if user_id is None:
            signin.record_failure(name, address)
        else:
            return signin.begin(user_id, password, address=address, agent=agent)
    raise signin.WrongPassword


def _local(path: str) -> str:
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


@blueprint.post("/logout")
@signed_in
def sign_out() -> ResponseReturnValue:
    with transaction():
        people.end_session(actor(), actor().sign_in_id)
    session.clear()
    flash("已退出登录。", "success")
    return redirect(url_for("login.sign_in"))
