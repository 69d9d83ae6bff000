"""Leaders' written words: what was asked of whom, by when, and the answers."""

from flask import Blueprint, render_template, request, url_for

from extensions import db
from issues.queries.ground.paging import Page, cut, page_asked
from issues.queries.worklist.instructions import ANSWERABLE, instructions
from issues.rights.table import Right
from issues.web.door.guards import actor, requires
from issues.workflow.changes.instructing import is_for

blueprint = Blueprint("instructions", __name__)
PER_PAGE = 50


@blueprint.get("/instructions")
@requires(Right.VIEW)
def page() -> str:
    person, asked = actor(), page_asked(request.args.get("page", ""))
    shown, page, total = cut(instructions(person), asked, PER_PAGE)
    rows = db.session.scalars(shown).all()
    return render_template(
        "worklist/instructions.html",
        rows=[(row, is_for(person, row), row.issue.status in ANSWERABLE) for row in rows],
        found=Page(rows, page, PER_PAGE, total),
        link=lambda page: url_for(".page", page=page),
    )
