"""The form of a new lead: what was seen, with its pictures."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues.evidence import rows as keeping
from issues.ground import clock
from issues.ground.refusals import Incomplete, Refusal
from issues.leads import taking
from issues.leads.fields import FORM
from issues.rights.table import Right, holds
from issues.web.door import forms
from issues.web.door.drawing import draw
from issues.web.door.files import staged
from issues.web.door.guards import acting, actor, requires
from issues.web.door.once import form_key

blueprint = Blueprint("lead_form", __name__)

FILE = "pictures"
PHOTOS = (".jpg", ".jpeg", ".jfif", ".png", ".heic", ".heif", ".webp", ".mp4", ".pdf")


@blueprint.get("/leads/new")
@requires(Right.REPORT_LEAD)
def new() -> str:
    return _form()


def _form(refusal: Refusal | None = None) -> str:
    said = forms.typed(FORM)
    if refusal is None:
        said |= {"at": f"{clock.local(clock.now()):%Y-%m-%dT%H:%M}"}
    errors = refusal.errors if refusal else {}
    drawn = draw(FORM, None, actor(), said, errors)
    return render_template(
        "leads/new.html",
        fields=drawn,
        accept=",".join(PHOTOS),
        errors=errors,
        labels={one.name: one.label for one in drawn} | {FILE: "图片"},
        key=form_key(),
        sees_all=holds(actor(), Right.SEE_LEADS),
    )


@blueprint.post("/leads/new")
@requires(Right.REPORT_LEAD)
def report() -> ResponseReturnValue:
    """The lead and its pictures together, or neither; the bytes are kept before the transaction."""
    try:
        return _report(proven=_proven())
    except Incomplete as refused:
        return _form(refused), refused.status


@acting(lambda refusal, **_: _form(refusal))
def _report(proven: list[keeping.Proven]) -> ResponseReturnValue:
    taken = taking.take(actor(), forms.given(FORM), proven, clock.now())
    if taken.is_new:
        flash("线索已报送，由市环委办经办或督察员研判。", "success")
    else:
        flash("这个来源的这一编号已经报送过，以下是先前的线索；本次未写入。", "warning")
    return redirect(url_for("leads.page", lead_id=taken.lead.id), 303)


def _proven() -> list[keeping.Proven]:
    """Every sent file, proven and kept. Raises Incomplete at the first that is refused."""
    return staged.proven(FILE)
