"""管理·事件推送: other systems that are told of events, what each was sent, once more if asked."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from extensions import db, transaction
from issues.act_fields import Field
from issues.ground.refusals import Incomplete, NotFound
from issues.messages import webhooks
from issues.models import Webhook
from issues.queries.ground.paging import Page, cut, page_asked
from issues.queries.messages.deliveries import deliveries, delivery
from issues.rights.table import Right
from issues.vocabulary import MessageEvent
from issues.web.account.proof import proven
from issues.web.door import drawing, forms
from issues.web.door.guards import actor, requires

blueprint = Blueprint("webhooks", __name__)
SEE_OTHER, PER_PAGE = 303, 50
FIELDS = (
    Field("name", "text", "系统名称", limit=webhooks.LONGEST_NAME, asks="请填写系统名称"),
    Field(
        "address", "text", "推送地址", limit=webhooks.LONGEST_URL, asks="请填写推送地址",
        hint="以 https:// 开头，主机须在允许外发的名单内（由运维人员在部署时设置）。",
    ),
    Field(
        "events", "choices", "推送的事件", asks="请选择要推送的事件",
        choices=tuple((one.value, one.label) for one in webhooks.EVENTS),
    ),
)  # fmt: skip


@blueprint.get("/admin/webhooks")
@requires(Right.OUTBOX)
def page() -> str:
    return _page()


def _page(refusal: Incomplete | None = None) -> str:
    return render_template(
        "messages/webhooks.html",
        rows=webhooks.all_of_them(),
        words=lambda codes: "、".join(MessageEvent(code).label for code in codes),
        form=drawing.drawn(FIELDS, refusal),
    )


@blueprint.post("/admin/webhooks")
@requires(Right.OUTBOX)
@proven
def add() -> ResponseReturnValue:
    """The secret is shown in this answer and nowhere again."""
    try:
        said = forms.read(FIELDS)
        with transaction():
            row, secret = webhooks.add(actor(), said["name"], said["address"], said["events"])
    except Incomplete as refusal:
        return _page(refusal), refusal.status
    return render_template("messages/webhook_made.html", made=row, secret=secret)


@blueprint.get("/admin/webhooks/<int:webhook_id>")
@requires(Right.OUTBOX)
def one(webhook_id: int) -> str:
    row = db.session.get(Webhook, webhook_id)
    if row is None:
        raise NotFound
    rows = deliveries(None, webhook_id)
    shown, number, total = cut(rows, page_asked(request.args.get("page", "")), PER_PAGE)
    found = [delivery(line) for line in db.session.execute(shown)]
    return render_template(
        "messages/webhook.html",
        row=row,
        found=Page(found, number, PER_PAGE, total),
        link=lambda page: url_for(".one", webhook_id=webhook_id, page=page),
    )


@blueprint.post("/admin/webhooks/<int:webhook_id>/end")
@requires(Right.OUTBOX)
def end(webhook_id: int) -> ResponseReturnValue:
    with transaction():
        row = webhooks.end(actor(), webhook_id)
    flash(f"“{row.name}”的事件推送已停用。", "success")
    return redirect(url_for(".page"), SEE_OTHER)


@blueprint.post("/admin/webhooks/<int:webhook_id>/lines/<int:line_id>/replay")
@requires(Right.OUTBOX)
def replay(webhook_id: int, line_id: int) -> ResponseReturnValue:
    with transaction():
        webhooks.replay(actor(), webhook_id, line_id)
    flash("随后重新推送。", "success")
    return redirect(url_for(".one", webhook_id=webhook_id), SEE_OTHER)
