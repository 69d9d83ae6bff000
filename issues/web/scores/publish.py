"""Publishing a quarter: what will be fixed is shown, then it is fixed."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues.ground import clock
from issues.ground.refusals import Incomplete, Refusal
from issues.queries.scores import appeals, figures
from issues.rights.table import Right
from issues.scores import publishing
from issues.scores.tallying import Period
from issues.web.account.proof import proven
from issues.web.door import forms
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("score_publishing", __name__, url_prefix="/scores/publish")


@blueprint.get("")
@requires(Right.PUBLISH_SCORES)
def ask(refusal: Refusal | None = None) -> str:
    quarter = publishing.next_one(clock.today())
    found = figures.figures(Period(*quarter), actor()) if quarter else None
    return render_template(
        "scores/publish.html",
        quarter=quarter,
        found=found,
        formula=figures.FORMULA,
        waits=appeals.waiting(actor()),
        refused=refusal.sentence if refusal else "",
    )


@blueprint.post("")
@requires(Right.PUBLISH_SCORES)
@proven
@acting(ask)
def publish() -> ResponseReturnValue:
    year, quarter = forms.number("year"), forms.number("quarter")
    if year is None or quarter is None:
        raise Incomplete({"quarter": ["请选择要公布的季度"]})
    row = publishing.publish(year, quarter, actor(), clock.now())
    label = Period(row.year, row.quarter).label
    flash(f"{label}的得分已公布，今后不再变动。", "success")
    return redirect(url_for("scores.listed", year=row.year, quarter=row.quarter), 303)
