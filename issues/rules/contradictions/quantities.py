"""Counts with their unit in a text: what is said to be done of something, how much of it."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from issues.rules.contradictions.words import MOST_KEPT, clause_end, clause_start, plain

LENGTH, AREA, VOLUME, MASS, MATTER, MONEY = "length", "area", "volume", "mass", "matter", "money"
PHYSICAL = frozenset({LENGTH, AREA, VOLUME, MASS})
UNITS: dict[str, tuple[str, Decimal]] = {
    name: (dimension, Decimal(factor))
    for dimension, factor, names in (
        (LENGTH, "1000", ("公里", "千米", "km")),
        (LENGTH, "1", ("米", "延米", "m")),
        (AREA, "1", ("亩",)),
        (AREA, "15", ("公顷", "ha")),
        (AREA, "1500", ("平方公里", "平方千米", "km2")),
        (AREA, "0.0015", ("平方米", "平米", "m2")),
        (VOLUME, "1", ("立方米", "立方", "方", "m3")),
        (MASS, "1", ("吨", "t")),
        (MASS, "0.001", ("公斤", "千克", "kg")),
        (MATTER, "1", ("毫克每升", "毫克/升", "mg/l")),
        (MATTER, "0.001", ("微克每升", "微克/升", "ug/l")),
        ("air", "1", ("毫克每立方米", "毫克/立方米", "mg/m3")),
        ("air", "0.001", ("微克每立方米", "微克/立方米", "ug/m3")),
        ("sound", "1", ("分贝", "db", "db(a)")),
        (MONEY, "1", ("元",)),
        (MONEY, "10000", ("万元",)),
    )
    for name in names
} | {
    name: (name, Decimal(1))
    for name in (
        "座", "处", "户", "个", "台", "套", "家", "块", "口", "次", "辆", "株", "只", "头", "根",
        "件", "盏", "棵", "人", "间", "栋", "艘", "宗", "条", "眼",
    )
}  # fmt: skip
"""What a unit measures, and how much of its dimension one is. Counters measure themselves."""
SCALES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_SPELLING = str.maketrans({"³": "3", "²": "2", "㎡": "m2", "㎞": "km", "μ": "u", "µ": "u"})
_SPELLED = (
    *UNITS,
    "mg/L",
    "ug/L",
    "μg/L",
    "µg/L",
    "μg/m³",
    "µg/m³",
    "mg/m³",
    "m³",
    "m²",
    "㎡",
    "dB",
    "dB(A)",
    "km²",
)
_UNIT = "|".join(re.escape(name) for name in sorted(_SPELLED, key=len, reverse=True))
_QUANTITY = re.compile(
    rf"(?<![\d.第\-/A-Za-z])(?P<n>\d{{1,9}}(?:\.\d{{1,6}})?)\s*(?P<scale>[万亿]?)\s*(?P<unit>{_UNIT})"
    r"(?![A-Za-z\d/]|每)(?!(?<=个)(?:月|小时|工作日|季度|百分点|阶段|方面))(?!(?<=方)(?:面|案|式|位))"
    r"(?!(?<=人)(?:次|均|民))(?!(?<=米)(?:高|宽|深|厚))(?!(?<=次)(?:日|年))(?!(?<=条)(?:例|款))",
    re.ASCII,
)
_DOES = (
    "完成|清理|清运|改造|拆除|建成|修复|治理|整治|封堵|安装|栽植|补植|复绿|清淤|更换|铺设|新建|改正"
    "|整改|核查|退出|外运|处置|关停"
)
_DONE = re.compile(rf"(?:{_DOES})(?:了|到|至|共|约)?[^\d,。;]{{0,10}}$")
_PAST = re.compile(r"完成|累计|已|实际|共|截至")
_NOT_ALL = re.compile(
    r"目标|计划|剩余|余下|其余|还|尚|未|仍|其中|本月|当月|本周|本次|本季|今日|本旬|新增|再|共需|应|需|拟|将|预计|每|日均"
    r"|原|减少|较|约|近|超过?|左右|以上|另|分别|上月|上年|去年|年内|半年|季度|月份|要求|任务为|第"
    r"|\d月(?!\d|底|末)"
)
_RATE = re.compile(r"(?:每[日天年月时次户亩]|每小时|日均|日处理|年均|月均)[^\d,。;]{0,4}$")
_NOT_DONE = re.compile(r"未|尚|计划|预计|正在")
_ALL_DONE = re.compile(r"(?:任务|目标)?(?:已)?全部完成")


class Quantity(NamedTuple):
    """`amount` is in the basic unit of its dimension, `number` as it is written, scale and all."""

    number: Decimal
    unit: str
    dimension: str
    amount: Decimal
    start: int
    end: int


def unit_of(name: str) -> tuple[str, Decimal] | None:
    """Dimension and factor of a unit as somebody wrote it; None for one nobody knows."""
    return UNITS.get(plain(name).translate(_SPELLING).replace(" ", "").lower())


@lru_cache(maxsize=MOST_KEPT)
def quantities(words: str) -> tuple[Quantity, ...]:
    """Every exact number with a known unit; not how much there is of it a day.

    Several rules look at one text in turn.
    """
    return tuple(_quantities(words))


def _quantities(words: str) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(words):
        known = unit_of(match["unit"])
        is_about = words.startswith(("左右", "以上", "余", "多"), match.end())
        if (
            known is None
            or is_about
            or _RATE.search(words, max(0, match.start() - 10), match.start())
        ):
            continue
        number = Decimal(match["n"]) * SCALES[match["scale"]]
        dimension, factor = known
        yield Quantity(
            number, match["unit"], dimension, number * factor, match.start(), match.end()
        )


@lru_cache(maxsize=MOST_KEPT)
def done_counts(words: str) -> tuple[Quantity, ...]:
    """How much is said to be done in all: “已完成118户”, “47个任务全部完成”.

    Never what is left, wanted or new, a part, or what is only about so much.
    """
    return tuple(found for found in quantities(words) if _is_done(words, found))


def _is_done(words: str, found: Quantity) -> bool:
    begin, end = clause_start(words, found.start), clause_end(words, found.end)
    before, after = words[begin : found.start], words[found.end : end]
    if _NOT_ALL.search(before) or _NOT_DONE.search(after):
        return False
    is_whole = _ALL_DONE.match(after) and not before
    return bool(is_whole or (_DONE.search(before) and _PAST.search(before)))


def same(one: Decimal, other: Decimal) -> bool:
    """Within what an area turned from 亩 into 公顷 or 平方米 loses."""
    return abs(one - other) <= max(abs(one), abs(other)) / 200


def shown(number: Decimal) -> str:
    """Without the zeroes that say nothing."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
