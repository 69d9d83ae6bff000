"""Keepers: the list, one with what is kept and was, and the acts of the pages."""

from typing import Any

from flask import Blueprint, Response, url_for

from extensions import db
from issues.act_fields import Field, optional
from issues.act_fields.details import read_details
from issues.act_fields.field import PAST
from issues.api.door import sent
from issues.api.door.answers import acting, after, limit, page, shaped
from issues.api.keepers import shapes
from issues.api.keepers.words import worded
from issues.api.openapi import bodies
from issues.api.openapi.components import Listing
from issues.api.openapi.described import describes, listed
from issues.ground.refusals import Incomplete
from issues.keepers import giving, roll
from issues.queries.keepers import page as queries
from issues.rights.table import Right
from issues.vocabulary import KeeperLevel
from issues.web.door.guards import actor, requires
from issues.workflow import load

blueprint = Blueprint("keepers", __name__)
TAG = "包保"
CREATED = 201
QUERY = listed({"q": ("string", "姓名、电话或单位中的字")})
PERSON = (
    Field("name", "text", roll.LABELS["name"], limit=40),
    optional("phone", "text", roll.LABELS["phone"], limit=40, hint="没有账号的必填"),
    optional("body", "text", roll.LABELS["body"], limit=80),
    optional("account", "text", roll.LABELS["account"], limit=40),
)
REASON = Field("reason", "text", "理由", limit=roll.LONGEST_REASON)
CHANGED = (*(optional(one.name, "text", one.label, limit=one.limit) for one in PERSON), REASON)
GIVEN = (
    Field("level", "choice", "级别", choices=tuple(KeeperLevel.choices()), asks="请选择级别"),
    optional("region", "text", "区域代码", limit=24, hint="与问题编号填写其中一个"),
    optional("number", "text", "问题编号", limit=40),
    optional("from_on", "date", "起始日期", hint="不填为今天", when=PAST),
)
TO = (Field("to", "integer", "接手人的标识"), REASON)


@blueprint.get("/keepers")
@describes(TAG, "包保人，在用的在前", answer=Listing(shapes.ListedKeeper), query=QUERY)
@requires(Right.KEEPERS)
def index() -> Response:
    sent.refuse_unknown(QUERY)
    begin = after()
    rows, total = queries.part(sent.word_of("q"), begin, limit(), actor())
    following = begin + len(rows)
    shown = [shapes.listed(row) for row in rows]
    return page(shown, following if following < total else None, total)


@blueprint.get("/keepers/<int:keeper_id>")
@describes(TAG, "一个包保人及其包保", answer=shapes.KeeperWhole)
@requires(Right.KEEPERS)
def one(keeper_id: int) -> Response:
    sent.refuse_unknown(())
    return _whole(keeper_id)


def _whole(keeper_id: int, status: int = 200) -> Response:
    db.session.flush()
    row = roll.find(keeper_id, actor())
    answer = shaped(shapes.whole(row, queries.things_of(row, actor())), status)
    if status == CREATED:
        answer.headers["Location"] = url_for(".one", keeper_id=row.id)
    return answer


@blueprint.post("/keepers")
@describes(
    TAG, "登记一个包保人", status=CREATED, answer=shapes.KeeperWhole,
    body=bodies.confirmable(bodies.of_fields(PERSON)),
)  # fmt: skip
@requires(Right.SET_KEEPERS)
@acting
def add() -> Response:
    return _whole(roll.add(actor(), worded(PERSON)).id, CREATED)


@blueprint.post("/keepers/<int:keeper_id>/actions/amend")
@describes(
    TAG, "修改一个包保人，没有写的不变", answer=shapes.KeeperWhole,
    body=bodies.confirmable(bodies.of_fields(CHANGED)),
)  # fmt: skip
@requires(Right.SET_KEEPERS)
@acting
def amend(keeper_id: int) -> Response:
    given: dict[str, Any] = sent.body()
    said = worded(CHANGED)
    told = roll.kept(roll.find(keeper_id, actor()))
    roll.amend(actor(), keeper_id, told | {name: said[name] for name in given if name in said})
    return _whole(keeper_id)


@blueprint.post("/keepers/<int:keeper_id>/actions/end")
@describes(
    TAG, "停用一个包保人", answer=shapes.KeeperWhole,
    body=bodies.confirmable(bodies.of_fields((REASON,))),
)  # fmt: skip
@requires(Right.SET_KEEPERS)
@acting
def end(keeper_id: int) -> Response:
    roll.end(actor(), keeper_id, worded((REASON,)))
    return _whole(keeper_id)


@blueprint.post("/keepers/<int:keeper_id>/actions/give")
@describes(
    TAG, "指定他包保一个区域或一个问题", answer=shapes.KeeperWhole,
    body=bodies.confirmable(bodies.of_fields(GIVEN)),
)  # fmt: skip
@requires(Right.SET_KEEPERS)
@acting
def give(keeper_id: int) -> Response:
    said = worded(GIVEN)
    region, number = said["region"].strip(), said["number"].strip()
    if bool(region) == bool(number):
        raise Incomplete({"region": ["区域和问题编号填写其中一个"]})
    if number:
        giving.give_ticket(actor(), keeper_id, load(number, actor()), said)
    else:
        giving.give_place(actor(), keeper_id, region, said)
    return _whole(keeper_id)


@blueprint.post("/keepers/<int:keeper_id>/actions/hand_over")
@describes(
    TAG, "把他现有的包保全部移交给另一个人，答复接手人", answer=shapes.KeeperWhole,
    body=bodies.confirmable(bodies.of_fields(TO)),
)  # fmt: skip
@requires(Right.SET_KEEPERS)
@acting
def hand_over(keeper_id: int) -> Response:
    given = read_details(TO, sent.body(), None)
    try:
        giving.hand_over(actor(), keeper_id, given["to"], given)
    except Incomplete as refused:  # the page's form calls the taker otherwise
        named = {"keeper": "to"}
        told = {named.get(name, name): words for name, words in refused.errors.items()}
        raise Incomplete(told) from refused
    return _whole(given["to"])


@blueprint.post("/keepings/<int:keeping_id>/actions/release")
@describes(
    TAG, "结束一处包保", answer=shapes.KeeperWhole,
    body=bodies.confirmable(bodies.of_fields((REASON,))),
)  # fmt: skip
@requires(Right.SET_KEEPERS)
@acting
def release(keeping_id: int) -> Response:
    return _whole(giving.release(actor(), keeping_id, worded((REASON,))).keeper_id)
