"""Accounts. Who keeps them grants nothing."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from auth import changing, people, sessions
from auth.proofs import factors
from extensions import transaction
from issues.ground.refusals import Incomplete
from issues.queries.admin.accounts import account, open_sessions, unit_choices
from issues.rights.table import Right
from issues.vocabulary import ADMINISTRATORS
from issues.web.account.forms import ACCOUNT, REASON, WAY, way_of
from issues.web.account.proof import proven
from issues.web.admin.handing import hand_over
from issues.web.admin.page import list_page
from issues.web.door import browsers, drawing, forms
from issues.web.door.guards import actor, requires

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
NEW_ACCOUNT = (*ACCOUNT, *WAY)


@blueprint.get("/accounts")
@requires(Right.ACCOUNTS)
def account_list() -> ResponseReturnValue:
    return list_page("admin/accounts.html")


def _account_page(refusal: Incomplete | None = None) -> str:
    form = drawing.drawn(NEW_ACCOUNT, refusal, choices={"unit": (("", "无"), *unit_choices())})
    return render_template("admin/new_account.html", form=form)


@blueprint.get("/accounts/new")
@requires(Right.ACCOUNTS)
def new_account() -> ResponseReturnValue:
    return _account_page()


@blueprint.post("/accounts/new")
@requires(Right.ACCOUNTS)
@proven
def add_account() -> ResponseReturnValue:
    try:
        with transaction():
            said = forms.read(NEW_ACCOUNT)
            way = way_of(said)
            user = people.add(
                actor(), said["name"], said["display_name"], said["unit"], said["phone"] or ""
            )
            secret = changing.void_and_link(user, actor(), way)
    except Incomplete as refusal:
        return _account_page(refusal), refusal.status
    return hand_over(user.id, secret, way, url_for(".one_account", user_id=user.id))


@blueprint.get("/accounts/<int:user_id>")
@requires(Right.ACCOUNTS)
def one_account(user_id: int) -> ResponseReturnValue:
    return _one_account(user_id)


def _one_account(user_id: int, refusal: Incomplete | None = None) -> ResponseReturnValue:
    who = account(user_id)
    page = render_template(
        "admin/account.html",
        who=who,
        is_administrator=not ADMINISTRATORS.isdisjoint(who.roles),
        factor=factors.kept(user_id),
        form=drawing.drawn((REASON,), refusal),
        sessions=open_sessions(user_id),
        browser=browsers.said,
    )
    return page, refusal.status if refusal else 200


@blueprint.post("/accounts/<int:user_id>/enable")
@requires(Right.ACCOUNTS)
def enable(user_id: int) -> ResponseReturnValue:
    with transaction():
        people.enable(actor(), user_id)
    flash("账号已启用。", "success")
    return redirect(url_for("admin.one_account", user_id=user_id))


@blueprint.post("/accounts/<int:user_id>/password")
@requires(Right.ACCOUNTS)
@proven
def reset_password(user_id: int) -> ResponseReturnValue:
    try:
        with transaction():
            way = way_of(forms.read(WAY))
            user, secret = changing.reset_by_link(actor(), user_id, way)
    except Incomplete as refusal:
        return _one_account(user_id, refusal)
    return hand_over(user.id, secret, way, url_for(".one_account", user_id=user.id))


@blueprint.post("/accounts/<int:user_id>/sessions/<int:sign_in_id>/end")
@requires(Right.ACCOUNTS)
def end_session(user_id: int, sign_in_id: int) -> ResponseReturnValue:
    with transaction():
        sessions.end_session(actor(), sign_in_id)
    flash("该登录已结束。", "success")
    return redirect(url_for("admin.one_account", user_id=user_id))
