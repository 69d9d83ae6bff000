"""双人复核: what waits for a second of the three administrators; and locked accounts."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from auth import pairs
from auth.proofs import proof_tries
from extensions import transaction
from issues.ground.present import present
from issues.rights.table import Right
from issues.vocabulary import PairAct
from issues.web.account.forms import PAIR, WAY, way_of
from issues.web.account.proof import proven
from issues.web.admin.handing import hand_over
from issues.web.door import forms
from issues.web.door.guards import actor, requires

blueprint = Blueprint("reviews", __name__, url_prefix="/admin/reviews")


@blueprint.get("")
@requires(Right.REVIEW_ACCOUNTS)
def page() -> ResponseReturnValue:
    return render_template(
        "admin/reviews.html",
        waiting=pairs.waiting(),
        with_password=PairAct.RESET_PASSWORD,
        locked=proof_tries.locked_out(),
    )


@blueprint.post("/ask/<int:user_id>")
@requires(Right.ACCOUNTS)
@proven
def ask(user_id: int) -> ResponseReturnValue:
    with transaction():
        said = forms.read(PAIR)
        row = pairs.ask(actor(), PairAct(said["act"]), user_id, said["reason"])
    flash(f"已提出“{row.act.label}”的申请，请告知另一位管理员复核。", "success")
    return redirect(url_for("admin.one_account", user_id=user_id))


@blueprint.post("/<int:request_id>/confirm")
@requires(Right.REVIEW_ACCOUNTS)
@proven
def confirm(request_id: int) -> ResponseReturnValue:
    with transaction():
        way = way_of(forms.read(WAY))
        row, secret = pairs.confirm(actor(), request_id, way)
    if secret:
        return hand_over(row.user_id, secret, way, url_for(".page"))
    flash(f"已同意并办理：{row.act.label}。", "success")
    return redirect(url_for(".page"))


@blueprint.post("/<int:request_id>/refuse")
@requires(Right.REVIEW_ACCOUNTS)
def refuse(request_id: int) -> ResponseReturnValue:
    with transaction():
        outcome = pairs.refuse(actor(), request_id).outcome
    flash(f"申请{present(outcome, 'the outcome').label}，没有办理。", "success")
    return redirect(url_for(".page"))


@blueprint.post("/unlock/<int:user_id>")
@requires(Right.REVIEW_ACCOUNTS)
def unlock(user_id: int) -> ResponseReturnValue:
    with transaction():
        proof_tries.unlock(actor(), user_id)
    flash("已解除登录限制，该账号现在可以登录。", "success")
    return redirect(url_for(".page"))
