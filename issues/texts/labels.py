"""Words that say what follows: 整改目标：, 责任单位：, （牵头单位：…；完成时限：…）."""

import re
from collections.abc import Iterator
from typing import NamedTuple

PARTS = {
    "problem": ("存在问题", "问题描述", "问题表现", "主要问题", "反馈问题", "具体问题", "问题情况",
                "问题清单", "问题"),
    "goal": ("整改目标", "工作目标", "目标要求", "整改要求", "目标"),
    "measures": ("整改措施", "主要措施", "具体措施", "工作措施", "重点任务", "工作任务", "整改任务",
                 "工作举措", "措施"),
    "deadline": ("整改时限", "完成时限", "整改期限", "完成期限", "办结时限", "完成时间", "整改时间",
                 "时限要求", "时限"),
    "units": ("整改责任单位", "责任单位", "责任部门", "整改单位", "实施单位", "落实单位",
              "责任主体"),
    "primary": ("主责单位", "主办单位", "整改主体"),
    "lead": ("市级牵头单位", "牵头单位", "牵头部门"),
    "supporting": ("配合单位", "协办单位", "参与单位", "配合部门"),
    "acceptance": ("验收单位", "验收销号单位", "销号单位"),
    "supervising": ("督导单位", "督办单位", "督导部门"),
    "criteria": ("验收标准", "销号标准"),
    "region": ("行政区域", "所在县（区）", "所属县（区）", "涉及县（区）", "所在地区", "涉及地区",
               "县（区）", "县区", "属地"),
    "types": ("问题类型", "污染类型", "问题类别", "环境要素", "涉及要素"),
}  # fmt: skip
"""By the field it fills."""
UNITS = ("units", "primary", "lead", "supporting", "acceptance", "supervising")
NAMES = {
    "units": ("responsible_units", "primary_unit"), "primary": ("primary_unit",),
    "lead": ("lead_unit",), "supporting": ("supporting_units",),
    "acceptance": ("acceptance_unit",), "supervising": ("supervising_unit",),
}  # fmt: skip
"""The fields of a ticket that are read from a label of units."""
BY_WORD = {word: field for field, words in PARTS.items() for word in words}
MATTER = re.compile(r"关于.{2,40}(?:问题|事项|事宜|工作)[。：:]?")
"""A heading that names what one item is about."""
_WORD = "|".join(sorted(BY_WORD, key=len, reverse=True))
_HEAD = re.compile(rf"(?P<word>{_WORD})(?:为|是)?[：:。]?")
_LABEL = re.compile(
    rf"(?:(?<=^)|(?<=[。；;，,\s（(】\]]))[【\[]?(?P<word>{_WORD})[】\]]?(?:（[^（）]{{1,12}}）)?[：:]",
    re.MULTILINE,
)
_BRACKET = re.compile(
    r"[（(](?P<inside>[^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*)[）)][。；;]?$"
)


class Told(NamedTuple):
    """What stands behind a label; `field` is "" for what stands before the first."""

    field: str
    text: str
    word: str = ""


def begins_with_label(text: str) -> bool:
    return _LABEL.match(text.strip()) is not None


def is_label(text: str) -> bool:
    """Whether it is a label and no more, as in the left cells of a table."""
    return _HEAD.fullmatch(text.strip()) is not None


def part_of(head: str) -> str:
    """The field that a heading of nothing but its word opens; "" for another heading."""
    match = _HEAD.fullmatch(head.strip())
    return BY_WORD[match["word"]] if match else ""


def labelled(text: str) -> Iterator[Told]:
    """The text cut at its labels; those in the brackets of a measure are the measure's own."""
    found = list(_cuts(text))
    start = text[: found[0].start()] if found else text
    if start.strip():
        yield Told("", _trimmed(start))
    ends = [one.start() for one in found[1:]] + [len(text)]
    for here, end in zip(found, ends[: len(found)], strict=True):
        yield Told(BY_WORD[here["word"]], _trimmed(text[here.end() : end]), here["word"])


def _cuts(text: str) -> Iterator[re.Match[str]]:
    measures: int | None = None
    for one in _LABEL.finditer(text):
        before = "" if measures is None else text[measures : one.start()]
        if len(re.findall("[（(]", before)) > len(re.findall("[）)]", before)):
            continue
        measures = one.end() if BY_WORD[one["word"]] == "measures" else None
        yield one


def in_brackets(text: str) -> tuple[str, list[Told]]:
    """The text without a bracket at its end that holds labels alone, and what they say."""
    match = _BRACKET.search(text.rstrip())
    if match is None:
        return text, []
    told = list(labelled(match["inside"]))
    if not told or not all(one.field for one in told):
        return text, []
    return text.rstrip()[: match.start()].rstrip(), told


def _trimmed(text: str) -> str:
    return text.strip().rstrip("；;，, ").strip()
