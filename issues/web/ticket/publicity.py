"""公示 of a closure: the text as a page that prints, and as a PDF."""

from urllib.parse import quote

from flask import Blueprint, Response, current_app, render_template
from flask.typing import ResponseReturnValue

from issues.models import Issue
from issues.notices.facts.publicity import document_of, public_notice
from issues.notices.page.gongwen import render
from issues.web.door.guards import with_issue
from issues.web.door.turns import builds_file

blueprint = Blueprint("publicity", __name__)


@blueprint.get("/issues/<number>/publicity")
@with_issue()
def page(issue: Issue) -> ResponseReturnValue:
    return render_template("ticket/publicity.html", issue=issue, notice=public_notice(issue))


@blueprint.get("/issues/<number>/publicity.pdf")
@with_issue()
@builds_file
def pdf(issue: Issue) -> ResponseReturnValue:
    notice = public_notice(issue)
    faces = current_app.extensions["faces"]()
    example = current_app.extensions["settings"].demo
    drawn = render(document_of(notice, is_example=example), faces)
    answer = Response(drawn.pdf, mimetype="application/pdf")
    name = quote(f"{issue.number}公示")
    answer.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{name}.pdf"
    return answer
