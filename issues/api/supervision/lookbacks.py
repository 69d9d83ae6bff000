"""Planned and done look-backs. Units never see them."""

from flask import Blueprint, Response

from issues.api.door import sent
from issues.api.door.answers import after, limit, page
from issues.api.openapi.components import Listing
from issues.api.openapi.described import describes, listed
from issues.api.supervision.shapes import Lookback
from issues.queries.admin.catalogue import lookbacks
from issues.rights.table import Right
from issues.web.door.guards import actor, requires

blueprint = Blueprint("lookbacks", __name__)

QUERY = listed({"due_before": ("date", "计划日期不晚于这天")})


@blueprint.get("/lookbacks")
@describes("回头看", "回头看计划和结果", answer=Listing(Lookback), query=QUERY)
@requires(Right.LOOKBACKS)
def index() -> Response:
    sent.refuse_unknown(QUERY)
    begin = after()
    found = lookbacks(actor(), sent.day_of("due_before"), begin=begin, size=limit())
    following = begin + len(found.rows)
    more = following if following < found.total else None
    rows = [Lookback.of(row, number=row.issue.number) for row in found.rows]
    return page(rows, more, found.total)
