"""Planned and done look-backs. Units never see them."""

from typing import Any

from flask import Blueprint, Response

from issues.api.door import sent
from issues.api.door.answers import after, limit, page
from issues.api.door.values import day
from issues.api.openapi.described import describes, listed
from issues.api.openapi.words import listing, ref
from issues.models import Lookback
from issues.queries.admin.catalogue import lookbacks
from issues.rights.table import Right
from issues.web.door.guards import actor, requires

blueprint = Blueprint("lookbacks", __name__)

QUERY = listed({"due_before": ("date", "计划日期不晚于这天")})


@blueprint.get("/lookbacks")
@describes("回头看", "回头看计划和结果", answer=listing(ref("Lookback")), query=QUERY)
@requires(Right.LOOKBACKS)
def index() -> Response:
    sent.refuse_unknown(QUERY)
    begin = after()
    found = lookbacks(actor(), sent.day_of("due_before"), begin=begin, size=limit())
    following = begin + len(found.rows)
    more = following if following < found.total else None
    return page([_shape(row) for row in found.rows], more, found.total)


def _shape(row: Lookback) -> dict[str, Any]:
    return {
        "number": row.issue.number,
        "planned_on": day(row.planned_on),
        "why": row.why,
        "done_on": day(row.done_on),
        "result": row.result and row.result.value,
    }
