"""Assessment rounds: opened and decided by the office, closed by the head."""

from typing import Any

from flask import Blueprint, Response, url_for
from sqlalchemy import select

from extensions import db
from issues import rounds
from issues.act_fields import Field
from issues.act_fields.details import read_details
from issues.api.door import sent
from issues.api.door.answers import acting, cut, shaped
from issues.api.openapi import bodies
from issues.api.openapi.components import Listing
from issues.api.openapi.described import describes, listed
from issues.api.supervision import shapes
from issues.ground import clock
from issues.ground.refusals import NotFound, WrongStatus
from issues.models import AssessmentRound, RoundItem
from issues.rights.table import Right
from issues.scores import booking
from issues.vocabulary import CARDS, RoundAct, WorkKind
from issues.web.account.proof import require_fresh
from issues.web.door.guards import actor, requires
from issues.works import asking

blueprint = Blueprint("rounds", __name__)

TAG = "调度"
OPENING = (Field("on", "date", "调度日期", required=False),)
_NUMBER = Field("number", "text", "事项编号", limit=32)
_REASON = Field("reason", "long_text", "理由")
FIELDS = {
    RoundAct.CONFIRM: (_NUMBER,),
    RoundAct.TAKE_BACK: (_NUMBER,),
    RoundAct.HOLD: (_NUMBER, _REASON),
    RoundAct.RAISE: (
        _NUMBER,
        Field("colour", "choice", "牌色", choices=tuple((c.value, c.label) for c in CARDS)),
        _REASON,
        Field("unable", "flag", "认定无法按期完成", required=False),
    ),
}


@blueprint.get("/rounds")
@describes(TAG, "历次调度，新的在前", answer=Listing(shapes.Round), query=listed({}))
@requires(Right.SEE_ROUNDS)
def index() -> Response:
    sent.refuse_unknown(listed({}))
    rows = select(AssessmentRound).order_by(AssessmentRound.on.desc())
    return cut(list(db.session.scalars(rows)), _shape)


@blueprint.post("/rounds")
@describes(
    TAG, "开启一次调度", status=201, answer=shapes.RoundWhole, body=bodies.of_fields(OPENING)
)
@requires(Right.ROUNDS)
@acting
def open_round() -> Response:
    on = read_details(OPENING, sent.body(), None)["on"] or clock.today()
    opened = rounds.open_on(on, actor(), clock.now())
    if opened is None:
        raise WrongStatus(f"{on}的调度已经开启。")
    answer = shaped(_whole(opened), 201)
    answer.headers["Location"] = url_for("api.rounds.show", round_id=opened.id)
    return answer


@blueprint.get("/rounds/<int:round_id>")
@describes(TAG, "一次调度", answer=shapes.RoundWhole)
@requires(Right.SEE_ROUNDS)
def show(round_id: int) -> Response:
    return shaped(_whole(rounds.find(round_id)))


@blueprint.post("/rounds/<int:round_id>/actions/<action>")
@describes(
    TAG, "研判一件、撤回研判，或结束调度", answer=shapes.RoundWhole,
    body={"anyOf": [bodies.of_fields(fields) for fields in (*FIELDS.values(), ())]},
)  # fmt: skip
@requires(Right.SEE_ROUNDS)
@acting
def do(round_id: int, action: str) -> Response:
    act = RoundAct.of(action)
    asking.refuse_beside(WorkKind.ROUND)
    if act is RoundAct.CLOSE:
        require_fresh()
        read_details((), sent.body(), None)
        now = clock.now()
        rounds.close(round_id, actor(), now)
        booking.book_day(now)
    elif act in FIELDS:
        rounds.find(round_id)
        given = read_details(FIELDS[act], sent.body(), None)
        if act is RoundAct.TAKE_BACK:
            rounds.take_back(round_id, actor(), given, clock.now())
        else:
            rounds.decide(round_id, act, actor(), given, clock.now())
    else:
        raise NotFound
    return shaped(_whole(rounds.find(round_id)))


def _shape(row: AssessmentRound) -> shapes.Round:
    return shapes.Round.of(row, **_state(row))


def _whole(row: AssessmentRound) -> shapes.RoundWhole:
    db.session.refresh(row, ["items"])
    return shapes.RoundWhole.of(row, **_state(row), items=list(map(_item, row.items)))


def _state(row: AssessmentRound) -> dict[str, Any]:
    return {"status": "closed" if row.closed_on else "open", "digest": row.digest or None}


def _item(item: RoundItem) -> shapes.RoundItem:
    told = {name: getattr(item, name) or None for name in ("card", "decision", "colour", "reason")}
    return shapes.RoundItem.of(item, number=item.issue.number, **told)
