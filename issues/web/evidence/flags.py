"""Doubts about evidence: side by side with the twin, ruled by a person; counted by unit."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues import once
from issues.evidence.flags import examine, rulings
from issues.ground import clock
from issues.ground.refusals import NotFound, Refusal
from issues.models import Issue
from issues.queries.evidence import files, flags as queries
from issues.rights.table import Right
from issues.vocabulary import Ruling
from issues.web.door.guards import acting, actor, requires, with_issue

blueprint = Blueprint("flags", __name__)
SEE_OTHER = 303


@blueprint.get("/issues/<number>/flags")
@with_issue(Right.SEE_FLAGS)
def page(issue: Issue) -> ResponseReturnValue:
    return draw(issue)


def draw(issue: Issue, refusal: Refusal | None = None) -> str:
    person = actor()
    rows = files.seen_by(person, issue, files.rows_of(issue))
    flags = examine.all_flags(issue, rows, person)
    errors = refusal.errors if refusal else {}
    return render_template(
        "evidence/flags.html",
        issue=issue,
        doubts=queries.doubts_of(issue, flags, rows, person),
        rulings=Ruling.choices(),
        wrong=request.form.get("flag", "") if refusal else "",
        said={name: request.form.get(name, "") for name in ("ruling", "reason")},
        errors={name: list(errors.get(name, [])) for name in ("ruling", "reason")},
        key=once.new_key(),
    )


@blueprint.post("/issues/<number>/flags")
@with_issue(Right.SEE_FLAGS)
@acting(draw)
def rule(issue: Issue) -> ResponseReturnValue:
    """The flag is looked for anew: only one that holds now is ruled."""
    person = actor()
    rows = files.seen_by(person, issue, files.rows_of(issue))
    flags = examine.all_flags(issue, rows, person)
    flag = next((one for one in flags if one.key == request.form.get("flag")), None)
    if flag is None:
        raise NotFound
    ruling, reason = request.form.get("ruling", ""), request.form.get("reason", "")
    row = rulings.rule(issue, person, flag, ruling, reason, rows=rows, at=clock.now())
    flash(f"已记录:{flag.kind.label}——{row.ruling.label}。", "success")
    return redirect(url_for("flags.page", number=issue.number), SEE_OTHER)


@blueprint.get("/flags")
@requires(Right.FLAG_COUNTS)
def counts() -> ResponseReturnValue:
    return render_template("evidence/flag_counts.html", counts=queries.counts_by_unit())
