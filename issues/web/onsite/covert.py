"""A covert note on the spot: two fields beside the photos, and the tickets near by."""

from flask import Blueprint, render_template, request

from issues.ground import clock
from issues.ground.refusals import NotFound
from issues.models import Issue
from issues.onsite import names as inspectors
from issues.queries.ground import names as units
from issues.queries.supervision import route
from issues.rights.table import Right
from issues.supervision import covert as notes
from issues.web.door.drawing import draw
from issues.web.door.guards import actor, requires
from issues.web.door.once import form_key
from issues.web.onsite.route import chosen_of
from issues.workflow import load

blueprint = Blueprint("spot", __name__)

SHOWN = 12
"""Tickets that stand there before the phone has told where it is, and without script."""
PHOTOS = "image/*,.heic,.heif,.mp4"
ASKED = ("findings", "region", "at", "place", "inspectors", "subject_firm", "title", "lon", "lat")
"""Of a note, the first two beside the ticket; the rest is filled already or folded away."""


@blueprint.get("/route/covert")
@requires(Right.WRITE_COVERT)
def form() -> str:
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
        shown=SHOWN,
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
