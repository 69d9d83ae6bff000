"""One account disabled; or many together, who still has work told first, or enabled again."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from auth import people
from extensions import transaction
from issues.act_fields import Field
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.refusals import Refusal
from issues.queries.admin.accounts import accounts_of
from issues.queries.admin.held_work import KINDS, WORK, held_by
from issues.rights.table import Right
from issues.succession.disabling import LONGEST_REASON, MOST, set_active
from issues.web.account.proof import proven
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("disable", __name__, url_prefix="/admin/accounts")
REASON = Field("reason", "text", "理由", limit=LONGEST_REASON, hint="如机构改革、调离。")
LABELS = {kind.code: kind.label for kind in KINDS if kind.code in WORK}


@blueprint.get("/disable")
@requires(Right.ACCOUNTS)
def page(refusal: Refusal | None = None) -> str:
    """Of the accounts ticked in the list, or sent by the form."""
    sent = forms.marked("chosen") if request.method == "POST" else request.args.getlist("chosen")
    chosen = sorted({n for one in sent if (n := whole(one, 1, LARGEST_ID))})[:MOST]
    counts = held_by(chosen)
    found = accounts_of(chosen)
    return render_template(
        "succession/disable.html",
        active=[(who, _work(counts.get(who.id, {}))) for who in found if who.is_active],
        ended=[who for who in found if not who.is_active],
        most=MOST,
        form=drawing.drawn((REASON,), refusal),
        errors=refusal.errors if refusal else {},
        labels={"reason": "理由", "chosen": "账号"},
    )


def _work(held: dict[str, int]) -> str:
    return "、".join(f"{label}{held[code]}件" for code, label in LABELS.items() if held.get(code))


@blueprint.post("/disable")
@requires(Right.ACCOUNTS)
@proven
@acting(page)
def do() -> ResponseReturnValue:
    chosen = {n for one in forms.marked("chosen") if (n := whole(one, 1, LARGEST_ID))}
    is_active = forms.carried("decision") == "enable"
    refused = set_active(actor(), chosen, forms.worded((REASON,))["reason"], is_active=is_active)
    verb = "启用" if is_active else "停用"
    if done := len(chosen) - len(refused):
        flash(f"已{verb}{done}个账号。", "success")
    for name, why in refused:
        flash(f"@{name}没有{verb}：{why}", "warning")
    return redirect(url_for(".page", chosen=sorted(chosen)), 303)


@blueprint.post("/<int:user_id>/disable")
@requires(Right.ACCOUNTS)
def one(user_id: int) -> ResponseReturnValue:
    with transaction():
        people.disable(actor(), user_id)
    flash("账号已停用，登录与接口令牌即刻失效。", "success")
    return redirect(url_for("admin.one_account", user_id=user_id))
