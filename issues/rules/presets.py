"""Ready sets of numbers a revision may be begun from. Each is the default with some changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from issues.rules.policy import NUMBERS, Policy


@dataclass(frozen=True, slots=True)
class Preset:
    """`changes` are by the names of the policy's numbers.

    `origin` names the published system it follows, `said` what that says for each number it
    gives, `beyond` what it has and the ladder does not. A number of neither is the default's.
    `scored` are numbers of the scores with what it says of each.
    """

    label: str
    explanation: str
    changes: Mapping[str, int | str]
    origin: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    beyond: tuple[str, ...] = ()
    scored: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def policy(self) -> Policy:
        scores = {name: number for name, (number, _said) in self.scored.items()}
        return Policy.from_document({**self.changes, "scores": scores})


_WIDEST = (
    "lag_yellow", "lag_red", "measure_yellow_after", "measure_red_after", "report_grace",
    "returns_to_red", "lapses_to_red", "target_red_after", "target_missing_after",
)  # fmt: skip

_GUANGYUAN_SAID = {
    "round_cadence": "原制度按月评定颜色，对应每月调度一次；未定哪一日，沿用默认。",
    "measure_yellow_after": "未按节点完成、评估仍可按期完成的挂黄牌；节点一过即提示，没有宽限。",
    "yellow_cards_n2": "一项任务被黄色预警2次的专函督办，对应第2张黄牌发督办通知书。",
    "red_cards_n4": "亮红灯即约谈，对应有1张红牌就起草约谈。",
}
_GUANGYUAN_SCORED = {
    "yellow_from": ("2", "第1次挂黄牌不扣分，从第2次起扣分。"),
    "second_yellow": ("1", "第2次挂黄牌扣1分。"),
    "red": ("2", "亮红灯扣2分。"),
}
_GUANGYUAN_BEYOND = (
    "原制度按节点完成的贴“蓝签”，在这里就是绿色，不另设第四种颜色。",
    "“推进较慢”“推进不力”“难以按期完成”由评估人判断，没有天数和百分点："
    "滞后线、节点严重逾期和临期提前量沿用默认，作为提示；是否挂黄牌、红牌由每月调度逐件认定。",
    "被省级以上通报批评、被省级以上主流媒体曝光的亮红灯，与规则R5相同，没有参数可调。",
    "约谈按责任单位和季度起草：同一单位一季度内再有红牌，不另起一次约谈。",
)
"""Of the original the ladder cannot say: a colour by an assessor's judgement of the pace alone (a
round's officer raises the card), a colour that holds from one monthly assessment to the next (here
each day is computed), and a summons for every single red card of one unit."""

PRESETS = {
    "default": Preset("默认", "系统自带的整套参数，待市环委办确认。", {}),
    "guangyuan": Preset(
        "广元式",
        "按月评定：按节点完成为绿；未完成部分节点、仍有望按期完成的挂黄牌，2次专函督办；"
        "难以按期完成或被省级以上通报、曝光的挂红牌并约谈。",
        {"round_cadence": "monthly", "measure_yellow_after": 0, "yellow_cards_n2": 2,
         "red_cards_n4": 1},
        origin="广元市环境保护督察问题整改“贴蓝签挂黄牌亮红灯”制度（试行），"
        "见广元市人民政府网2018年6月、《中国环境报》2018年8月的公开报道",
        said=_GUANGYUAN_SAID,
        beyond=_GUANGYUAN_BEYOND,
        scored=_GUANGYUAN_SCORED,
    ),
    "overdue": Preset(
        "只看逾期",
        "时限当日转黄、过后转红；滞后、节点、目标、漏报、退回和督办落空放到最宽。"
        "首次退回、督办未回应、曝光、虚假或反弹没有参数可放宽，照常触发。",
        {"near_min": 0, "near_max": 0, "target_ahead": 0}
        | {name: NUMBERS[name].most for name in _WIDEST},
    ),
}  # fmt: skip
