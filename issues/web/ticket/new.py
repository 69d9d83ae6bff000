"""Registering a problem: an empty form, or what an inspector found on a covert visit."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from issues import acts
from issues.act_fields import fields_of
from issues.ground import clock
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.refusals import Incomplete, NotFound
from issues.models import CovertNote
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
    given = act_form.detail(Action.REGISTER, fields, said, {})
    further = {COVERT: forms.carried(COVERT)} if forms.carried(COVERT) else {}

    def do() -> str:
        issue = acts.register(actor(), given)
        note = _note(forms.carried(COVERT))
        if note is not None:
            covert.carry(note, issue, actor(), clock.now())
        flash(f"已登记，编号{issue.number}，现为草稿；内容齐全后由市环委办交办。", "success")
        return url_for("ticket.page", number=issue.number)

    try:
        return redirect(once_only(do, ADDRESS), SEE_OTHER)
    except (Incomplete, FormReused) as refused:
        lead_back(refused)
        return sheet(Action.REGISTER, None, said, refused, further)
