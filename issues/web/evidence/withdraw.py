"""Taking a file back from a ticket, with a reason: the office alone keeps sight of it."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from extensions import transaction
from issues.evidence import withdrawing
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.models import Issue
from issues.queries.evidence import files as queries
from issues.web.door import forms
from issues.web.door.guards import actor, with_issue
from issues.web.evidence.page import REASONS, draw_one
from issues.workflow import load

blueprint = Blueprint("withdrawals", __name__)
SEE_OTHER = 303


@blueprint.post("/issues/<number>/evidence/<int:evidence_id>/withdraw")
@with_issue()
def withdraw(issue: Issue, evidence_id: int) -> ResponseReturnValue:
    number, person = issue.number, actor()
    try:
        with transaction():
            fresh = load(number, person, for_change=True)
            row = queries.one(fresh, evidence_id, person)
            reason = forms.worded(REASONS)["withdraw_reason"]
            withdrawing.withdraw(fresh, person, row, reason, at=clock.now())
    except Incomplete as refused:
        return draw_one(load(number, person), evidence_id, refused.errors, refused.status)
    flash("已撤回。材料和撤回的理由由市环委办留存，其他单位不再看到。", "success")
    return redirect(url_for("evidence.gallery", number=number), SEE_OTHER)
