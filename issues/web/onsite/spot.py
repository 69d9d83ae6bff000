"""The forms filled on the spot: a covert note, a site check. Both are sent as the usual ones."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues.act_fields import fields_of
from issues.ground import clock
from issues.ground.refusals import NotFound
from issues.models import Issue
from issues.onsite import names as inspectors
from issues.queries.ground import names as units
from issues.queries.supervision import route
from issues.queries.ticket.page import last_seq
from issues.rights.table import Right, may
from issues.supervision import covert as notes
from issues.vocabulary import Action
from issues.web.door.drawing import draw
from issues.web.door.guards import actor, requires, with_issue
from issues.web.door.once import form_key
from issues.web.onsite.route import chosen_of
from issues.web.ticket import values as act_values
from issues.workflow import load
from issues.workflow.perform import check as refuse_unless_possible

blueprint = Blueprint("spot", __name__)

PHOTOS = "image/*,.heic,.heif,.mp4"
ASKED = ("findings", "region", "at", "place", "inspectors", "subject_firm", "title", "lon", "lat")
"""Of a note, the first two beside the ticket; the rest is filled already or folded away."""
OF_A_CHECK = ("conclusion", "measures", "code", "reason", "at", "place", "inspectors", "lon", "lat")


@blueprint.get("/route/covert")
@requires(Right.WRITE_COVERT)
def covert() -> str:
    """Empty, or of a ticket: then with its place."""
    person, names = actor(), units.names()
    issue = _asked(request.args.get("issue", ""))
    said = {
        "at": f"{clock.local(clock.now()):%Y-%m-%dT%H:%M}",
        "region": issue.region if issue else "",
        "place": issue.place.split("\n")[0] if issue else "",
        "inspectors": inspectors.remembered(person),
    }
    drawn = {one.name: one for one in draw(notes.FIELDS, None, person, said, {})}
    chosen = [issue.number] if issue else chosen_of(person)
    found = route.stops(person, clock.today(), names, numbers=chosen)
    return render_template(
        "onsite/covert.html",
        fields=[drawn[name] for name in ASKED],
        stops=found.listed,
        chosen=chosen,
        picked=issue.number if issue else "",
        accept=PHOTOS,
        key=form_key(),
    )


def _asked(number: str) -> Issue | None:
    """A ticket that is out of sight is as none."""
    try:
        return load(number, actor()) if number else None
    except NotFound:
        return None


@blueprint.get("/route/check/<number>")
@with_issue(Action.RECORD_SITE_CHECK)
def check(issue: Issue) -> ResponseReturnValue:
    """The usual form of the act without what lies beside it: nothing else is kept on the phone."""
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
