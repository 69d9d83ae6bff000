"""What the person who is signed in keeps: the tickets, one of them, and a visit to it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues.act_fields import Field
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.keepers import visiting
from issues.queries.ground.names import region_words
from issues.queries.ground.paging import page_asked
from issues.queries.keepers import own as queries
from issues.rights.table import Right
from issues.vocabulary import OPEN
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("keeping", __name__, url_prefix="/keeping")
SEEN = (Field("text", "text", "查看情况", limit=visiting.LONGEST, hint="写明看到什么，一句话。"),)


@blueprint.get("")
@requires(Right.KEEPING)
def page() -> str:
    return render_template(
        "keepers/own.html",
        rows=queries.own(actor(), clock.today(), page_asked(request.args.get("page", ""))),
        today=clock.today(),
        link=lambda to: url_for(".page", page=to),
    )


@blueprint.get("/<int:kept_id>")
@requires(Right.KEEPING)
def one(kept_id: int, refusal: Refusal | None = None) -> str:
    issue = visiting.find(actor(), kept_id)
    return render_template(
        "keepers/own_ticket.html",
        issue=issue,
        line=queries.line_of(issue, actor(), clock.today()),
        region=region_words()(issue.township or issue.region),
        visits=queries.visits_of(issue),
        most=queries.MOST_VISITS,
        today=clock.today(),
        may_visit=issue.status in OPEN,
        form=drawing.drawn(SEEN, refusal),
        errors=refusal.errors if refusal else {},
        labels={"text": SEEN[0].label},
    )


@blueprint.post("/<int:kept_id>")
@requires(Right.KEEPING)
@acting(one)
def visit(kept_id: int) -> ResponseReturnValue:
    visiting.visit(actor(), kept_id, forms.worded(SEEN))
    flash("已登记查看。", "success")
    return redirect(url_for(".one", kept_id=kept_id), 303)
