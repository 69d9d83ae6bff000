"""Registering a problem: an empty form, or what an inspector found on a covert visit."""

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
from issues.likeness.scoring import Facts, Point
from issues.models import CovertNote
from issues.queries.ticket.entering import Entering, beside, likely
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

COVERT = "covert"
SEEN = "alike"
"""The numbers of the likely same that the form was shown with."""
LOOK = "look"
"""Sent by the page while it is filled: nothing is entered, what it is like is answered."""


class _Likely(Incomplete):
    """Nothing is wrong: it may be one that is here already, which the person has not been shown."""

    def __init__(self, entering: Entering) -> None:
        super().__init__({}, "这个问题可能已经登记，尚未登记为新事项。")
        self.entering = entering


@blueprint.get("/issues/new")
@requires(Action.REGISTER)
def new() -> ResponseReturnValue:
    """Empty, or with what an inspector found on a covert visit."""
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


@blueprint.post("/issues/new")
@requires(Action.REGISTER)
def register() -> ResponseReturnValue:
    fields = fields_of(Action.REGISTER)
    said = forms.typed(fields)
    if forms.carried(LOOK):
        found = beside(_facts(said), actor())
        return render_template("ticket/similar/_entering.html", entering=found)
    given = act_form.detail(Action.REGISTER, fields, said, {})
    further = {COVERT: forms.carried(COVERT)} if forms.carried(COVERT) else {}

    def do() -> str:
        issue = acts.register(actor(), given)
        entering = likely(issue, actor())
        if {one.number for one in entering.found} - set(forms.marked(SEEN)):
            raise _Likely(entering)
        note = _note(forms.carried(COVERT))
        if note is not None:
            covert.carry(note, issue, actor(), clock.now())
        flash(f"已登记，编号{issue.number}，现为草稿；内容齐全后由市环委办交办。", "success")
        return url_for("ticket.page", number=issue.number)

    try:
        return redirect(once_only(do, ADDRESS), SEE_OTHER)
    except (Incomplete, FormReused) as refused:
        lead_back(refused)
        entering = refused.entering if isinstance(refused, _Likely) else None
        return sheet(Action.REGISTER, None, said, refused, further, entering)


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
