"""Who complained and what they sent: sealed at once, opened by the cleared, who say why."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from extensions import transaction
from issues.act_fields import CLEARANCE, Field
from issues.act_fields.bound import bounded
from issues.act_fields.callback import CALLBACK
from issues.evidence import clearances, complainants, sealed as originals
from issues.evidence.complaints import callbacks
from issues.evidence.rows import Proven
from issues.ground import clock
from issues.ground.refusals import Incomplete, Refusal
from issues.models import Issue
from issues.queries.evidence.files import written_size
from issues.rights.table import Right, may
from issues.web.door import drawing, forms, uploads as sending
from issues.web.door.guards import acting, actor, with_issue
from issues.web.evidence.files import sealed_original_of
from issues.workflow import load

blueprint = Blueprint("complaint_originals", __name__)
SEE_OTHER = 303
OPENING = Field("reason", "text", "打开的理由", limit=clearances.LONGEST_REASON)
WHO = {"name": "姓名", "phone": "电话", "address": "地址", "note": "说明"}
GRANT = tuple(replace(field, limit=500) for field in CLEARANCE)
COMPLAINANT = 0
"""What stands for the complainant where an original is told by its id."""


def fields_of(issue: Issue, refusal: Refusal | None) -> list[drawing.Drawn]:
    """The fields of the head's word, with everybody whom it may be said of."""
    everybody = {"user": clearances.clearable(issue, actor())}
    table = bounded(GRANT, {"until": clearances.lasting(clock.today())})
    return list(drawing.drawn(table, refusal, choices=everybody).values())


@blueprint.get("/issues/<number>/originals")
@with_issue()
def page(issue: Issue, refusal: Refusal | None = None) -> str:
    return drawn(issue, refusal)


def drawn(
    issue: Issue,
    refusal: Refusal | None = None,
    opening: int | None = None,
    told: callbacks.Opened | None = None,
    calling: Refusal | None = None,
) -> str:
    """`opening` is the original whose opening was refused, `told` who complained once opened.

    `calling`: why a call-back was refused.
    """
    person = actor()
    originals.refuse_unless_known(issue, person)
    errors = dict(refusal.errors if refusal else calling.errors if calling else {})
    if opening is not None:
        errors = {f"reason-{opening}": said for said in errors.values()}
    may_grant = may(person, Right.GRANT_CLEARANCE, issue)
    return render_template(
        "evidence/originals/page.html",
        issue=issue,
        rows=originals.rows_of(issue),
        written_size=written_size,
        is_cleared=clearances.is_cleared(issue, person),
        has_contact=complainants.has_contact(issue),
        who=[(label, told.who[name]) for name, label in WHO.items() if told.who.get(name)]
        if told
        else [],
        words=told.words if told else [],
        **called(issue, calling),
        may_write=may(person, Right.WRITE_COMPLAINANT, issue),
        may_grant=may_grant,
        given=clearances.clearances_of(issue) if may_grant else [],
        fields=fields_of(issue, refusal if opening is None else None) if may_grant else [],
        opening=opening,
        reason=drawing.drawn((OPENING,), refusal)["reason"],
        errors=errors,
    )


def called(issue: Issue, refusal: Refusal | None) -> dict[str, Any]:
    """What the page shows of call-backs: the calls, the acts they propose, the fields of one."""
    person, rows = actor(), callbacks.rows_of(issue)
    may_call = callbacks.may_record(issue, person)
    why_not = callbacks.hindrance(issue)
    current = {"on": clock.today().isoformat()}
    is_drawn = may_call and not why_not
    fields = bounded(CALLBACK, {"on": callbacks.days_of(issue, clock.today())}) if is_drawn else ()
    return {
        "calls": rows,
        "proposals": {row.id: act for row in rows if row.proposal
                    if may(person, act := callbacks.ACT_OF[row.proposal], issue)},
        "may_call": may_call,
        "why_no_call": why_not,
        "call_fields": drawing.drawn(fields, refusal, current).values() if is_drawn else [],
    }  # fmt: skip


@blueprint.post("/issues/<number>/originals")
@with_issue(Right.WRITE_COMPLAINANT)
def put(issue: Issue) -> ResponseReturnValue:
    """The bytes are proven and kept before the transaction."""
    number = issue.number
    originals.refuse_unless_writer(issue, actor())
    sent = forms.files("file")
    try:
        proven = [sending.proven_sealed(one.stream, one.filename or "", issue) for one in sent]
    except sending.NotTaken as refused:
        return make_response(page(number=number, refusal=refused), refused.status)
    return _put(number=number, proven=proven)


@acting(lambda refusal, number, **_: page(number=number, refusal=refusal))
def _put(number: str, proven: list[Proven]) -> ResponseReturnValue:
    if not proven:
        raise Incomplete({"file": ["请选择信访件原件"]})
    issue = load(number, actor(), for_change=True)
    for one in proven:
        originals.add(issue, actor(), one, at=clock.now())
    flash(f"已封存信访件原件{len(proven)}份。", "success")
    return redirect(url_for(".page", number=number), SEE_OTHER)


@blueprint.post("/issues/<number>/originals/<int:original_id>/open")
@with_issue()
def opened(issue: Issue, original_id: int) -> ResponseReturnValue:
    """The bytes as they came, after the look was written down."""
    number = issue.number
    try:
        with transaction():
            fresh = load(number, actor(), for_change=True)
            reason = forms.worded((OPENING,))["reason"]
            row = originals.view(fresh, actor(), original_id, reason, at=clock.now())
            return sealed_original_of(row)
    except Incomplete as refused:
        return drawn(load(number, actor()), refused, original_id), refused.status


@blueprint.post("/issues/<number>/originals/complainant")
@with_issue()
def show(issue: Issue) -> ResponseReturnValue:
    """Who complained, on this one answer, after the look was written down."""
    number = issue.number
    originals.refuse_unless_known(issue, actor())
    try:
        with transaction():
            fresh = load(number, actor(), for_change=True)
            reason = forms.worded((OPENING,))["reason"]
            told = callbacks.opened(fresh, actor(), reason, clock.now())
    except Incomplete as refused:
        return drawn(load(number, actor()), refused, COMPLAINANT), refused.status
    answer: Response = make_response(drawn(load(number, actor()), told=told))
    answer.headers["Cache-Control"] = "no-store"
    return answer
