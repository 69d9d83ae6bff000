"""The board of a day as figures."""

from flask import Blueprint, Response, jsonify, request

from issues import clock
from issues.api import sent
from issues.api.described import describes
from issues.api.schema import ref
from issues.api.values import moment
from issues.permissions import Right
from issues.queries.board import FARTHEST, GROUPINGS, WITHIN, document
from issues.refusals import Incomplete
from issues.web.guards import actor, requires

blueprint = Blueprint("board", __name__)

QUERY = {
    "on": ("date", "哪一天,不填为今天"),
    "compare": ("date", "与哪一天对比"),
    "within": ("integer", f"多少天内将变色,不填为{WITHIN}"),
    "by": ("string", "分组:unit region source"),
}


@blueprint.get("/board")
@describes("看板", "某一天的看板", answer=ref("Board"), query=QUERY)
@requires(Right.BOARD)
def show() -> Response:
    sent.refuse_unknown(QUERY)
    by = request.args.get("by", "").strip() or "unit"
    if by not in GROUPINGS:
        raise Incomplete({"by": [f"应是下列之一:{'、'.join(GROUPINGS)}"]})
    return jsonify(
        document(
            actor(),
            clock.today(),
            moment(clock.now()),
            on=sent.day_of("on"),
            compare=sent.day_of("compare"),
            within=sent.number_of("within", WITHIN, most=FARTHEST),
            by=by,
        )
    )
