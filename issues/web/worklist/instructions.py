"""Leaders' written words: what was asked of whom, by when, and the answers."""

from flask import Blueprint, render_template

from issues.queries.worklist.instructions import instructions
from issues.rights.table import Right
from issues.web.door.guards import actor, requires
from issues.workflow.changes.instructing import is_for

blueprint = Blueprint("instructions", __name__)


@blueprint.get("/instructions")
@requires(Right.VIEW)
def page() -> str:
    person = actor()
    rows = [(row, is_for(person, row)) for row in instructions(person)]
    return render_template("worklist/instructions.html", rows=rows)
