"""Rounds of counties' centres: opened and decided by a centre's office, closed by its head."""

from typing import Any

from flask import Blueprint, Response, url_for

from extensions import db
from issues.act_fields import Field
from issues.act_fields.details import read_details
from issues.api.door import sent
from issues.api.door.answers import acting, cut, shaped
from issues.api.openapi import bodies
from issues.api.openapi.components import Listing
from issues.api.openapi.described import describes, listed
from issues.api.supervision import shapes
from issues.ground import clock
from issues.ground.refusals import NotFound
from issues.models import CountyRound, CountyRoundItem
from issues.queries.supervision.county_rounds import bulletin_of, items_in_sight, rounds_of
from issues.rights.table import Right
from issues.territory import rounds
from issues.vocabulary import CountyRoundAct
from issues.web.account.proof import require_fresh
from issues.web.door.guards import actor, requires

blueprint = Blueprint("county_rounds", __name__)

TAG = "县级调度"
_NUMBER = Field("number", "text", "事项编号", limit=32)
FIELDS = {
    CountyRoundAct.KEEP: (_NUMBER,),
    CountyRoundAct.PRESS: (
        _NUMBER, Field("text", "long_text", "要求", limit=rounds.LONGEST_TEXT),
    ),
}  # fmt: skip


@blueprint.get("/county-rounds")
@describes(TAG, "看得到的县级调度，新的在前", answer=Listing(shapes.CountyRound), query=listed({}))
@requires(Right.SEE_COUNTY_ROUNDS)
def index() -> Response:
    sent.refuse_unknown(listed({}))
    return cut(list(rounds_of(actor())), _shape)


@blueprint.post("/county-rounds")
@describes(
    TAG, "开启本中心当天的调度", status=201, answer=shapes.CountyRoundWhole,
    body=bodies.of_fields(()),
)  # fmt: skip
@requires(Right.COUNTY_ROUNDS)
@acting
def open_round() -> Response:
    read_details((), sent.body(), None)
    opened = rounds.open_on(clock.today(), actor(), clock.now())
    answer = shaped(_whole(opened), 201)
    answer.headers["Location"] = url_for("api.county_rounds.show", round_id=opened.id)
    return answer


@blueprint.get("/county-rounds/<int:round_id>")
@describes(TAG, "一次县级调度", answer=shapes.CountyRoundWhole)
@requires(Right.SEE_COUNTY_ROUNDS)
def show(round_id: int) -> Response:
    return shaped(_whole(rounds.find(round_id, actor())))


@blueprint.post("/county-rounds/<int:round_id>/actions/<action>")
@describes(
    TAG, "研判一件，或结束县级调度", answer=shapes.CountyRoundWhole,
    body={"anyOf": [bodies.of_fields(fields) for fields in (*FIELDS.values(), ())]},
)  # fmt: skip
@requires(Right.SEE_COUNTY_ROUNDS)
@acting
def do(round_id: int, action: str) -> Response:
    act = CountyRoundAct.of(action)
    if act is CountyRoundAct.CLOSE:
        require_fresh()
        read_details((), sent.body(), None)
        rounds.close(round_id, actor(), clock.now())
    elif act in FIELDS:
        rounds.find(round_id, actor())
        given = read_details(FIELDS[act], sent.body(), None)
        rounds.decide(round_id, act, actor(), given, clock.now())
    else:
        raise NotFound
    return shaped(_whole(rounds.find(round_id, actor())))


def _shape(row: CountyRound) -> shapes.CountyRound:
    return shapes.CountyRound.of(row, **_state(row))


def _whole(row: CountyRound) -> shapes.CountyRoundWhole:
    """Only the tickets in sight now; `hidden` counts the others."""
    db.session.refresh(row, ["items"])
    seen, paper = items_in_sight(row, actor()), bulletin_of(row, actor())
    return shapes.CountyRoundWhole.of(
        row, **_state(row), items=list(map(_item, seen.items)), hidden=seen.hidden,
        undecided=rounds.undecided(row), bulletin=paper.id if paper else None,
        totals=shapes.BoardTotals(**rounds.totals_of(row)) if row.board else None,
    )  # fmt: skip


def _state(row: CountyRound) -> dict[str, Any]:
    status = "closed" if row.closed_on else "open"
    return {"status": status, "digest": row.digest or None, "centre": row.centre.code}


def _item(item: CountyRoundItem) -> shapes.CountyRoundItem:
    told = {name: getattr(item, name) or None for name in ("card", "decision", "text")}
    return shapes.CountyRoundItem.of(item, number=item.issue.number, **told)
