"""Ready sets of numbers a revision may be begun from. Each is the default with some changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from issues.rules.policy import NUMBERS, Policy


@dataclass(frozen=True, slots=True)
class Preset:
    """`changes` are by the names of policy_numbers.NUMBERS."""

    label: str
    explanation: str
    changes: Mapping[str, int]

    def policy(self) -> Policy:
        return Policy.from_document(self.changes)


_WIDEST = (
    "lag_yellow", "lag_red", "measure_yellow_after", "measure_red_after", "report_grace",
    "returns_to_red", "lapses_to_red",
)  # fmt: skip

PRESETS = {
    "default": Preset("默认", "系统自带的整套参数,待市环委办确认。", {}),
    "overdue": Preset(
        "只看逾期",
        "时限当日转黄、过后转红;滞后、节点、漏报、退回和督办落空放到最宽。"
        "首次退回、督办未回应、曝光、虚假或反弹没有参数可放宽,照常触发。",
        {"near_min": 0, "near_max": 0} | {name: NUMBERS[name].most for name in _WIDEST},
    ),
}
