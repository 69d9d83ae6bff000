"""Originals of complaints: sealed at once, opened by the cleared with a reason each time."""

from dataclasses import replace

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from extensions import transaction
from issues.act_fields import CLEARANCE, Field
from issues.evidence import complainants, sealed as originals
from issues.evidence.rows import Proven
from issues.ground import clock
from issues.ground.refusals import Incomplete, Refusal
from issues.models import Issue
from issues.queries.evidence.files import written_size
from issues.rights.table import Right, may
from issues.web.account.proof import proven
from issues.web.door import drawing, forms, uploads as sending
from issues.web.door.guards import acting, actor, with_issue
from issues.web.evidence.files import original_of
from issues.workflow import load

blueprint = Blueprint("complaint_originals", __name__)
SEE_OTHER = 303
GRANT = tuple(replace(field, limit=500) for field in CLEARANCE)
OPENING = Field("reason", "text", "打开的理由", limit=200)


@blueprint.get("/issues/<number>/originals")
@with_issue()
def page(issue: Issue, refusal: Refusal | None = None) -> str:
    return _drawn(issue, refusal)


def _drawn(issue: Issue, refusal: Refusal | None = None, opening: int | None = None) -> str:
    """`opening` is the original whose opening was refused."""
    person = actor()
    originals.refuse_unless_known(issue, person)
    errors = dict(refusal.errors) if refusal else {}
    if opening is not None:
        errors = {f"reason-{opening}": said for said in errors.values()}
    may_grant = may(person, Right.GRANT_CLEARANCE, issue)
    return render_template(
        "evidence/originals.html",
        issue=issue,
        rows=originals.rows_of(issue),
        written_size=written_size,
        is_cleared=complainants.is_cleared(person),
        may_write=may(person, Right.WRITE_COMPLAINANT, issue),
        fields=_clearance(refusal if opening is None else None) if may_grant else [],
        opening=opening,
        reason=drawing.drawn((OPENING,), refusal)["reason"],
        errors=errors,
    )


def _clearance(refusal: Refusal | None) -> list[drawing.Drawn]:
    """The fields of the head's word, with everybody whom it may be said of."""
    everybody = {"user": originals.clearable()}
    return list(drawing.drawn(GRANT, refusal, choices=everybody).values())


@blueprint.post("/issues/<number>/originals")
@with_issue(Right.WRITE_COMPLAINANT)
def put(issue: Issue) -> ResponseReturnValue:
    """The bytes are proven and kept before the transaction."""
    number = issue.number
    originals.refuse_unless_writer(issue, actor())
    sent = forms.files("file")
    try:
        proven = [sending.proven(file.stream, file.filename or "") for file in sent]
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
            return original_of(row)
    except Incomplete as refused:
        return _drawn(load(number, actor()), refused, original_id), refused.status


@blueprint.post("/issues/<number>/originals/clearance")
@with_issue(Right.GRANT_CLEARANCE)
@proven
@acting(lambda refusal, issue: page(number=issue.number, refusal=refusal))
def grant(issue: Issue) -> ResponseReturnValue:
    given = forms.read(GRANT)
    complainants.grant(issue, actor(), given["user"], given["reason"], given["until"], clock.now())
    flash(f"已授权{given['user'].display_name}查看至{given['until']}。", "success")
    return redirect(url_for(".page", number=issue.number), SEE_OTHER)
