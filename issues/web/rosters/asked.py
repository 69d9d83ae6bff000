"""Roles that were asked for in workbooks and wait: given or refused, all of them in one act."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from auth import asked_roles
from auth.asked_roles import LONGEST_REASON
from issues.act_fields import Field
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.refusals import Refusal
from issues.queries.ground.paging import page_asked, pages_of, within
from issues.rights.table import Right
from issues.vocabulary import ADMINISTRATORS
from issues.web.account.proof import proven
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("asked_roles", __name__, url_prefix="/admin/grants/asked")
A_PAGE = 100
REASON = Field("reason", "text", "理由", limit=LONGEST_REASON, asks="请写明理由。")


@blueprint.get("")
@requires(Right.GRANTS)
def page(refusal: Refusal | None = None) -> str:
    rows = asked_roles.waiting()
    at = within(page_asked(request.args.get("page", "")), len(rows), A_PAGE)
    return render_template(
        "rosters/asked.html",
        rows=rows[(at - 1) * A_PAGE : at * A_PAGE],
        total=len(rows),
        page=at,
        pages=pages_of(len(rows), A_PAGE),
        link=lambda to: url_for(".page", page=to),
        administrators=ADMINISTRATORS,
        form=drawing.drawn((REASON,), refusal),
        errors=refusal.errors if refusal else {},
        labels={"reason": "理由", "chosen": "申请"},
    )


@blueprint.post("")
@requires(Right.GRANTS)
@proven
@acting(page)
def decide() -> ResponseReturnValue:
    """Given those that were ticked, or refused."""
    chosen = {n for one in forms.marked("chosen") if (n := whole(one, 1, LARGEST_ID))}
    is_granted = forms.carried("decision") == "grant"
    reason = forms.worded((REASON,))["reason"]
    done = asked_roles.decide(actor(), chosen, reason, is_granted=is_granted)
    if done.given:
        verb = "授予" if is_granted else "退回"
        flash(f"已{verb}{done.given}项，授予的在对方下一次操作时生效。", "success")
    if done.paired:
        flash(f"{done.paired}项管理员角色已提出双人复核申请，由另一位管理员复核后生效。", "success")
    for name, why in done.refused:
        flash(f"@{name}：{why}", "warning")
    return redirect(url_for(".page"), 303)
