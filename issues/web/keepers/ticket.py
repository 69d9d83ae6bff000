"""The keepers of one ticket: those it inherits by its place, and naming others on it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues.ground.refusals import Refusal
from issues.keepers import giving, inherited
from issues.models import Issue
from issues.queries.keepers import page as queries
from issues.queries.keepers.of_ticket import unmatched
from issues.rights.table import Right
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, with_issue
from issues.web.keepers.page import chosen_keeper, words_asked
from issues.web.keepers.places import GIVING, LABELS

blueprint = Blueprint("ticket_keepers", __name__)


@blueprint.get("/issues/<number>/keepers")
@with_issue(Right.SET_KEEPERS)
def page(issue: Issue) -> str:
    return _page(issue)


def _page(issue: Issue, refusal: Refusal | None = None) -> str:
    words = words_asked()
    kept = inherited.of_ticket(issue)
    return render_template(
        "keepers/ticket.html",
        issue=issue,
        kept=kept,
        texts=unmatched(issue, kept),
        words=words,
        offered=queries.offered(words, actor()),
        most=queries.MOST_OFFERED,
        form=drawing.drawn(GIVING, refusal),
        errors=refusal.errors if refusal else {},
        labels=LABELS,
    )


@blueprint.post("/issues/<number>/keepers")
@with_issue(Right.SET_KEEPERS)
@acting(_page)
def give(issue: Issue) -> ResponseReturnValue:
    row = giving.give_ticket(actor(), chosen_keeper(), issue, forms.worded(GIVING))
    flash(f"已指定“{row.keeper.name}”。", "success")
    return redirect(url_for(".page", number=issue.number), 303)
