"""The bodies that can answer for a ticket."""

from flask import Blueprint, Response

from auth.models import Unit
from issues.api.door import sent
from issues.api.door.answers import cut
from issues.api.openapi.described import describes, listed
from issues.api.openapi.words import listing, ref
from issues.queries.admin.catalogue import units
from issues.web.door.guards import signed_in

blueprint = Blueprint("units", __name__)


@blueprint.get("/units")
@describes("单位", "全部单位", answer=listing(ref("Unit")), query=listed())
@signed_in
def index() -> Response:
    sent.refuse_unknown(listed())
    return cut(units(), _shape)


def _shape(unit: Unit) -> dict[str, str]:
    names = ("code", "name", "short_name", "kind", "region")
    return {name: getattr(unit, name) for name in names}
