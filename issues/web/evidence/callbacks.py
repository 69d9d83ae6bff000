"""Recording that who complained was called back; the page is that of the originals."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from issues.act_fields.callback import CALLBACK
from issues.evidence.complaints import callbacks
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.models import Issue
from issues.web.door import forms
from issues.web.door.guards import acting, actor, with_issue
from issues.web.evidence.originals import drawn
from issues.workflow import load

blueprint = Blueprint("callbacks", __name__)
SEE_OTHER = 303


@blueprint.post("/issues/<number>/originals/callbacks")
@with_issue()
@acting(lambda refusal, issue: _again(issue.number, refusal))
def record(issue: Issue) -> ResponseReturnValue:
    callbacks.require(issue, actor())
    fresh = load(issue.number, actor(), for_change=True)
    callbacks.record(fresh, actor(), forms.read(CALLBACK), at=clock.now())
    flash("已登记满意度回访。", "success")
    page = url_for("complaint_originals.page", number=fresh.number)
    return redirect(f"{page}#callbacks", SEE_OTHER)


def _again(number: str, refusal: Refusal) -> str:
    return drawn(load(number, actor()), calling=refusal)
