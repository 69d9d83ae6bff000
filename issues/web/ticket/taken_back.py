"""The page of a ticket that went with its import: for the office, and for who audits the record."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues.ground.refusals import NotFound
from issues.models import Issue
from issues.queries.ticket.taken_back import page_of
from issues.rights.table import Right
from issues.web.door.guards import actor, with_issue
from issues.workflow import load

blueprint = Blueprint("taken_back", __name__)


@blueprint.get("/issues/<number>/taken-back")
@with_issue(Right.SEE_TAKEN_BACK)
def page(issue: Issue) -> ResponseReturnValue:
    return render_template("ticket/taken_back.html", page=page_of(issue, actor()), issue=issue)


def or_taken_back(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Above what loads the ticket: who keeps the record is led to what became of it."""

    @wraps(view)
    def led(**given: Any) -> ResponseReturnValue:
        number = given["number"]
        try:
            return view(**given)
        except NotFound:
            load(number, actor(), sight=Right.SEE_TAKEN_BACK)
        return redirect(url_for("taken_back.page", number=number))

    return led
