"""Signing in and out: who someone is, proven once, and a session that begins and ends."""

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

from auth import sessions, signin
from extensions import db, transaction
from issues.ground.refusals import Incomplete, Later, Refusal
from issues.web.account import entering
from issues.web.account.forms import SIGN_IN
from issues.web.door import drawing, forms, turns
from issues.web.door.guards import actor, public, signed_in

blueprint = Blueprint("login", __name__)


@blueprint.route("/login", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    after = entering.local(forms.carried("next") or request.args.get("next", ""))
    if request.method != "POST":
        return _sign_in_page(after)
    try:
        said = forms.read(SIGN_IN)
        user_id = _prove(said["username"], said["password"])
    except (Incomplete, signin.WrongPassword, Later) as refusal:
        return _sign_in_page(after, refusal)
    return entering.enter(user_id, after, password=said["password"])


def _sign_in_page(after: str, refusal: Refusal | None = None) -> ResponseReturnValue:
    form = drawing.drawn(SIGN_IN, refusal)
    page = render_template("account/login.html", form=form, after=after, refusal=refusal)
    answer = make_response(page, refusal.status if refusal else 200)
    if isinstance(refusal, Later):
        answer.headers["Retry-After"] = str(refusal.wait)
    return answer


def _prove(name: str, password: str) -> int:
    """The account whose password it is. The slow comparison runs outside any transaction.

    Who finds no turn at it has not tried: nothing is counted against the account.
    """
    with turns.PASSWORDS.turn():
        return _proven(name, password)


def _proven(name: str, password: str) -> int:
    address = request.remote_addr or ""
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
            signin.forget_try(attempt)
            return user_id
    raise signin.WrongPassword


@blueprint.post("/logout")
@signed_in
def sign_out() -> ResponseReturnValue:
    with transaction():
        sessions.end_session(actor(), actor().sign_in_id)
    session.clear()
    flash("已退出登录。", "success")
    return redirect(url_for("login.sign_in"))
