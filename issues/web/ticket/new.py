"""Registering a problem: an empty form, what an inspector found on a covert visit, or a lead."""

from math import isfinite
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from issues import acts
from issues.act_fields import fields_of
from issues.ground import clock
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.refusals import Incomplete, NotFound
from issues.leads import triage
from issues.likeness.scoring import Facts, Point
from issues.models import CovertNote, Lead
from issues.queries.likeness.entering import beside, likely
from issues.rights.table import Right, holds
from issues.supervision import covert
from issues.vocabulary import Action
from issues.web.door import forms
from issues.web.door.guards import actor, requires
from issues.web.door.once import ADDRESS, SEE_OTHER, FormReused, lead_back, once_only
from issues.web.ticket import (
    form as act_form,
)
from issues.web.ticket.sheet import sheet

blueprint = Blueprint("new", __name__)

COVERT, LEAD = "covert", "lead"
LOOK = "look"
"""Sent by the page while it is filled: nothing is entered, what it is like is answered."""


@blueprint.get("/issues/new")
@requires(Action.REGISTER)
def new() -> ResponseReturnValue:
    """Empty, or with what an inspector found on a covert visit, or with a lead."""
    lead = _lead(request.args.get(LEAD, ""))
    if lead is not None:
        said = forms.typed(fields_of(Action.REGISTER), MultiDict(triage.said_of(lead)))
        return sheet(Action.REGISTER, None, said, further={LEAD: lead.id})
    note = _note(request.args.get(COVERT, ""))
    if note is None:
        return sheet(Action.REGISTER, None)
    said = forms.typed(fields_of(Action.REGISTER), MultiDict(covert.said_of(note)))
    return sheet(Action.REGISTER, None, said, further={COVERT: note.id})


def _note(raw: str) -> CovertNote | None:
    """The covert note that is to become this ticket. Raises NotFound."""
    if not raw:
        return None
    note_id = whole(raw, 1, LARGEST_ID)
    if note_id is None or not holds(actor(), Right.WRITE_COVERT):
        raise NotFound
    return covert.find(note_id, actor())


def _lead(raw: str) -> Lead | None:
    """The lead that is to become this ticket. Raises NotFound, NotAllowed, WrongStatus."""
    if not raw:
        return None
    lead_id = whole(raw, 1, LARGEST_ID)
    if lead_id is None:
        raise NotFound
    lead = triage.find(lead_id, actor())
    triage.refuse_unless_new(lead, actor())
    return lead


@blueprint.post("/issues/new")
@requires(Action.REGISTER)
def register() -> ResponseReturnValue:
    fields = fields_of(Action.REGISTER)
    said = forms.typed(fields)
    if forms.carried(LOOK):
        found = beside(_facts(said), actor())
        return render_template("ticket/similar/_entering.html", entering=found)
    given = act_form.detail(Action.REGISTER, fields, said, {})
    near = likely(_facts(said), actor())[:1]
    further = {name: forms.carried(name) for name in (COVERT, LEAD) if forms.carried(name)}

    def do() -> str:
        issue = acts.register(actor(), given)
        note = _note(forms.carried(COVERT))
        if note is not None:
            covert.carry(note, issue, actor(), clock.now())
        lead = _lead(forms.carried(LEAD))
        if lead is not None:
            triage.become(lead.id, issue, actor(), clock.now())
        flash(f"已登记，编号{issue.number}，现为草稿；内容齐全后由市环委办交办。", "success")
        for one in near:
            flash(
                f"{one.level}：{one.number}（{one.why}），请在“可能的同一问题和关联”中核对。",
                "warning",
            )
        return url_for("ticket.page", number=issue.number)

    try:
        return redirect(once_only(do, ADDRESS), SEE_OTHER)
    except (Incomplete, FormReused) as refused:
        lead_back(refused)
        return sheet(Action.REGISTER, None, said, refused, further)


def _facts(said: dict[str, Any]) -> Facts:
    """Of a form half filled: what does not make sense yet is left out."""
    lon, lat = _figure(said["lon"]), _figure(said["lat"])
    point: Point | None = None if lon is None or lat is None else (lon, lat)
    return Facts(said["problem"], said["region"], point, said["subject_firm"])


def _figure(raw: str) -> float | None:
    try:
        value = float(raw)
    except ValueError:
        return None
    return value if isfinite(value) else None
