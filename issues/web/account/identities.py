"""A person's own identities outside: linked once both sides are proven."""

from flask import Blueprint, flash, make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from auth import identities
from auth.doors.door import Unreachable
from extensions import transaction
from issues.ground.present import present
from issues.ground.refusals import Later, NotAllowed, Refusal, WrongStatus
from issues.web.account import doors
from issues.web.account.proof import PROOF, proven_each_time
from issues.web.door import drawing
from issues.web.door.firsts import settings
from issues.web.door.guards import actor, signed_in

blueprint = Blueprint("identities", __name__)

STALE = "关联已中断或停留过久，请从“我的账号”重新开始。"


@blueprint.get("/account/identities/<door>")
@signed_in
def begin(door: str) -> ResponseReturnValue:
    """Leaves for the door; nothing is linked before the form behind it is sent."""
    try:
        return doors.leave(door, "", linking=actor().sign_in_id)
    except Unreachable as refusal:
        flash(refusal.sentence, "error")
        return redirect(url_for("account.page"))


@blueprint.get("/account/identities/confirm")
@signed_in
def confirm() -> ResponseReturnValue:
    return _confirm_page()


def _confirm_page(refusal: Refusal | None = None) -> ResponseReturnValue:
    who = doors.to_link(actor().sign_in_id)
    if who is None:
        raise WrongStatus(STALE)
    form = drawing.drawn((PROOF,), refusal)
    page = render_template("account/link.html", who=who, form=form, refusal=refusal)
    answer = make_response(page, refusal.status if refusal else 200)
    if isinstance(refusal, Later):
        answer.headers["Retry-After"] = str(refusal.wait)
    return answer


@blueprint.post("/account/identities/confirm")
@signed_in
@proven_each_time(_confirm_page)
def link() -> ResponseReturnValue:
    """Proven again, however lately: whoever found an open browser adds no way in of their own."""
    who = doors.to_link(actor().sign_in_id)
    if who is None:
        raise WrongStatus(STALE)
    with transaction():
        identities.link_own(actor(), who)
    session.pop(doors.LINKING, None)
    flash(f"已关联，今后可以用{who.kind.label}登录本账号。", "success")
    return redirect(url_for("account.page"))


@blueprint.post("/account/identities/<int:identity_id>/end")
@signed_in
def unlink(identity_id: int) -> ResponseReturnValue:
    if settings().is_oidc_only:
        raise NotAllowed("本系统只用统一身份认证登录，解除后您将无法登录。请找系统管理员办理。")
    with transaction():
        identities.unlink(actor(), present(actor().id, "the account"), identity_id)
    flash("已解除关联，该外部身份不能再登录本账号。", "success")
    return redirect(url_for("account.page"))
