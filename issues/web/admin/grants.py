"""Grants of roles, and links outside that are confirmed. Who gives them keeps no account."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from auth import asked_roles, identities, pairs, people
from extensions import transaction
from issues.ground.refusals import Incomplete
from issues.queries.admin.accounts import account
from issues.queries.ground import record
from issues.rights.table import Right
from issues.vocabulary import ADMINISTRATORS, PairAct, Role
from issues.web.account.forms import GIVING, ROLE
from issues.web.account.proof import proven
from issues.web.admin.page import list_page
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("grants", __name__, url_prefix="/admin")


@blueprint.get("/grants")
@requires(Right.GRANTS)
def grant_list() -> ResponseReturnValue:
    return list_page("admin/grants.html", waiting=identities.waiting(), asked=asked_roles.count())


def _grants_page(user_id: int, refusal: Incomplete | None = None) -> ResponseReturnValue:
    form = drawing.drawn(GIVING, refusal)
    if refusal is not None and not refusal.errors:
        form["role"].errors = [refusal.sentence]
    return render_template(
        "admin/grant.html",
        who=account(user_id),
        form=form,
        identities=identities.identities_of(user_id),
        doubt=record.of_account(user_id),
    )


@blueprint.get("/grants/<int:user_id>")
@requires(Right.GRANTS)
def one_grant(user_id: int) -> ResponseReturnValue:
    return _grants_page(user_id)


@blueprint.post("/grants/<int:user_id>")
@requires(Right.GRANTS)
@proven
@acting(_grants_page)
def give_role(user_id: int) -> ResponseReturnValue:
    """One of the three administrators is asked for here, and made by another of them."""
    said = forms.read(GIVING)
    role = Role(said["role"])
    if role in ADMINISTRATORS:
        pairs.ask(actor(), PairAct.GRANT, user_id, said["reason"] or "", role)
        flash(f"已提出授予“{role.label}”的申请，须由另一位管理员复核后生效。", "success")
        return redirect(url_for(".one_grant", user_id=user_id))
    people.grant(actor(), user_id, role)
    flash(f"已授予角色“{role.label}”，对方下一次操作即生效。", "success")
    return redirect(url_for(".one_grant", user_id=user_id))


@blueprint.post("/grants/<int:user_id>/revoke")
@requires(Right.GRANTS)
@proven
@acting(_grants_page)
def take_role(user_id: int) -> ResponseReturnValue:
    role = _role()
    people.revoke(actor(), user_id, role)
    flash(f"已收回角色“{role.label}”，对方下一次操作即生效。", "success")
    return redirect(url_for(".one_grant", user_id=user_id))


@blueprint.post("/grants/<int:user_id>/identities/<int:identity_id>/confirm")
@requires(Right.GRANTS)
@proven
def confirm_identity(user_id: int, identity_id: int) -> ResponseReturnValue:
    with transaction():
        identities.confirm(actor(), user_id, identity_id)
    flash("外部身份已确认，对方可以用它登录。", "success")
    return redirect(url_for(".one_grant", user_id=user_id))


@blueprint.post("/grants/<int:user_id>/identities/<int:identity_id>/end")
@requires(Right.GRANTS)
def end_identity(user_id: int, identity_id: int) -> ResponseReturnValue:
    with transaction():
        identities.unlink(actor(), user_id, identity_id)
    flash("已解除关联，用它的登录即刻结束。", "success")
    return redirect(url_for(".one_grant", user_id=user_id))


def _role() -> Role:
    return Role(forms.read(ROLE)["role"])
