"""Rows of a waiting workbook that may be a ticket of the register: answered by row, or at once."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from issues.exchange import uploads
from issues.exchange.asking_alike.answers import kept, settled
from issues.exchange.reading.profile import ProfileError
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.refusals import Incomplete, Refusal
from issues.rights.table import Right
from issues.web.door import forms
from issues.web.door.guards import acting, requires
from issues.web.exchange.alike_panel import REST, field_of
from issues.web.exchange.arriving import waiting
from issues.web.exchange.import_preview import draw, shown_as

blueprint = Blueprint("alike_in_import", __name__)


def _again(refusal: Refusal, upload_id: int) -> str:
    return draw(uploads.load(upload_id), refusal)


@blueprint.post("/issues/import/<int:upload_id>/alike")
@requires(Right.IMPORT)
@acting(_again)
def put(upload_id: int) -> ResponseReturnValue:
    """What is left empty is open again; `rest` is said of all that are open, on any page."""
    row = waiting(upload_id)
    told = row.report["profile"]
    questions = shown_as(row).alike
    places = {whole(one, 1, LARGEST_ID) for one in forms.marked("rows")}
    shown = [one for one in questions if one.row in places]
    said = forms.read([*map(field_of, shown), REST])
    given = {one.row: said[one.field] or "" for one in shown}
    answers = settled(questions, given, said[REST.name] or "")
    try:
        uploads.set_profile(row, kept(told, answers))
    except ProfileError as wrong:
        raise Incomplete({}, wrong.sentence) from None
    left = len(questions) - len(answers)
    flash(f"已记下{len(answers)}行的答复" + (f"，还有{left}行待答复" if left else ""), "success")
    return redirect(url_for("exchange.show", upload_id=upload_id), 303)
