"""The board of a day as figures."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, request

from issues.api.door import sent
from issues.api.door.answers import after, limit
from issues.api.door.values import moment
from issues.api.openapi.described import describes, listed
from issues.api.openapi.words import ref
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.queries.board import changes as differences
from issues.queries.board.changes import Turned
from issues.queries.board.page import FARTHEST, GROUPINGS, WITHIN, compared_day, document
from issues.queries.ground.remembered import moment as now, tag
from issues.rights.table import Right
from issues.web.door.guards import actor, requires

blueprint = Blueprint("board", __name__)

QUERY = {
    "on": ("date", "哪一天,不填为今天"),
    "compare": ("date", "与哪一天对比"),
    "within": ("integer", f"多少天内将变色,不填为{WITHIN}"),
    "by": ("string", "分组:unit region source"),
}

DAYS = {
    "on": ("date", "到哪一天,不填为今天;今天以后为预测"),
    "compare": ("date", "从哪一天,不填为上次调度日,没有调度时为30天前"),
}


@blueprint.get("/board")
@describes("看板", "某一天的看板", answer=ref("Board"), query=QUERY)
@requires(Right.BOARD)
def show() -> Response:
    sent.refuse_unknown(QUERY)
    by = request.args.get("by", "").strip() or "unit"
    if by not in GROUPINGS:
        raise Incomplete({"by": [f"应是下列之一:{'、'.join(GROUPINGS)}"]})
    asked = {
        "on": sent.day_of("on"),
        "compare": sent.day_of("compare"),
        "within": sent.number_of("within", WITHIN, most=FARTHEST),
        "by": by,
    }
    etag = tag(actor(), now(), clock.today(), *asked.values())
    if request.if_none_match.contains_weak(etag):
        answer = make_response("", HTTPStatus.NOT_MODIFIED)
    else:
        answer = jsonify(document(actor(), clock.today(), moment(clock.now()), **asked))
    answer.set_etag(etag, weak=True)
    return answer


@blueprint.get("/board/changes")
@describes("看板", "两日之间哪些事项变了颜色,为什么", answer=ref("Changes"), query=listed(DAYS))
@requires(Right.BOARD)
def changes() -> Response:
    sent.refuse_unknown(listed(DAYS))
    today = clock.today()
    on = sent.day_of("on") or today
    since = sent.day_of("compare") or compared_day(on)
    pairs = differences.counted(actor(), since, on, today)
    total, start, most = sum(count for *_, count in pairs), after(), limit()
    found = differences.turned(actor(), since, on, today, start, most)
    return jsonify(
        on=on.isoformat(),
        compare=since.isoformat(),
        pairs=[{"from": one, "to": other, "count": count} for one, other, count in pairs],
        items=[_turned(one) for one in found],
        next=str(start + most) if start + most < total else None,
        total=total,
    )


def _turned(one: Turned) -> dict[str, Any]:
    return {
        "number": one.number,
        "title": one.title,
        "unit": one.code,
        "from": one.before,
        "to": one.after,
        "rules": list(one.rules),
        "why": list(one.why),
    }
