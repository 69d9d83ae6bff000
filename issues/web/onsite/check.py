"""A site check on the spot: the usual form of the act, without what lies beside it."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from issues.act_fields import fields_of
from issues.models import Issue
from issues.queries.ground import names as units
from issues.queries.ticket.page import last_seq
from issues.rights.table import Right, may
from issues.vocabulary import Action
from issues.web.door.drawing import draw
from issues.web.door.guards import actor, with_issue
from issues.web.door.once import form_key
from issues.web.onsite.covert import PHOTOS
from issues.web.ticket import values as act_values
from issues.workflow.perform import check as refuse_unless_possible

blueprint = Blueprint("spot_check", __name__)

OF_A_CHECK = ("conclusion", "measures", "code", "reason", "inspectors", "at", "place", "lon", "lat")
"""Of a check, the first five; the rest is filled already or folded away."""


@blueprint.get("/route/check/<string:number>")
@with_issue(Action.RECORD_SITE_CHECK)
def form(issue: Issue) -> ResponseReturnValue:
    """Sent as the usual one. What is not on it is not kept on the phone."""
    person, act = actor(), Action.RECORD_SITE_CHECK
    refuse_unless_possible(issue, act, person, None)
    said = act_values.current(act, issue, person)
    drawn = {one.name: one for one in draw(fields_of(act), issue, person, said, {})}
    return render_template(
        "onsite/check.html",
        issue=issue,
        region=units.names().region(issue.region),
        fields=[drawn[name] for name in OF_A_CHECK],
        accept=PHOTOS,
        hidden={
            "once": form_key(),
            "version": issue.version,
            "seen": last_seq(issue, see_covert=may(person, Right.SEE_COVERT, issue)),
        },
        action=url_for("acts.do", number=issue.number, action=act.value),
    )
