"""Accounts and grants. The keeper of accounts grants nothing; who grants keeps no account."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from auth import people
from auth.models import Unit
from extensions import db, transaction
from issues.ground.refusals import Incomplete
from issues.queries.admin.accounts import account, accounts, open_sessions, unit_choices
from issues.rights.table import Right
from issues.vocabulary import Role
from issues.web.account.forms import AccountForm, RoleForm, options
from issues.web.door.guards import acting, actor, requires, signed_in
from issues.web.door.navigation import home

blueprint = Blueprint("admin", __name__, url_prefix="/admin")

LAST_PAGE = 100_000


def _page() -> int:
    asked = request.args.get("page", "1")
    is_number = asked.isascii() and asked.isdigit() and len(asked) <= len(str(LAST_PAGE))
    return max(1, min(int(asked), LAST_PAGE)) if is_number else 1


@blueprint.get("")
@signed_in
def begin() -> ResponseReturnValue:
    return redirect(home(actor()))


@blueprint.get("/accounts")
@requires(Right.ACCOUNTS)
def account_list() -> ResponseReturnValue:
    return _list_page("admin/accounts.html")


def _list_page(template: str) -> ResponseReturnValue:
    wanted = request.args.get("q", "").strip()[:40]
    return render_template(
        template,
        found=accounts(wanted, _page()),
        wanted=wanted,
        page_link=lambda page: url_for(request.endpoint, q=wanted or None, page=page),
    )


def _account_form() -> AccountForm:
    form = AccountForm()
    form.unit.choices = options("无", unit_choices())
    return form


@blueprint.get("/accounts/new")
@requires(Right.ACCOUNTS)
def new_account() -> ResponseReturnValue:
    return render_template("admin/new_account.html", form=_account_form())


@blueprint.post("/accounts/new")
@requires(Right.ACCOUNTS)
def add_account() -> ResponseReturnValue:
    form = _account_form()
    if form.validate():
        try:
            with transaction():
                user, password = people.add(
                    actor(),
                    form.name.data.strip(),
                    form.display_name.data.strip(),
                    _unit(form.unit.data),
                    form.phone.data.strip(),
                )
        except Incomplete as refusal:
            for name, said in refusal.errors.items():
                form[name].errors = said
        else:
            return _once_password(user.id, password)
    return render_template("admin/new_account.html", form=form), 422


def _unit(code: str) -> Unit | None:
    return db.session.scalar(select(Unit).where(Unit.code == code)) if code else None


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
    flash("账号已停用,登录与接口令牌即刻失效。", "success")
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


@blueprint.get("/grants")
@requires(Right.GRANTS)
def grant_list() -> ResponseReturnValue:
    return _list_page("admin/grants.html")


def _grants_page(user_id: int, refusal: Incomplete | None = None) -> ResponseReturnValue:
    form = RoleForm()
    if refusal is not None:
        form.role.errors = refusal.errors.get("role", [refusal.sentence])
    return render_template("admin/grant.html", who=account(user_id), form=form)


@blueprint.get("/grants/<int:user_id>")
@requires(Right.GRANTS)
def one_grant(user_id: int) -> ResponseReturnValue:
    return _grants_page(user_id)


@blueprint.post("/grants/<int:user_id>")
@requires(Right.GRANTS)
@acting(_grants_page)
def give_role(user_id: int) -> ResponseReturnValue:
    role = _role()
    people.grant(actor(), user_id, role)
    flash(f"已授予角色“{role.label}”,对方下一次操作即生效。", "success")
    return redirect(url_for("admin.one_grant", user_id=user_id))


@blueprint.post("/grants/<int:user_id>/revoke")
@requires(Right.GRANTS)
@acting(_grants_page)
def take_role(user_id: int) -> ResponseReturnValue:
    role = _role()
    people.revoke(actor(), user_id, role)
    flash(f"已收回角色“{role.label}”,对方下一次操作即生效。", "success")
    return redirect(url_for("admin.one_grant", user_id=user_id))


def _role() -> Role:
    try:
        return Role(request.form.get("role", ""))
    except ValueError:
        raise Incomplete({"role": ["请选择角色。"]}) from None
