"""练习城市, seen from the real city: what it is, the way in, and making it anew."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues import audit
from issues.ground import clock
from issues.ground.present import present
from issues.ground.refusals import NotFound, Refusal, WrongStatus
from issues.practice.keeper import Keeper
from issues.practice.place import since
from issues.practice.tickets import ticket_for
from issues.rights.table import Right, holds
from issues.vocabulary import SettingAct, SettingNumber, Subject
from issues.web.door.guards import acting, actor, requires, signed_in

blueprint = Blueprint("practice", __name__)
SEE_OTHER = 303
AGAIN_IN = 2
AGAIN = "again"
"""Asks for another try, where the process could not be begun: no page that is left open does."""
BUSY = "练习城市正在准备，没有再次重置。"


def keeper() -> Keeper:
    """Raises NotFound where there is no practice city, and in the practice city itself."""
    found: Keeper = current_app.extensions["practice"]
    if not found.is_offered:
        raise NotFound
    return found


@blueprint.get("/practice")
@signed_in
def page() -> str:
    found = keeper()
    return render_template(
        "practice/page.html",
        standing=found.standing(),
        filled=since(found.place.filled()),
        may_reset=holds(actor(), Right.RESET_PRACTICE),
    )


@blueprint.get("/practice/entry")
@signed_in
def entry() -> ResponseReturnValue:
    """On to the other city with a ticket for once; until it stands, a page that asks anew."""
    found = keeper()
    standing = found.standing()
    if standing is not None and standing.is_ready:
        address = found.practice.url or standing.address
        ticket = ticket_for(present(actor().id, "the person"), found.practice.key)
        return redirect(f"{address}{url_for('practice_gate.enter')}?ticket={ticket}")
    if standing is not None and standing.is_failed and AGAIN not in request.args:
        return render_template("practice/waiting.html", standing=standing)
    found.begin()
    shown = render_template("practice/waiting.html", standing=found.standing())
    return shown, {"Refresh": f"{AGAIN_IN}; url={url_for('.entry')}"}


@blueprint.get("/practice/reset")
@requires(Right.RESET_PRACTICE)
def ask_reset(refusal: Refusal | None = None) -> ResponseReturnValue:
    found = keeper()
    shown = render_template(
        "practice/reset.html", filled=since(found.place.filled()), refusal=refusal
    )
    return shown, refusal.status if refusal else 200


@blueprint.post("/practice/reset")
@requires(Right.RESET_PRACTICE)
@acting(ask_reset)
def reset() -> ResponseReturnValue:
    """Written down where it is done; of two who ask at once the second is told."""
    found = keeper()
    audit.record(
        Subject.SETTING, SettingNumber.PRACTICE, SettingAct.RESET_PRACTICE, actor(), at=clock.now()
    )
    if not found.reset():
        raise WrongStatus(BUSY)
    flash("练习城市正在恢复原样，约需半分钟。", "success")
    return redirect(url_for(".page"), SEE_OTHER)
