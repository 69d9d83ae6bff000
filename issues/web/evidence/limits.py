"""Limits that a ticket's own words name, confirmed by the office as its targets."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from issues import acts
from issues.act_fields import TARGET
from issues.ground.refusals import Refusal
from issues.models import Issue
from issues.vocabulary import Action
from issues.web.door import forms
from issues.web.door.guards import acting, actor, with_issue
from issues.web.evidence.readings import SEE_OTHER, draw
from issues.workflow import load

blueprint = Blueprint("limits", __name__)


def draw_again(issue: Issue, refusal: Refusal | None = None) -> str:
    return draw(issue, limits=refusal)


@blueprint.post("/issues/<number>/readings/limits")
@with_issue(Action.AMEND)
@acting(draw_again)
def confirm(issue: Issue) -> ResponseReturnValue:
    """Not required, it is known all the same, and the gate asks for no answer any more."""
    issue = load(issue.number, actor(), for_change=True)
    given = forms.given(TARGET)
    acts.set_target(issue, actor(), given)
    asked = "验收必查" if given.get("required") else "验收不查"
    flash(f"已登记目标{given.get('name', '')}，{asked}。", "success")
    return redirect(url_for("readings.page", number=issue.number), SEE_OTHER)
