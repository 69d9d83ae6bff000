"""The pollution sources of one ticket: those it is tied to, and those it may be about."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues.act_fields import Field
from issues.ground import signs
from issues.ground.refusals import NotFound, Refusal
from issues.models import Issue
from issues.polluters import tying
from issues.polluters.keeping import LONGEST_REASON
from issues.queries.polluters import page as queries
from issues.queries.polluters.suggested import MOST, suggested
from issues.rights.table import Right
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, with_issue

blueprint = Blueprint("polluter_ties", __name__)
REASON = Field("reason", "text", "取消关联的理由", limit=LONGEST_REASON)


@blueprint.get("/issues/<number>/polluters")
@with_issue(Right.KEEP_POLLUTERS)
def page(issue: Issue) -> str:
    return _page(issue)


def _page(issue: Issue, refusal: Refusal | None = None) -> str:
    words = signs.clean(request.args.get("q", "")).strip()[:80]
    return render_template(
        "polluters/ties.html",
        of={
            "called": issue.number,
            "back": url_for("ticket.page", number=issue.number),
            "back_label": "返回问题",
            "page": url_for(".page", number=issue.number),
            "tie": url_for(".tie", number=issue.number),
            "untie": url_for(".untie", number=issue.number),
            "asks_why": False,
        },
        words=words,
        most=MOST,
        tied=queries.of_ticket(issue, actor()),
        offered=suggested(issue, actor(), words),
        form=drawing.drawn((REASON,), refusal),
        errors=refusal.errors if refusal else {},
        labels={"reason": REASON.label},
    )


@blueprint.post("/issues/<number>/polluters/tie")
@with_issue(Right.KEEP_POLLUTERS)
@acting(_page)
def tie(issue: Issue) -> ResponseReturnValue:
    row = tying.tie(actor(), issue, _chosen())
    flash(f"已关联“{row.name}”。", "success")
    return redirect(url_for(".page", number=issue.number), 303)


@blueprint.post("/issues/<number>/polluters/untie")
@with_issue(Right.KEEP_POLLUTERS)
@acting(_page)
def untie(issue: Issue) -> ResponseReturnValue:
    row = tying.untie(actor(), issue, _chosen(), forms.worded((REASON,))["reason"])
    flash(f"已取消关联“{row.name}”。", "success")
    return redirect(url_for(".page", number=issue.number), 303)


def _chosen() -> int:
    if (chosen := forms.number("polluter")) is None:
        raise NotFound
    return chosen
