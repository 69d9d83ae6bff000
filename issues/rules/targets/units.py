"""The units a target is written in, by what they measure: what is counted, a rate, a content."""

from issues.vocabulary import Nature, Sense

_COUNTED = (
    "座 口 个 公里 千米 米 户 亩 公顷 处 家 台 套 条 吨 立方米 平方米 平方公里 平方千米 辆 块 只 组"
    " 艘 株 人 名 村 项 份 眼 盏 根 棵 头 间 栋 片 段 次 方 元 千瓦 千瓦时 km hm² km² m² m³ t 立方"
)  # fmt: skip
_RATES = "% ‰ 个百分点"
_CONTENTS = (
    "μg/m³ ug/m³ μg/m3 ug/m3 微克/立方米 微克每立方米 mg/m³ mg/m3 毫克/立方米 毫克每立方米 mg/L"
    " mg/l 毫克/升 毫克每升 μg/L ug/L μg/l ug/l 微克/升 mg/kg 毫克/千克 dB(A) dB 分贝 NTU 个/L"
    " 无量纲 μSv/h"
)  # fmt: skip
COUNTED = frozenset(_COUNTED.split())
RATES = frozenset(_RATES.split())
CONTENTS = frozenset(_CONTENTS.split())
LOTS = ("万", "亿", "百万", "千")
_IN_LOTS = COUNTED | {lot + unit for lot in LOTS for unit in COUNTED}
ALL = sorted(_IN_LOTS | RATES | CONTENTS, key=lambda unit: (-len(unit), unit))
"""The longest first, as a reader tries them."""
_UNTOLD = (
    "保有", "保护面积", "红线", "装机", "容量", "总量", "覆盖面积", "天数",
    "每日", "每天", "每周", "每月", "每季", "每年", "日均", "月均", "年均",
)  # fmt: skip
"""Of what there is, or how often: nobody can tell by the unit whether it is what comes together."""
_RATE_OF_ALL = ("达标率", "合格率")
WHOLE = 100
UNITLESS = ("", "无量纲")
"""What is written for a figure that has no unit, as of pH."""


def is_counted(unit: str) -> bool:
    return unit in _IN_LOTS


def nature_of(sense: Sense, unit: str, name: str, *, is_kept: bool) -> Nature | None:
    """What the words leave no doubt of; None where a person has to say.

    `is_kept`: they say 保持, 稳定, 始终 or 全部.
    """
    if is_kept:
        return Nature.KEEP
    if unit in RATES or unit in CONTENTS:
        return Nature.LEVEL
    if not is_counted(unit):
        return None
    if sense in {Sense.LE, Sense.LT}:
        return Nature.LEVEL
    return None if any(word in name for word in _UNTOLD) else Nature.COUNT


def is_rate_of_all(name: str, unit: str, value: object) -> bool:
    """达标率100%: one reading below breaks it."""
    return unit == "%" and value == WHOLE and name.endswith(_RATE_OF_ALL)
