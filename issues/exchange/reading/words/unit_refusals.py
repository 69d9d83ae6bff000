"""What to write instead of words that no unit bears. A hint never names another body."""

import difflib
import re
from collections.abc import Sequence
from typing import NamedTuple

from issues.exchange.reading.words.unit_forms import LEVELS, Named, core_of, registered

NEAREST, STEM, SHORTEST = 0.6, 2, 2
OFFICES = ("局委会", "办室", "部", LEVELS)
FORMER = {
    "水务": "水利", "环保": "生态环境", "环境保护": "生态环境", "国土资源": "自然资源",
    "国土": "自然资源", "卫计": "卫生健康", "卫生计生": "卫生健康", "安监": "应急管理",
    "工商": "市场监督管理", "质监": "市场监督管理", "食药监": "市场监督管理", "林草": "林业",
}  # fmt: skip
"""What a department was called before, or is called elsewhere: asked back, never read."""

_SOME_UNITS = re.compile(
    r"(?:省|市|县|区|县区|中省|全市|各)?(?:级|直)?(?:各|其他|其它)?(?:有关|相关|责任|职能|成员|涉及|主管|行业主管|牵头"
    r"|配合)*(?:的)?(?:责任)?(?:部门|单位|企业|乡镇)|等.{0,8}|各.+"
)
_OF_A_COUNTY = re.compile(r"[区县].+")
_BESIDE = re.compile(r"[(等]|负责|按|牵头|配合|督")
_SOME_COUNTIES = re.compile(
    r"(?:有关|相关|涉及|属地|所在|所在地|部分|其他|其它|事发地|[一二两三四五六七八九\d]{1,2}个?)(?:的)?"
    r"(?:县|区|市|地方).*|(?:县区|区县|县\(区\)).*|[一二两三四五六七八九]县[一二两三四五六七八九]区.*"
)
_SOME_GOVERNMENT = re.compile(
    rf"(?:各级|地方|当地|属地)?(?P<level>[{LEVELS}])?(?:委|党委|党委政府|委[{LEVELS}]?政府|(?:人民)?政府)"
    r"|管委会|党工委|管理委员会"
)
_HIGHER = re.compile(r"(?:中央|国家|省|.{1,3}省).+|.+厅")
_AND_MORE = re.compile(
    r"(?:以及|及|和|与|等)?(?:其|所属|下属|市级|县级|区级|市直)*(?:有关|相关|各|其他|部门|单位).*"
)


class Core(NamedTuple):
    """What a registered name says beside its city and its kind of office."""

    text: str
    office: str
    unit: str


def why_unknown(words: str, city: str, counties: Sequence[str]) -> str:
    """The end of the refusal, by the kind of words; "" where they may be a name."""
    if _SOME_UNITS.fullmatch(words):
        return "，没有写明是哪些单位，请逐个写出单位名称"
    if _SOME_COUNTIES.fullmatch(words):
        return "，没有写明是哪几个县（区），请逐个写出，全部县（区）写“各县（区）”"
    if words in {
        city,
        f"{city}委",
        "市委",
        "市政府",
        "市人民政府",
        "市委市政府",
        "全市",
        f"{city}人民政府",
    }:
        return "，请写具体承办的部门或县（区）"
    if match := _SOME_GOVERNMENT.fullmatch(words):
        level = match["level"]
        return f"，没有写明是哪一个，请写全称{_such_as(counties, level) if level else ''}"
    if _OF_A_COUNTY.fullmatch(words):
        return f"，县（区）的部门请写它所在的县（区）{_such_as(counties, words[0])}"
    return "，省级以上单位不作为本市的承办单位" if _HIGHER.fullmatch(words) else ""


def _such_as(counties: Sequence[str], level: str) -> str:
    named = "".join(f"“{name}”" for name in counties if name.endswith(level))
    return f"，如{named}" if named else ""


def why_more(words: str, bodies: Sequence[tuple[str, str]]) -> str:
    """The end of the refusal of a unit's name with something behind it; "" for other words."""
    for form, unit in bodies:
        more = words.removeprefix(form)
        is_stem = unit[:-1] == form and len(more) < STEM
        if more == words or not more or is_stem:
            continue
        if _AND_MORE.fullmatch(more):
            return f"，“{more}”没有写明是哪些单位，请逐个写出单位名称"
        if _BESIDE.match(more):
            return f"，“{more}”不是名称的一部分，请只写“{unit}”"
        return f"，它不是“{unit}”本身；由{unit}负责的，请写“{unit}”"
    return ""


def why_no_name(
    words: str, city: str, counties: Sequence[str], bodies: Sequence[tuple[str, str]]
) -> str:
    """The end of the refusal of words that say more, or less, than one body; "" for others."""
    beside = (words.removeprefix(form) for form, _ in bodies if words.startswith(form))
    if any(more and (_AND_MORE.fullmatch(more) or _BESIDE.match(more)) for more in beside):
        return "，名称后面还有别的话，请只写名称"
    return why_unknown(words, city, counties)


def cores(units: Sequence[Named], city: str) -> list[Core]:
    names = ((unit, name) for unit in units for name in registered(unit))
    return [Core(core_of(name, city), _office(name), unit.short_name) for unit, name in names]


def nearest(words: str, city: str, known: Sequence[Core]) -> str | None:
    """The body of the same kind of office most like the words, by more than half of them."""
    core, office = core_of(words, city), _office(words)
    alike = [one for one in known if office == one.office or (not office and one.text == core)]
    if former := FORMER.get(core):
        named = [one for one in alike if former in one.text]
        return min(named, key=lambda one: len(one.text)).unit if named else None
    texts = [one.text for one in alike]
    close = difflib.get_close_matches(core, texts, 1, NEAREST) if len(core) >= SHORTEST else []
    return alike[texts.index(close[0])].unit if close else None


def _office(name: str) -> str:
    """What kind of office a name ends in; "" where it ends in none."""
    return next((kind for kind in OFFICES if name[-1:] in tuple(kind)), "")
