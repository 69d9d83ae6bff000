"""Rounds, rules and their preview, look-backs, leaders' words, covert notes."""

from datetime import date, datetime
from typing import Annotated, Literal

from issues.ground.shape import Shape
from issues.vocabulary import CARDS, RUNNING, Colour, LookbackResult, Rule

Codes = list[Annotated[Rule, "规则"]]


class Round(Shape, heading="调度"):
    id: Annotated[int, "标识"]
    on: Annotated[date, "调度日期"]
    status: Annotated[Literal["open", "closed"], "状态"]
    closed_on: Annotated[date | None, "结束日期"]
    digest: Annotated[str | None, "固定看板的摘要"]


class RoundItem(Shape):
    number: Annotated[str, "编号"]
    computed: Annotated[Colour, "计算颜色", CARDS]
    card: Annotated[Colour | None, "研判前挂牌", CARDS]
    rules: Annotated[Codes, "触发的规则"]
    decision: Annotated[Literal["confirm", "hold", "raise"] | None, "研判"]
    colour: Annotated[Colour | None, "牌色", CARDS]
    reason: Annotated[str | None, "理由"]


class RoundWhole(Round, heading="调度及各件研判"):
    items: Annotated[list[RoundItem], "各件"]


class BoardTotals(Shape):
    red: Annotated[int, Colour.RED.label]
    yellow: Annotated[int, Colour.YELLOW.label]
    green: Annotated[int, Colour.GREEN.label]
    grey: Annotated[int, Colour.GREY.label]


class CountyRound(Shape, heading="县级调度"):
    id: Annotated[int, "标识"]
    centre: Annotated[str, "县级指挥中心"]
    number: Annotated[int, "在本中心的次序"]
    on: Annotated[date, "调度日期"]
    status: Annotated[Literal["open", "closed"], "状态"]
    closed_on: Annotated[date | None, "结束日期"]
    digest: Annotated[str | None, "固定看板的摘要"]


class CountyRoundItem(Shape):
    number: Annotated[str, "编号"]
    computed: Annotated[Colour, "计算颜色", CARDS]
    card: Annotated[Colour | None, "当日挂牌", CARDS]
    rules: Annotated[Codes, "触发的规则"]
    decision: Annotated[Literal["keep", "press"] | None, "研判"]
    text: Annotated[str | None, "要求"]


class CountyRoundWhole(CountyRound, heading="县级调度及各件研判"):
    items: Annotated[list[CountyRoundItem], "看得到的各件"]
    hidden: Annotated[int, "已不在查看范围的件数"]
    undecided: Annotated[list[str], "尚未研判的编号"]
    totals: Annotated[BoardTotals | None, "固定看板的合计"]
    bulletin: Annotated[int | None, "本次通报的标识"]


class Policy(Shape, heading="规则", is_open=True):
    """Beside its own names it has the parameters, as a preview takes them."""

    number: Annotated[int, "版本"]
    name: Annotated[str, "名称"]
    effective_from: Annotated[date | None, "生效之日"]


class Totals(Shape):
    red: Annotated[int, Colour.RED.label]
    yellow: Annotated[int, Colour.YELLOW.label]
    green: Annotated[int, Colour.GREEN.label]


class BothTotals(Shape):
    from_: Annotated[Totals, "现在"]
    to: Annotated[Totals, "改后"]


class Recoloured(Shape):
    number: Annotated[str, "编号"]
    from_: Annotated[Colour, "现在的颜色", RUNNING]
    to: Annotated[Colour, "改后的颜色", RUNNING]
    rules: Annotated[Codes, "使其变色的规则"]


class Comparison(Shape, heading="试算结果"):
    on: Annotated[date, "按哪一天比较"]
    changes: Annotated[list[Recoloured], "会变色的事项"]
    totals: Annotated[BothTotals, "办理中事项的合计"]


class Lookback(Shape, heading="回头看"):
    number: Annotated[str, "编号"]
    planned_on: Annotated[date, "计划日期"]
    why: Annotated[str, "起因"]
    done_on: Annotated[date | None, "完成日期"]
    result: Annotated[LookbackResult | None, "结果"]


class Instruction(Shape, heading="批示"):
    id: Annotated[int, "标识"]
    number: Annotated[str, "编号"]
    leader: Annotated[str, "批示领导"]
    text: Annotated[str, "批示内容"]
    unit: Annotated[str | None, "办理单位；没有时为市环委办"]
    given_on: Annotated[date, "批示日期"]
    due_on: Annotated[date, "办结期限"]
    reply: Annotated[str | None, "办理情况"]
    replied_on: Annotated[date | None, "答复日期"]


class Photo(Shape):
    name: Annotated[str, "文件名"]
    sha256: Annotated[str, "摘要"]


class CovertNote(Shape, heading="暗访记录"):
    id: Annotated[int, "标识"]
    title: Annotated[str, "标题"]
    findings: Annotated[str, "发现的问题"]
    at: Annotated[datetime, "时间"]
    region: Annotated[str, "行政区域"]
    place: Annotated[str, "点位"]
    subject_firm: Annotated[str, "责任主体"]
    lon: Annotated[float | None, "经度（WGS-84）"]
    lat: Annotated[float | None, "纬度（WGS-84）"]
    inspector: Annotated[str, "督察员账号"]
    inspectors: Annotated[list[Annotated[str, "姓名"]], "同行人员"]
    concerns: Annotated[str | None, "相关事项编号"]
    photos: Annotated[list[Photo], "照片"]
    number: Annotated[str | None, "登记为的编号"]
