"""A filter in words: the choices of the filter bar, and a chip for each thing asked."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from issues import regions
from issues.queries.ground.names import NO_UNIT, Names
from issues.queries.register.by_name import NOBODY
from issues.queries.register.filters import SEEN, Filters, values
from issues.vocabulary import Colour, ProblemType, Relation, Rule, Source, Status, Word

WORDS: dict[str, type[Word]] = {
    "colour": Colour, "status": Status, "source": Source, "type": ProblemType, "role": Relation,
    "rule": Rule, "turns": Colour,
}  # fmt: skip
LABELS = {
    "colour": "颜色", "status": "状态", "source": "来源", "region": "区域", "unit": "单位",
    "role": "单位角色", "type": "类型", "rule": "规则", "keeper": "包保人员", "firm": "责任主体",
    "due_after": "时限不早于", "due_before": "时限不晚于", "q": "关键词", "view": "视图",
    "on": "截至", "turning": "天内转色", "turns": "转为", "newly": "新增红色，对比",
    "seen": "口径", "notice": "督办文书", "effect": "成效", "letter": "信访件答复",
    "layer": "图层", "batch": "导入批次", "counted": "同一问题", "same": "同一问题",
}  # fmt: skip
PHRASES = {
    "view": {"red": "红", "yellow": "黄", "mine": "我的", "sponsored": "我包案的", "all": "全部"},
    "notice": {"open": "待答复", "overdue": "已超期"},
    "effect": {
        "hollow": "有件无效",
        "relapsed": "达标反弹",
        "met": "目标已达标",
        "not_met": "有目标未达标",
        "unknown": "有目标无读数",
    },
    "letter": {"owed": "待答复", "near": "临近期限", "overdue": "已超期"},
    "seen": {SEEN: "当日所见"},
    "counted": {SEEN: "只列计入的一件"},
}
WORDED = {"turning": "{} 天", "batch": "第 {} 批"}
UNKNOWN = "无此项"


class Chip(NamedTuple):
    label: str
    text: str
    without: str


def chips(
    filters: Filters, names: Names, layers: Mapping[str, str], link: Callable[..., str]
) -> list[Chip]:
    """What is asked, in words, each with the address that asks everything else."""
    asked = filters.to_args(sort="", page="", after="", limit="")
    return [
        Chip(LABELS[name], say(name, raw, names, layers), link(filters, **{name: ""}))
        for name, raw in asked.items()
    ]


def say(name: str, raw: str, names: Names, layers: Mapping[str, str]) -> str:
    if name in WORDS:
        known = {word.value: _worded(word) for word in WORDS[name]}
        return "、".join(known.get(value, UNKNOWN) for value in values(raw))
    if name == "unit":
        return "、".join("未定" if v == NO_UNIT else names.unit(v) for v in values(raw))
    if name == "layer":
        return "、".join(layers.get(value, UNKNOWN) for value in values(raw))
    if name == "region":
        return "、".join(_regions(values(raw), names))
    if name in PHRASES:
        return PHRASES[name].get(raw, UNKNOWN)
    if name == "keeper":
        raw = "没有包保人" if raw == NOBODY else raw
    return WORDED[name].format(raw) if name in WORDED else raw


def _regions(codes: Sequence[str], names: Names) -> list[str]:
    """One statement where one of them lies below the counties."""
    below = regions.names_of(code for code in codes if not names.knows_region(code))
    return [
        names.region(code) if names.knows_region(code) else below.get(code, UNKNOWN)
        for code in codes
    ]


def _worded(word: Word) -> str:
    return f"{word.value} {word.label}" if isinstance(word, Rule) else word.label


def choices(names: Names, layers: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    """What each list of the filter bar offers: nothing that no list shows."""
    offered = {
        name: [(word.value, _worded(word)) for word in kind if word is not Status.TAKEN_BACK]
        for name, kind in WORDS.items()
    }
    return offered | {
        "region": names.regions,
        "layer": list(layers.items()),
        "unit": [(unit.code, unit.name) for unit in names.all],
    }
