"""The letters' figures by round and county, as the page shows them."""

from flask import Blueprint, Response

from issues.api.complaints.shapes import LetterFigures
from issues.api.door import sent
from issues.api.door.answers import page
from issues.api.openapi.components import Listing
from issues.api.openapi.described import describes
from issues.queries.complaints.figures import counted
from issues.rights.table import Right
from issues.web.door.guards import actor, requires

blueprint = Blueprint("complaints", __name__)


@blueprint.get("/complaints")
@describes("信访件", "信访件办理情况，按轮次和行政区域", answer=Listing(LetterFigures))
@requires(Right.VIEW)
def index() -> Response:
    sent.refuse_unknown({})
    rows = [
        LetterFigures.of(one.figures, round=one.round, region=one.region, name=one.name,
                         fine=float(one.figures.fine))
        for one in counted(actor())
    ]  # fmt: skip
    return page(rows, None, len(rows))
