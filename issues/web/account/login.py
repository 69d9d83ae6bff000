"""Signing in and out: who someone is, proven once, and a session that begins and ends."""

from collections.abc import Mapping

from flask import (
    Blueprint,
    current_app,
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
from auth.doors.door import Door
from extensions import transaction
from issues.city.words import words
from issues.ground.practice import is_practice
from issues.ground.refusals import Incomplete, Later, Refusal
from issues.queries.admin.practising import parts
from issues.vocabulary import DoorKind
from issues.web.account import entry
from issues.web.account.forms import SIGN_IN
from issues.web.door import drawing, forms, turns
from issues.web.door.addresses import outside
from issues.web.door.firsts import settings
from issues.web.door.guards import actor, public, signed_in

blueprint = Blueprint("login", __name__)

LEAVING = "leaving"


@blueprint.route("/login", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    after = entry.local(forms.carried("next") or request.args.get("next", ""))
    if request.method != "POST":
        return page(after)
    try:
        said = forms.read(SIGN_IN)
        with turns.PASSWORDS.turn():
            user_id = entry.judged(said["username"], said["password"])
    except (Incomplete, signin.WrongPassword, entry.PasswordsOff, Later) as refusal:
        return page(after, refusal)
    return entry.enter(user_id, after, password=said["password"])


@blueprint.app_template_global()
def whom_to_ask() -> Mapping[str, str]:
    """Beside every way in: the contact that the city has set; without a name where it has not."""
    contact: Mapping[str, str] = words()["notice_contact"]
    return contact


def page(after: str, refusal: Refusal | None = None) -> ResponseReturnValue:
    """The ways in that are set. Where passwords are off their form stands behind an address."""
    was_typed = request.method == "POST" or "password" in request.args
    shown = render_template(
        "account/login.html",
        form=drawing.drawn(SIGN_IN, refusal),
        after=after,
        refusal=refusal,
        doors=list(doors()),
        asks_password=was_typed or not settings().is_oidc_only,
        accounts=parts() if is_practice() else (),
        password=settings().demo_password if is_practice() else "",
    )
    answer = make_response(shown, refusal.status if refusal else 200)
    if isinstance(refusal, Later):
        answer.headers["Retry-After"] = str(refusal.wait)
    return answer


def doors() -> dict[DoorKind, Door]:
    held: dict[DoorKind, Door] = current_app.extensions["doors"]
    return held


@blueprint.post("/logout")
@signed_in
def sign_out() -> ResponseReturnValue:
    """Here at once; over there too, where the session came from a door that offers it."""
    with transaction():
        sessions.end_session(actor(), actor().sign_in_id)
    by = DoorKind.of(str(session.get(entry.BY, "")))
    session.clear()
    elsewhere = doors()[by].way_out(outside("login.sign_in")) if by in doors() else ""
    if elsewhere:
        session[LEAVING] = elsewhere
        return redirect(url_for("login.left"))
    flash("已退出登录。", "success")
    return redirect(url_for("login.sign_in"))


@blueprint.get("/login/left")
@public
def left() -> ResponseReturnValue:
    """Leads on by itself: a form may not lead to another site, a page may."""
    elsewhere = session.pop(LEAVING, "")
    if not elsewhere:
        return redirect(url_for("login.sign_in"))
    answer = make_response(render_template("account/left.html", elsewhere=elsewhere))
    answer.headers["Refresh"] = f"2; url={elsewhere}"
    return answer
