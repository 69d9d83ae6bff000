"""The page of what a ticket is like and what it was tied to, and where else to look for it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues import acts
from issues.ground import clock
from issues.ground.refusals import NotFound, Refusal
from issues.leads import checking
from issues.models import Issue
from issues.queries.ground import names as units
from issues.queries.likeness.alike import alike, tied_to
from issues.queries.likeness.elsewhere import elsewhere
from issues.queries.likeness.unchecked import MOST, unchecked
from issues.rights.table import Right, holds
from issues.vocabulary import Action
from issues.web.door import forms
from issues.web.door.guards import acting, actor, with_issue

blueprint = Blueprint("similar_page", __name__)


@blueprint.get("/issues/<number>/similar")
@with_issue()
def page(issue: Issue) -> str:
    return _page(issue)


def _page(issue: Issue, refusal: Refusal | None = None) -> str:
    person = actor()
    offered = acts.available(issue, person)
    return render_template(
        "ticket/similar/page.html",
        issue=issue,
        refusal=refusal,
        tied=tied_to(issue, person),
        found=[one for one, kind in alike(issue, person) if kind is None],
        elsewhere=elsewhere(issue, person),
        unchecked=unchecked(issue, person, clock.today()),
        region_of=units.names().region,
        most=MOST,
        may_check=holds(person, Right.KEEP_POLLUTERS) and holds(person, Right.REPORT_LEAD),
        may_visit=holds(person, Right.WRITE_COVERT),
        may_tie=Action.LINK in offered,
        may_untie=Action.UNLINK in offered,
    )


@blueprint.post("/issues/<number>/similar/check")
@with_issue(Right.KEEP_POLLUTERS)
@acting(_page)
def check(issue: Issue) -> ResponseReturnValue:
    """A lead on a source of the same kind, tied to it."""
    if (polluter := forms.number("polluter")) is None:
        raise NotFound
    lead = checking.ask(actor(), issue, polluter, clock.now())
    flash(f"已建线索第{lead.id}号，待核查。", "success")
    return redirect(url_for(".page", number=issue.number), 303)
