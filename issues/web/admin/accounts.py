"""Accounts. Who keeps them grants nothing."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from auth import people
from extensions import transaction
from issues.ground.refusals import Incomplete
from issues.queries.admin.accounts import account, open_sessions, unit_choices
from issues.rights.table import Right
from issues.web.account.forms import ACCOUNT
from issues.web.admin.page import list_page
from issues.web.door import drawing, forms
from issues.web.door.guards import actor, requires

blueprint = Blueprint("admin", __name__, url_prefix="/admin")


@blueprint.get("/accounts")
@requires(Right.ACCOUNTS)
def account_list() -> ResponseReturnValue:
    return list_page("admin/accounts.html")


def _account_page(refusal: Incomplete | None = None) -> str:
    form = drawing.drawn(ACCOUNT, refusal, choices={"unit": (("", "无"), *unit_choices())})
    return render_template("admin/new_account.html", form=form)


@blueprint.get("/accounts/new")
@requires(Right.ACCOUNTS)
def new_account() -> ResponseReturnValue:
    return _account_page()


@blueprint.post("/accounts/new")
@requires(Right.ACCOUNTS)
def add_account() -> ResponseReturnValue:
    try:
        with transaction():
            said = forms.read(ACCOUNT)
            user, password = people.add(
                actor(), said["name"], said["display_name"], said["unit"], said["phone"] or ""
            )
    except Incomplete as refusal:
        return _account_page(refusal), refusal.status
    return _once_password(user.id, password)


def _once_password(user_id: int, password: str) -> ResponseReturnValue:
    """Shown in this answer and nowhere again: it is not stored, nor put into a cookie."""
    return render_template("admin/once_password.html", who=account(user_id), password=password)


@blueprint.get("/accounts/<int:user_id>")
@requires(Right.ACCOUNTS)
def one_account(user_id: int) -> ResponseReturnValue:
    return render_template(
        "admin/account.html", who=account(user_id), sessions=open_sessions(user_id)
    )


@blueprint.post("/accounts/<int:user_id>/disable")
@requires(Right.ACCOUNTS)
def disable(user_id: int) -> ResponseReturnValue:
    with transaction():
        people.disable(actor(), user_id)
    flash("账号已停用，登录与接口令牌即刻失效。", "success")
    return redirect(url_for("admin.one_account", user_id=user_id))


@blueprint.post("/accounts/<int:user_id>/enable")
@requires(Right.ACCOUNTS)
def enable(user_id: int) -> ResponseReturnValue:
    with transaction():
        people.enable(actor(), user_id)
    flash("账号已启用。", "success")
    return redirect(url_for("admin.one_account", user_id=user_id))


@blueprint.post("/accounts/<int:user_id>/password")
@requires(Right.ACCOUNTS)
def reset_password(user_id: int) -> ResponseReturnValue:
    with transaction():
        user, password = people.reset_password(actor(), user_id)
    return _once_password(user.id, password)


@blueprint.post("/accounts/<int:user_id>/sessions/<int:sign_in_id>/end")
@requires(Right.ACCOUNTS)
def end_session(user_id: int, sign_in_id: int) -> ResponseReturnValue:
    with transaction():
        people.end_session(actor(), sign_in_id)
    flash("该登录已结束。", "success")
    return redirect(url_for("admin.one_account", user_id=user_id))
