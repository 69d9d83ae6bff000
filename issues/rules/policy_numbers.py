"""Every number of the policy: its default, what it is called, what it does, what it may be."""

from dataclasses import dataclass, field, fields
from typing import Any

YEAR = 366


@dataclass(frozen=True, slots=True)
class Number:
    """A label, its unit, one sentence on what it does, and the least and most it may be."""

    label: str
    unit: str
    explanation: str
    least: int
    most: int


def number(default: int, *described: Any) -> Any:
    """A field of Numbers: its default, then the description in the order of Number."""
    return field(default=default, metadata={"number": Number(*described)})


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of one policy. The defaults are those of docs/rules.md."""

    near_share: int = number(25, "临期比例", "%", "办理期限的这一比例为临期提前量", 1, 100)
    near_min: int = number(3, "临期最短提前", "天", "提前量不少于这个天数", 0, YEAR)
    near_max: int = number(30, "临期最长提前", "天", "提前量不多于这个天数", 0, YEAR)
    overdue_grace: int = number(0, "逾期宽限", "天", "时限过后多少天内仍不算逾期", 0, YEAR)
    lag_yellow: int = number(
        10, "滞后黄色线", "个百分点", "完成比例落后序时进度达到此数转黄", 1, 100
    )
    lag_red: int = number(30, "滞后红色线", "个百分点", "完成比例落后序时进度超过此数转红", 1, 100)
    measure_yellow_after: int = number(0, "节点逾期宽限", "天", "措施超过时限多于此数转黄", 0, YEAR)
    measure_red_after: int = number(15, "节点严重逾期", "天", "措施超过时限多于此数转红", 0, YEAR)
    target_ahead: int = number(
        30, "达标预警提前", "天", "目标日前这些天起，没有读数或读数不达标转黄", 0, YEAR
    )
    target_red_after: int = number(
        0, "未达标转红", "天", "读数不达标的，目标日过后多少天转红；0为目标日当日", 0, YEAR
    )
    target_missing_after: int = number(
        30, "无读数转红", "天", "目标日过后多少天仍没有读数转红", 0, YEAR
    )
    report_grace: int = number(3, "漏报宽限", "个工作日", "进展报告迟报多于此数转黄", 0, 60)
    standing_report_months: int = number(
        3, "长期坚持报告周期", "个月", "长期坚持事项每几个月报一次履责情况", 1, 12
    )
    returns_to_red: int = number(2, "退回转红次数", "次", "同一轮验收退回达到此数转红", 1, 10)
    lapses_to_red: int = number(
        2, "督办落空转红份数", "份", "黄牌督办通知书逾期未答复达到此数转红", 1, 10
    )
    immediate_days: int = number(
        15, "立行立改期限", "天", "立行立改自交办之日起的办理天数", 1, YEAR
    )
    sign_workdays: int = number(2, "签收期限", "个工作日", "签发次日起算的签收期限", 1, 60)
    reply_n1: int = number(5, "提示函答复期限", "个工作日", "签发次日起算的答复期限", 1, 60)
    reply_n2: int = number(5, "黄牌督办答复期限", "个工作日", "签发次日起算的答复期限", 1, 60)
    reply_n3: int = number(3, "红牌督办答复期限", "个工作日", "签发次日起算的答复期限", 1, 60)
    meeting_workdays: int = number(
        10, "约谈期限", "个工作日", "约谈应在签发后多少个工作日内进行", 1, 60
    )
    meeting_report_days: int = number(
        30, "约谈后报告期限", "天", "约谈后多少天内报送整改情况", 1, YEAR
    )
    yellow_cards_n2: int = number(2, "黄牌督办起点", "次", "同一事项黄牌达到此数发黄牌督办", 1, 10)
    yellow_days_n2: int = number(30, "持续黄色督办", "天", "连续黄色达到此数发黄牌督办", 1, YEAR)
    red_days_n4: int = number(30, "红牌约谈天数", "天", "红牌持续达到此数约谈", 1, YEAR)
    red_cards_n4: int = number(2, "红牌约谈张数", "张", "同一单位一季度内红牌达到此数约谈", 1, 100)
    red_days_n6: int = number(60, "红牌挂牌督办天数", "天", "红牌持续达到此数挂牌督办", 1, YEAR)
    publicity_workdays: int = number(10, "公示期", "个工作日", "公示满此数的次日起可销号", 1, 60)
    extension_times: int = number(2, "延期次数上限", "次", "市级事项每轮最多延期次数", 0, 10)
    extension_share: int = number(
        50, "延期比例上限", "%", "累计延期不超过首个办理期限的比例", 0, 100
    )
    extension_days: int = number(90, "延期天数上限", "天", "累计延期不超过的天数", 0, 3 * YEAR)
    lookback_red_first: int = number(3, "红牌首次回头看", "个月", "曾挂红牌的销号后几个月", 1, 60)
    lookback_red_second: int = number(12, "红牌再次回头看", "个月", "曾挂红牌的销号后几个月", 1, 60)
    lookback_sample_share: int = number(
        10, "回头看抽查比例", "%", "其余事项每季度随机抽查的比例", 0, 100
    )
    lookback_near_metres: int = number(
        500, "新投诉触发距离", "米", "已销号点位多近有新投诉即提议回头看", 0, 100_000
    )
    lead_far_over: int = number(
        200, "线索急办线", "%", "监测值达到限值的这一比例，按小时研判", 100, 10_000
    )
    lead_hours: int = number(4, "急办线索研判时限", "小时", "收到急办线索后的研判时限", 1, 72)
    lead_workdays: int = number(3, "线索研判期限", "个工作日", "收到次日起算的研判期限", 1, 60)
    unchecked_days: int = number(
        180,
        "举一反三核查间隔",
        "天",
        "这些天内没有问题、线索和暗访记录的同类列为没有查过",
        1,
        5 * YEAR,
    )
    letter_days: int = number(
        10, "信访件答复期限", "天", "自交办之日起应办结或阶段性办结的天数", 1, YEAR
    )
    starred_letter_days: int = number(
        7, "重点信访件答复期限", "天", "标★的信访件自交办之日起的天数", 1, YEAR
    )
    letter_near_days: int = number(
        3, "信访件临近提前", "天", "距答复期限不多于此数列为临近", 0, YEAR
    )
    round_day: int = number(25, "调度日", "日", "每月调度的日期", 1, 28)


NUMBERS: dict[str, Number] = {one.name: one.metadata["number"] for one in fields(Numbers)}
