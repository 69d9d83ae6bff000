"""Keepers: the list, and one with what is kept and was."""

from datetime import date, datetime
from typing import Annotated

from flask import Blueprint, Response

from issues.api.door import sent
from issues.api.door.answers import after, limit, page, shaped
from issues.api.openapi.components import Listing
from issues.api.openapi.described import describes, listed
from issues.ground.shape import Shape
from issues.keepers import roll
from issues.models import Keeper as Row
from issues.queries.keepers import page as queries
from issues.rights.table import Right
from issues.vocabulary import KeeperLevel
from issues.web.door.guards import actor, requires

blueprint = Blueprint("keepers", __name__)
TAG = "包保"
QUERY = listed({"q": ("string", "姓名、电话或单位中的字")})


class Keeper(Shape, heading="包保人"):
    id: Annotated[int, "标识"]
    name: Annotated[str, "姓名"]
    phone: Annotated[str, "联系电话"]
    body: Annotated[str, "单位"]
    account: Annotated[str | None, "账号"]
    ended_at: Annotated[datetime | None, "停用时间"]


class ListedKeeper(Keeper, heading="包保人及现有包保数"):
    things: Annotated[int, "现有包保的区域和问题数"]


class KeptThing(Shape):
    level: Annotated[KeeperLevel, "级别"]
    region: Annotated[str | None, "区域代码"]
    number: Annotated[str | None, "问题编号"]
    from_on: Annotated[date, "起"]
    until_on: Annotated[date | None, "止，从这天起不再包保"]


class KeeperWhole(Keeper, heading="包保人及其包保"):
    things: Annotated[list[KeptThing], "包保的区域和问题，现有的在前"]


@blueprint.get("/keepers")
@describes(TAG, "包保人，在用的在前", answer=Listing(ListedKeeper), query=QUERY)
@requires(Right.KEEPERS)
def index() -> Response:
    sent.refuse_unknown(QUERY)
    begin = after()
    rows, total = queries.part(sent.word_of("q"), begin, limit(), actor())
    following = begin + len(rows)
    shown = [
        ListedKeeper.of(row.keeper, account=_account(row.keeper), things=row.things) for row in rows
    ]
    return page(shown, following if following < total else None, total)


@blueprint.get("/keepers/<int:keeper_id>")
@describes(TAG, "一个包保人及其包保", answer=KeeperWhole)
@requires(Right.KEEPERS)
def one(keeper_id: int) -> Response:
    sent.refuse_unknown(())
    row = roll.find(keeper_id, actor())
    things = [
        KeptThing.of(thing, region=thing.region or None, number=thing.number or None)
        for thing in queries.things_of(row, actor())
    ]
    return shaped(KeeperWhole.of(row, account=_account(row), things=things))


def _account(row: Row) -> str | None:
    return row.account.name if row.account else None
