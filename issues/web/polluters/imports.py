"""Pollution sources by workbook: the sample, the upload, what would come of it, the confirming."""

from flask import Blueprint, Response, current_app, flash, redirect
from flask.typing import ResponseReturnValue

from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.queries.admin.rosters import region_names
from issues.rights.table import Right
from issues.rosters import kept
from issues.rosters.samples import sample
from issues.vocabulary import RosterKind
from issues.web.door import forms
from issues.web.door.guards import acting, actor, requires
from issues.web.door.turns import builds_file
from issues.web.rosters import drawn
from issues.web.rosters.roster_xlsx import marked_of, sent

blueprint = Blueprint("polluter_import", __name__, url_prefix="/polluters/import")
KIND = RosterKind.POLLUTERS


@blueprint.get("")
@requires(Right.KEEP_POLLUTERS)
def start() -> str:
    return drawn.start(KIND)


@blueprint.post("")
@requires(Right.KEEP_POLLUTERS)
@builds_file
def upload() -> ResponseReturnValue:
    return drawn.take(KIND)


def _again(roster_id: int, refusal: Refusal | None = None) -> str:
    return drawn.show(KIND, roster_id, refusal)


@blueprint.get("/<int:roster_id>")
@requires(Right.KEEP_POLLUTERS)
def show(roster_id: int) -> str:
    return _again(roster_id)


@blueprint.post("/<int:roster_id>")
@requires(Right.KEEP_POLLUTERS)
@acting(_again)
def confirm(roster_id: int) -> ResponseReturnValue:
    row = kept.load(KIND, roster_id, for_change=True)
    reason = forms.worded((drawn.REASON,))["reason"]
    outcome = kept.confirm(row, current_app.extensions["evidence"], actor(), reason, clock.now())
    flash(f"已导入：{outcome.in_words(kept.COUNTED[KIND])}", "success")
    return redirect(drawn.at(drawn.SHOWN, KIND, roster_id), 303)


@blueprint.get("/sample.xlsx")
@requires(Right.KEEP_POLLUTERS)
def sample_xlsx() -> Response:
    return sent(sample(KIND, {"region": region_names()}), "污染源样表")


@blueprint.get("/<int:roster_id>/errors.xlsx")
@requires(Right.KEEP_POLLUTERS)
@builds_file
def marked(roster_id: int) -> Response:
    return marked_of(KIND, roster_id)
