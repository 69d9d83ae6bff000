"""Where two sources differ: side by side on one page a ticket, and one list of the city."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues import once
from issues.act_fields import Field
from issues.evidence.contradictions import rulings
from issues.evidence.flags.judged import LONGEST_REASON
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.models import Issue
from issues.queries.evidence import contradictions as queries
from issues.queries.ground.names import names
from issues.queries.ground.paging import page_asked
from issues.rights.table import Right, holds
from issues.vocabulary import ContradictionKind, ContradictionState, SourceKind, Verdict
from issues.web.door import forms
from issues.web.door.guards import acting, actor, requires, with_issue
from issues.web.register.page import Tab

blueprint = Blueprint("contradictions", __name__)
SEE_OTHER = 303
FIELDS = (
    Field("verdict", "choice", "判断", choices=tuple(Verdict.choices())),
    Field("reason", "long_text", "理由", limit=LONGEST_REASON),
)
_ANCHORS = {
    SourceKind.TICKET: "about", SourceKind.REMARK: "about", SourceKind.MEASURE: "measures",
    SourceKind.LEDGER: "measures", SourceKind.REPORT: "reports", SourceKind.FIGURE: "reports",
    SourceKind.EXTENSION: "extensions", SourceKind.CLAIM: "story",
}  # fmt: skip
"""Where on the page of the ticket a source stands."""


def source_url(number: str, side: queries.Quoted) -> str:
    """Where a source stands itself."""
    if side.source is SourceKind.REPLY:
        return url_for("notices.page", notice_id=side.id)
    if side.source is SourceKind.READING:
        return url_for("readings.page", number=number)
    if side.source is SourceKind.EVIDENCE:
        return url_for("evidence.one", number=number, evidence_id=side.id)
    return url_for("ticket.page", number=number, _anchor=_ANCHORS[side.source])


@blueprint.get("/issues/<number>/contradictions")
@with_issue(Right.SEE_FLAGS)
def page(issue: Issue) -> ResponseReturnValue:
    return draw(issue)


def draw(issue: Issue, refusal: Refusal | None = None, contradiction_id: int = 0) -> str:
    errors = refusal.errors if refusal else {}
    return render_template(
        "evidence/contradictions/page.html",
        issue=issue,
        found=queries.of_ticket(issue, actor()),
        verdicts=Verdict.choices(),
        wrong=contradiction_id if refusal else 0,
        said=forms.typed(FIELDS),
        errors={field.name: list(errors.get(field.name, [])) for field in FIELDS},
        key=once.new_key(),
        source_url=source_url,
        may_list=holds(actor(), Right.CONTRADICTIONS),
    )


@blueprint.post("/issues/<number>/contradictions/<int:contradiction_id>")
@with_issue(Right.SEE_FLAGS)
@acting(draw)
def rule(issue: Issue, contradiction_id: int) -> ResponseReturnValue:
    person = actor()
    row = queries.one(issue, contradiction_id, person)
    ruling = rulings.rule(issue, person, row, **forms.worded(FIELDS), at=clock.now())
    flash(f"已记录：{row.kind.label}——{ruling.verdict.label}。", "success")
    return redirect(url_for("contradictions.page", number=issue.number), SEE_OTHER)


@blueprint.get("/contradictions")
@requires(Right.CONTRADICTIONS)
def index() -> str:
    asked = queries.Asked(
        request.args.get("kind", ""),
        request.args.get("region", ""),
        request.args.get("state", "") or ContradictionState.OPEN.value,
    )
    found = queries.find(actor(), asked, page_asked(request.args.get("page", "")))
    kept: dict[str, Any] = {"kind": asked.kind or None, "region": asked.region or None}
    current = ContradictionState.of(asked.state) or ContradictionState.OPEN
    tabs = [
        Tab(state.label, url_for(".index", state=state.value, **kept), found.counts[state],
            is_current=state is current)
        for state in ContradictionState
    ]  # fmt: skip
    return render_template(
        "evidence/contradictions/index.html",
        found=found,
        tabs=tabs,
        asked=asked,
        state=current,
        kinds=list(ContradictionKind),
        regions=names().regions,
        source_url=source_url,
        link=lambda number: url_for(".index", state=current.value, page=number, **kept),
    )
