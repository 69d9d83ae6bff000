"""The page of what a ticket is like and what it was tied to, and where else to look for it."""

from flask import Blueprint, render_template

from issues import acts
from issues.models import Issue
from issues.queries.ticket.alike import alike, tied_to
from issues.queries.ticket.elsewhere import elsewhere
from issues.vocabulary import Action
from issues.web.door.guards import actor, with_issue

blueprint = Blueprint("similar_page", __name__)


@blueprint.get("/issues/<number>/similar")
@with_issue()
def page(issue: Issue) -> str:
    person = actor()
    offered = acts.available(issue, person)
    return render_template(
        "ticket/similar/page.html",
        issue=issue,
        tied=tied_to(issue, person),
        found=[one for one, kind in alike(issue, person) if kind is None],
        elsewhere=elsewhere(issue, person),
        may_tie=Action.LINK in offered,
        may_untie=Action.UNLINK in offered,
    )
