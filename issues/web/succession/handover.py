"""交接: what hangs on one account, who takes it over, and the account disabled with it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from auth.models import User
from extensions import db
from issues.act_fields import Field, optional
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.queries.admin.accounts import account
from issues.queries.admin.held_work import KINDS, held_by, successors
from issues.rights.table import Right
from issues.succession.handing_over import LONGEST_REASON, hand_over
from issues.web.account.proof import proven
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("handover", __name__, url_prefix="/admin/accounts")
FIELDS = (
    Field(
        "to", "choice", "接手人", asks="请选择接手人。",
        hint="同一单位或市环委办的在用账号。只交接工作，不交接角色。",
    ),
    Field("reason", "text", "理由", limit=LONGEST_REASON, hint="如调离、退休。"),
    optional("disable", "flag", "同时停用该账号"),
)  # fmt: skip


@blueprint.get("/<int:user_id>/handover")
@requires(Right.ACCOUNTS)
def page(user_id: int, refusal: Refusal | None = None) -> str:
    who = account(user_id)
    user = db.session.get_one(User, user_id)
    counts = held_by([user_id]).get(user_id, {})
    choices = {"to": [("", "请选择"), *successors(user)]}
    return render_template(
        "succession/handover.html",
        who=who,
        rows=[(kind, counts[kind.code]) for kind in KINDS if counts.get(kind.code)],
        is_own=user_id == actor().id,
        form=drawing.drawn(FIELDS, refusal, {"disable": True}, choices),
        errors=refusal.errors if refusal else {},
        labels={one.name: one.label for one in FIELDS},
    )


@blueprint.post("/<int:user_id>/handover")
@requires(Right.ACCOUNTS)
@proven
@acting(page)
def do(user_id: int) -> ResponseReturnValue:
    said = forms.worded(FIELDS)
    held = hand_over(
        actor(), user_id, said["to"], said["reason"], clock.now(), is_disabled=said["disable"]
    )
    labels = {kind.code: kind.label for kind in KINDS}
    told = "、".join(f"{labels[code]}{count}项" for code, count in held.items())
    flash(f"已交接：{told or '没有需要交接的工作'}。", "success")
    if said["disable"]:
        flash("账号已停用，登录与接口令牌即刻失效。", "success")
    return redirect(url_for("admin.one_account", user_id=user_id), 303)
