"""Keepers and what they keep, as the interface tells them."""

from datetime import date, datetime
from typing import Annotated

from issues.ground.shape import Shape
from issues.models import Keeper as Row
from issues.queries.keepers import own, page
from issues.vocabulary import Colour, KeeperDuty, KeeperLevel, Status


class Keeper(Shape, heading="包保人"):
    id: Annotated[int, "标识"]
    name: Annotated[str, "姓名"]
    phone: Annotated[str, "联系电话"]
    body: Annotated[str, "单位"]
    account: Annotated[str | None, "账号"]
    ended_at: Annotated[datetime | None, "停用时间"]


class ListedKeeper(Keeper, heading="包保人及现有包保数"):
    things: Annotated[int, "现有包保的区域和问题数"]


class KeptThing(Shape, heading="包保的一处区域或一个问题"):
    id: Annotated[int, "标识，结束时用"]
    level: Annotated[KeeperLevel, "级别"]
    region: Annotated[str | None, "区域代码"]
    number: Annotated[str | None, "问题编号"]
    from_on: Annotated[date, "起"]
    until_on: Annotated[date | None, "止，从这天起不再包保"]


class KeeperWhole(Keeper, heading="包保人及其包保"):
    things: Annotated[list[KeptThing], "包保的区域和问题，现有的在前"]


class Duty(Shape, heading="包保人要做的一件事"):
    duty: Annotated[KeeperDuty, "做什么"]
    because: Annotated[str, "为什么"]


class KeptTicket(Shape, heading="本人包保的一个问题"):
    id: Annotated[int, "标识"]
    number: Annotated[str, "编号"]
    title: Annotated[str, "问题"]
    place: Annotated[str, "地点"]
    unit: Annotated[str, "主责单位"]
    status: Annotated[Status, "状态"]
    colour: Annotated[Colour | None, "颜色"]
    deadline: Annotated[date | None, "整改时限"]
    visited_on: Annotated[date | None, "上次查看"]
    duties: Annotated[list[Duty], "要做的事"]


def account_of(row: Row) -> str | None:
    return row.account.name if row.account else None


def listed(line: page.Line) -> ListedKeeper:
    return ListedKeeper.of(line.keeper, account=account_of(line.keeper), things=line.things)


def whole(row: Row, things: list[page.Kept]) -> KeeperWhole:
    told = [
        KeptThing.of(one, region=one.region or None, number=one.number or None) for one in things
    ]
    return KeeperWhole.of(row, account=account_of(row), things=told)


def kept(line: own.Line) -> KeptTicket:
    return KeptTicket.of(line, duties=[Duty.of(one) for one in line.duties])
