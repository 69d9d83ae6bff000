"""What follows from a summons: its minutes, and their tasks among the measures of the ticket."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from issues.ground import clock
from issues.notices import acts
from issues.notices.passing.minutes import draft_minutes
from issues.queries.notices.pages import whole
from issues.rights.table import Right
from issues.vocabulary import NoticeAct
from issues.web.door import forms
from issues.web.door.guards import acting, actor, requires
from issues.web.notices.page import page
from issues.web.notices.pdf import press

blueprint = Blueprint("notice_minutes", __name__)


@blueprint.post("/notices/<int:notice_id>/minutes")
@requires(Right.NOTICES)
@acting(page)
def minutes(notice_id: int) -> ResponseReturnValue:
    made = draft_minutes(whole(notice_id, actor()), actor(), clock.now())
    flash("会议纪要已起草，请补充会议情况和议定事项", "success")
    return redirect(url_for("notices.page", notice_id=made.id), 303)


@blueprint.post("/notices/<int:notice_id>/minutes/measures")
@requires(Right.NOTICES)
@acting(page)
def add_measures(notice_id: int) -> ResponseReturnValue:
    act, version = NoticeAct.ADD_MEASURES, forms.number("version")
    acts.do(act, notice_id, actor(), {}, press(), version=version)
    flash("议定事项已列入整改措施", "success")
    return redirect(url_for("notices.page", notice_id=notice_id), 303)
