"""The board of a day as figures."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, make_response, request

from issues.api.board import shapes
from issues.api.door import sent
from issues.api.door.answers import after, limit, shaped
from issues.api.openapi.described import describes, listed
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.queries.board import changes as differences
from issues.queries.board.changes import Turned
from issues.queries.board.page import FARTHEST, GROUPINGS, WITHIN, Plain, compared_day, plain
from issues.queries.board.tally import Group
from issues.queries.ground.remembered import moment as now, tag
from issues.queries.register.filters import SEEN
from issues.rights.table import Right
from issues.supervision.campaigns import Campaign
from issues.web.door.guards import actor, requires

blueprint = Blueprint("board", __name__)

SAW = ("string", "填 1：以前各日按当日所见，不含导入时补记的颜色")
QUERY = {
    "on": ("date", "哪一天，不填为今天"),
    "compare": ("date", "与哪一天对比"),
    "within": ("integer", f"多少天内将变色，不填为{WITHIN}"),
    "by": ("string", "分组：unit region source"),
    "seen": SAW,
}

DAYS = {
    "on": ("date", "到哪一天，不填为今天；今天以后为预测"),
    "compare": ("date", "从哪一天，不填为上次调度日，没有调度时为30天前"),
    "seen": SAW,
}


@blueprint.get("/board")
@describes("看板", "某一天的看板", answer=shapes.Board, query=QUERY)
@requires(Right.BOARD)
def show() -> Response:
    sent.refuse_unknown(QUERY)
    by = request.args.get("by", "").strip() or "unit"
    if by not in GROUPINGS:
        raise Incomplete({"by": [f"应是下列之一：{'、'.join(GROUPINGS)}"]})
    asked: dict[str, Any] = {
        "on": sent.day_of("on"),
        "compare": sent.day_of("compare"),
        "within": sent.number_of("within", WITHIN, most=FARTHEST),
        "by": by,
        "is_seen": _is_seen(),
    }
    etag = tag(actor(), now(), clock.today(), *asked.values())
    if request.if_none_match.contains_weak(etag):
        answer = make_response("", HTTPStatus.NOT_MODIFIED)
    else:
        answer = shaped(_board(plain(actor(), clock.today(), **asked)))
    answer.set_etag(etag, weak=True)
    return answer


@blueprint.get("/board/changes")
@describes("看板", "两日之间哪些事项变了颜色，为什么", answer=shapes.Changes, query=listed(DAYS))
@requires(Right.BOARD)
def changes() -> Response:
    sent.refuse_unknown(listed(DAYS))
    today = clock.today()
    on = sent.day_of("on") or today
    since = sent.day_of("compare") or compared_day(on)
    days = differences.days_of(since, on, today, is_seen=_is_seen())
    pairs = differences.counted(actor(), days)
    total, start, most = sum(count for *_, count in pairs), after(), limit()
    found = differences.turned(actor(), days, start, most)
    told = shapes.Changes(
        on=on,
        compare=since,
        pairs=[shapes.Pair(from_=one, to=other, count=count) for one, other, count in pairs],
        items=[_turned(one) for one in found],
        next=str(start + most) if start + most < total else None,
        total=total,
    )
    return shaped(told)


def _is_seen() -> bool:
    said = request.args.get("seen", "").strip()
    if said not in ("", SEEN):
        raise Incomplete({"seen": [f"只能填 {SEEN} 或不填"]})
    return said == SEEN


def _board(one: Plain) -> shapes.Board:
    cards, then = one.cards, one.then
    return shapes.Board.of(
        one.total,
        on=one.on,
        as_of=clock.now(),
        policy=one.policy,
        groups=[shapes.Line.of(line.now, key=line.key, name=line.name) for line in one.groups],
        cards=None if cards is None else [_carded(*row) for row in cards.items()],
        campaign=_campaign(one.campaign, one.progress),
        effects=shapes.Effects(**one.effects),
        turning=[shapes.Turn.of(turn) for turn in one.turning],
        compare=shapes.Compared.of(then, on=one.compare) if then else None,
    )


def _campaign(campaign: Campaign | None, progress: Group | None) -> shapes.Campaign | None:
    if campaign is None or progress is None:
        return None
    return shapes.Campaign.of(progress.now, name=campaign.name, asked=campaign.asked)


def _carded(key: str, counted: Mapping[str, int]) -> shapes.Cards:
    return shapes.Cards(key=key, red=counted["red"], yellow=counted["yellow"])


def _turned(one: Turned) -> shapes.Turned:
    return shapes.Turned.of(one, unit=one.code, from_=one.before, to=one.after)
