"""Leads by workbook: the sample, the upload, what would come of it, the confirming."""

from flask import Blueprint, Response, current_app, flash, redirect
from flask.typing import ResponseReturnValue

from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.queries.admin.rosters import region_names
from issues.rights.table import Right
from issues.rosters import kept
from issues.rosters.samples import sample
from issues.vocabulary import RosterKind
from issues.web.door.guards import acting, actor, requires
from issues.web.door.turns import builds_file
from issues.web.rosters import drawn
from issues.web.rosters.roster_xlsx import marked_of, sent

blueprint = Blueprint("lead_import", __name__, url_prefix="/leads/import")
KIND = RosterKind.LEADS


@blueprint.get("")
@requires(Right.TRIAGE_LEADS)
def start() -> str:
    return drawn.start(KIND)


@blueprint.post("")
@requires(Right.TRIAGE_LEADS)
@builds_file
def upload() -> ResponseReturnValue:
    return drawn.take(KIND)


def _again(leads_id: int, refusal: Refusal | None = None) -> str:
    return drawn.show(KIND, leads_id, refusal)


@blueprint.get("/<int:leads_id>")
@requires(Right.TRIAGE_LEADS)
def show(leads_id: int) -> str:
    return _again(leads_id)


@blueprint.post("/<int:leads_id>")
@requires(Right.TRIAGE_LEADS)
@acting(_again)
def confirm(leads_id: int) -> ResponseReturnValue:
    row = kept.load(KIND, leads_id, for_change=True)
    outcome = kept.confirm(row, current_app.extensions["evidence"], actor(), "", clock.now())
    flash(f"已导入：{outcome.in_words(kept.COUNTED[KIND])}", "success")
    return redirect(drawn.at(drawn.SHOWN, KIND, leads_id), 303)


@blueprint.get("/sample.xlsx")
@requires(Right.TRIAGE_LEADS)
def sample_xlsx() -> Response:
    return sent(sample(KIND, {"region": region_names()}), "线索样表")


@blueprint.get("/<int:leads_id>/errors.xlsx")
@requires(Right.TRIAGE_LEADS)
@builds_file
def marked(leads_id: int) -> Response:
    return marked_of(KIND, leads_id)
