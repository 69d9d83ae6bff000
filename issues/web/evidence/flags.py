"""Doubts about evidence: side by side with the twin, ruled by a person; counted by unit."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues import once
from issues.act_fields import Field
from issues.evidence.flags import examine, rulings
from issues.evidence.flags.judged import LONGEST_REASON
from issues.ground import clock
from issues.ground.refusals import NotFound, Refusal
from issues.models import Issue
from issues.queries.evidence import files, flags as queries
from issues.rights.table import Right
from issues.vocabulary import Ruling
from issues.web.door import forms
from issues.web.door.guards import acting, actor, requires, with_issue

blueprint = Blueprint("flags", __name__)
SEE_OTHER = 303
FIELDS = (
    Field("ruling", "choice", "判断", choices=tuple(Ruling.choices())),
    Field("reason", "long_text", "理由", limit=LONGEST_REASON),
)


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
        wrong=forms.carried("flag") if refusal else "",
        said=forms.typed(FIELDS),
        errors={field.name: list(errors.get(field.name, [])) for field in FIELDS},
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
    flag = next((one for one in flags if one.key == forms.carried("flag")), None)
    if flag is None:
        raise NotFound
    row = rulings.rule(issue, person, flag, **forms.worded(FIELDS), rows=rows, at=clock.now())
    flash(f"已记录：{flag.kind.label}——{row.ruling.label}。", "success")
    return redirect(url_for("flags.page", number=issue.number), SEE_OTHER)


@blueprint.get("/flags")
@requires(Right.FLAG_COUNTS)
def counts() -> ResponseReturnValue:
    return render_template("evidence/flag_counts.html", counts=queries.counts_by_unit())
