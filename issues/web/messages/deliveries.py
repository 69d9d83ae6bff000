"""管理·投递记录: each line that was to be told outside, and once more where it did not arrive."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from extensions import db, transaction
from issues.ground.refusals import NotFound
from issues.messages import sending
from issues.queries.ground.paging import Page, cut, page_asked
from issues.queries.messages.deliveries import deliveries, delivery
from issues.rights.table import Right
from issues.vocabulary import DeliveryState
from issues.web.door.guards import requires

blueprint = Blueprint("deliveries", __name__)
SEE_OTHER, PER_PAGE = 303, 50


@blueprint.get("/admin/deliveries")
@requires(Right.OUTBOX)
def page() -> str:
    state = DeliveryState.of(request.args.get("state", ""))
    shown, number, total = cut(
        deliveries(state), page_asked(request.args.get("page", "")), PER_PAGE
    )
    found = [delivery(line) for line in db.session.execute(shown)]
    given = state.value if state else None
    return render_template(
        "messages/deliveries.html",
        found=Page(found, number, PER_PAGE, total),
        states=tuple(DeliveryState),
        asked=state,
        link=lambda page: url_for(".page", page=page, state=given),
    )


@blueprint.post("/admin/deliveries/<int:line_id>/retry")
@requires(Right.OUTBOX)
def retry(line_id: int) -> ResponseReturnValue:
    with transaction():
        if not sending.retry(line_id):
            raise NotFound
    flash("随后重新发送。", "success")
    return redirect(url_for(".page"), SEE_OTHER)
