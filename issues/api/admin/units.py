"""The bodies that can answer for a ticket."""

from flask import Blueprint, Response

from auth.models import Unit as Row
from issues.api.admin.shapes import Unit
from issues.api.door import sent
from issues.api.door.answers import cut
from issues.api.openapi.components import Listing
from issues.api.openapi.described import describes, listed
from issues.ground import clock
from issues.queries.admin.catalogue import units
from issues.queries.admin.heirs import heirs
from issues.web.door.guards import signed_in

blueprint = Blueprint("units", __name__)


@blueprint.get("/units")
@describes("单位", "全部单位", answer=Listing(Unit), query=listed())
@signed_in
def index() -> Response:
    sent.refuse_unknown(listed())
    known = heirs()
    return cut(units(), lambda unit: _shape(unit, known.get(unit.code, [])))


def _shape(unit: Row, successors: list[str]) -> Unit:
    ended = clock.day_of(unit.ended_at) if unit.ended_at else None
    return Unit.of(unit, ended=ended, successors=successors)
