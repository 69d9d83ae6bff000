"""Keepers by workbook: the sample, the upload, what would come of it, the confirming."""

from flask import Blueprint, Response, current_app, flash, redirect
from flask.typing import ResponseReturnValue

from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.rights.table import Right
from issues.rosters import kept
from issues.rosters.samples import sample
from issues.vocabulary import RosterKind
from issues.web.door import forms
from issues.web.door.guards import acting, actor, requires
from issues.web.door.turns import builds_file
from issues.web.rosters import drawn
from issues.web.rosters.roster_xlsx import marked_of, sent

blueprint = Blueprint("keeper_import", __name__, url_prefix="/keepers/import")
KIND = RosterKind.KEEPERS


@blueprint.get("")
@requires(Right.IMPORT_KEEPERS)
def start() -> str:
    return drawn.start(KIND)


@blueprint.post("")
@requires(Right.IMPORT_KEEPERS)
@builds_file
def upload() -> ResponseReturnValue:
    return drawn.take(KIND)


def _again(keepers_id: int, refusal: Refusal | None = None) -> str:
    return drawn.show(KIND, keepers_id, refusal)


@blueprint.get("/<int:keepers_id>")
@requires(Right.IMPORT_KEEPERS)
def show(keepers_id: int) -> str:
    return _again(keepers_id)


@blueprint.post("/<int:keepers_id>")
@requires(Right.IMPORT_KEEPERS)
@acting(_again)
def confirm(keepers_id: int) -> ResponseReturnValue:
    row = kept.load(KIND, keepers_id, for_change=True)
    reason = forms.worded((drawn.REASON,))["reason"]
    outcome = kept.confirm(row, current_app.extensions["evidence"], actor(), reason, clock.now())
    flash(f"已导入：{outcome.in_words(kept.COUNTED[KIND])}", "success")
    return redirect(drawn.at(drawn.SHOWN, KIND, keepers_id), 303)


@blueprint.get("/sample.xlsx")
@requires(Right.IMPORT_KEEPERS)
def sample_xlsx() -> Response:
    return sent(sample(KIND, {}), "包保样表")


@blueprint.get("/<int:keepers_id>/errors.xlsx")
@requires(Right.IMPORT_KEEPERS)
@builds_file
def marked(keepers_id: int) -> Response:
    return marked_of(KIND, keepers_id)
