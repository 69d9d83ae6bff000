"""Appeals: a unit's leader writes one, the performance office reads them and rules."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.models import ScoreEntry
from issues.queries.ground.paging import page_asked
from issues.queries.scores import appeals as queries, points
from issues.rights.table import Right, may
from issues.rules.scores.points import signed
from issues.scores import appeals
from issues.scores.appealing import APPEAL, RULING, is_upheld
from issues.vocabulary import ScoreState
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("score_appeals", __name__, url_prefix="/scores/appeals")
LABELS = {one.name: one.label for one in (*APPEAL, *RULING)}


@blueprint.get("")
@requires(Right.RULE_SCORE)
def listed() -> str:
    return render_template(
        "scores/appeals.html",
        rows=queries.listed(page_asked(request.args.get("page", ""))),
        link=lambda to: url_for(".listed", page=to),
        signed=signed,
    )


@blueprint.get("/<int:entry_id>/new")
@requires(Right.APPEAL_SCORE)
def new(entry_id: int, refusal: Refusal | None = None) -> str:
    person, line = actor(), points.one_point(entry_id, actor())
    appeals.refuse_unless_open(line.entry, person)
    issue = line.entry.issue if may(person, Right.VIEW, line.entry.issue) else None
    values = {} if refusal is None else forms.typed(APPEAL)
    errors = refusal.errors if refusal else {}
    return render_template(
        "scores/appeal.html",
        line=line,
        may_upload=issue is not None,
        form=drawing.draw(APPEAL, issue, person, values, errors),
        errors=errors,
        labels=LABELS,
    )


@blueprint.post("/<int:entry_id>/new")
@requires(Right.APPEAL_SCORE)
@acting(new)
def add(entry_id: int) -> ResponseReturnValue:
    said = forms.read(APPEAL, points.one_point(entry_id, actor()).entry.issue)
    files = [one.id for one in said["evidence"] or []]
    row = appeals.appeal(entry_id, actor(), said["text"], files, clock.now())
    flash("申诉已提交，由市目标绩效办裁定。", "success")
    return redirect(_of_unit(row.entry), 303)


@blueprint.get("/<int:entry_id>")
@requires(Right.RULE_SCORE)
def one(entry_id: int, refusal: Refusal | None = None) -> str:
    row, person = queries.one(entry_id), actor()
    return render_template(
        "scores/ruling.html",
        row=row,
        line=points.one_point(entry_id, person),
        files=queries.files_of(row, person),
        is_open=row.state is ScoreState.APPEALED,
        form=drawing.drawn(RULING, refusal),
        errors=refusal.errors if refusal else {},
        labels=LABELS,
        unit_url=_of_unit(row.entry),
    )


@blueprint.post("/<int:entry_id>")
@requires(Right.RULE_SCORE)
@acting(one)
def rule(entry_id: int) -> ResponseReturnValue:
    said = forms.read(RULING)
    appeals.rule(
        entry_id, actor(), is_upheld=is_upheld(said), reason=said["reason"], at=clock.now()
    )
    flash("申诉已裁定。", "success")
    return redirect(url_for(".one", entry_id=entry_id), 303)


def _of_unit(entry: ScoreEntry) -> str:
    return url_for("scores.one", unit=entry.unit.code, year=entry.year, quarter=entry.quarter)
