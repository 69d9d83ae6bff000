"""The board of a day, and the difference of two."""

from datetime import date, datetime
from typing import Annotated, Any

from issues.ground.shape import Shape
from issues.vocabulary import CARDS, Colour, Rule

BARE = tuple(Colour)
Rules = list[Annotated[Rule, "规则"]]


class Counts(Shape):
    red: Annotated[int, "红"]
    yellow: Annotated[int, "黄"]
    green: Annotated[int, "绿"]
    closed: Annotated[int, "已销号"]


class Totals(Counts):
    total: Annotated[int, "合计"]


class Line(Counts):
    key: Annotated[str, "分组代码"]
    name: Annotated[str, "分组名称"]


class Cards(Shape):
    key: Annotated[str, "单位代码"]
    red: Annotated[int, f"{Colour.RED.label}牌次数"]
    yellow: Annotated[int, f"{Colour.YELLOW.label}牌次数"]


class Campaign(Totals):
    """`asked` are the names of the register's filter that finds exactly these tickets."""

    name: Annotated[str, "看板单列的批次"]
    asked: Annotated[dict[str, Any], "台账条件，查出的正是这些事项"]
    struck: Annotated[int, "已销号，含长期坚持"]


class Turn(Shape):
    number: Annotated[str, "编号"]
    on: Annotated[date, "变色之日"]
    colour: Annotated[Colour, "变为", CARDS]
    rule: Annotated[Rule | None, "规则"]


class Effects(Shape):
    hollow: Annotated[int, "有件无效：已申请验收或已通过验收，而必需的读数未达标"]
    relapsed: Annotated[int, "达标反弹：销号以后确认的读数未达标"]
    met: Annotated[int, "目标都已达标的事项"]
    not_met: Annotated[int, "有目标未达标的事项"]
    unknown: Annotated[int, "没有未达标的目标而有目标还没有读数的事项"]


class Compared(Totals):
    on: Annotated[date, "对比之日"]


class Board(Totals, heading="看板"):
    on: Annotated[date, "哪一天"]
    as_of: Annotated[datetime, "数据截止"]
    policy: Annotated[int, "规则版本"]
    groups: Annotated[list[Line], "分组"]
    cards: Annotated[list[Cards] | None, "各单位累计挂牌次数"] = None
    campaign: Annotated[Campaign | None, "看板单列的一批，没有单列时不答"] = None
    effects: Annotated[Effects, "成效，按台账条件 effect 查出的正是这些事项"]
    turning: Annotated[list[Turn], "将要变色"]
    compare: Annotated[Compared | None, "对比"] = None


class Pair(Shape):
    from_: Annotated[Colour | None, "颜色", BARE]
    to: Annotated[Colour | None, "颜色", BARE]
    count: Annotated[int, "件数"]


class Turned(Shape):
    number: Annotated[str, "编号"]
    title: Annotated[str, "事项"]
    unit: Annotated[str | None, "主责单位"]
    from_: Annotated[Colour | None, "颜色", BARE]
    to: Annotated[Colour | None, "颜色", BARE]
    rules: Annotated[Rules, "使它变色或不再触发的规则"]
    why: Annotated[list[Annotated[str, "一句话"]], "原因"]


class Changes(Shape, heading="逐件变化"):
    on: Annotated[date, "到哪一天"]
    compare: Annotated[date, "从哪一天"]
    pairs: Annotated[list[Pair], "各种变化的件数"]
    items: Annotated[list[Turned], "变色的事项"]
    next: Annotated[str | None, "下一页"]
    total: Annotated[int, "变色件数"]
