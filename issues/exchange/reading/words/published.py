"""Types of problems and outcomes of complaints in the words of published tables."""

import re
from typing import NamedTuple

from issues.exchange.workbook.sheet import plain
from issues.vocabulary import ProblemType, Status

OUTCOMES = {
    "已办结": Status.CLOSED,
    "阶段性办结": Status.RECTIFYING,
    "未办结": Status.RECTIFYING,
}
_ALSO = {
    "已办结": "办结 已经办结 办结完毕 已办理完毕 已完成 已完结 已销号",
    "阶段性办结": "阶段办结 阶段性完成 已阶段性办结 已阶段办结 阶段性已办结",
    "未办结": "正在办理 办理中 正在办理中 在办 正办理 正在整改 整改中 尚未办结 未完成",
}
OUTCOME_WORDS = {said: word for word, texts in _ALSO.items() for said in (word, *texts.split())}
_PUBLISHED = re.compile(
    r"(?:,|并|、|且)*\(?(?:已|并|并已)?(?:公示|公开|向社会公开|反馈)(?:完毕|完成)?\)?$"
)

TYPE_NAMES = {"噪音": ProblemType.NOISE, "固体废物": ProblemType.WASTE} | {
    f"{word.label}{tail}": word for word in ProblemType for tail in ("", "环境", "污染")
}
_FINER = {
    ProblemType.AIR: "油烟 餐饮油烟 扬尘 粉尘 烟尘 恶臭 异味 臭气 废气 臭味 空气 秸秆焚烧 尾气",
    ProblemType.WATER: "废水 污水 生活污水 黑臭水体 水体 饮用水 水质 饮用水源 水源地",
    ProblemType.NOISE: "施工噪声 社会生活噪声 生活噪声 交通噪声 工业噪声 噪声扰民 噪音扰民 振动",
    ProblemType.WASTE: "垃圾 生活垃圾 建筑垃圾 固体废弃物 危险废物 危废 渣土 医疗废物 废渣",
    ProblemType.SOIL: "农用地 建设用地土壤",
    ProblemType.ECOLOGY: "生态破坏 毁林 非法采砂 采砂 矿山生态 水土流失 植被破坏",
    ProblemType.RADIATION: "电磁辐射 核辐射 电磁 核与辐射",
    ProblemType.OTHER: "其它",
}
TYPES_SAID = {said: word for word, texts in _FINER.items() for said in texts.split()}
_BETWEEN = re.compile(r"[、,/;\s+]+|(?<=.)[和及](?=.)")
_TAIL = re.compile(r"(?:环境)?(?:污染)?(?:问题|类|扰民|方面)?$")
_CASE_NUMBERS = (
    re.compile(r"[DX]\d?[A-Z]{2}\d{12}", re.ASCII),
    re.compile(  # the first round: the region, the day and a serial number
        r"[DX][1-9]\d{5}20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{4}", re.ASCII
    ),
)
_STARRED = re.compile(r"^[*★☆]+|[*★☆]+$|\((?:重点|[*★☆])(?:件|案件|关注|督办|信访件)?\)")


def outcome_of(words: str) -> str | None:
    """正在办理 is 未办结, 已办结并公示 is 已办结; None for other words."""
    return OUTCOME_WORDS.get(words) or OUTCOME_WORDS.get(_PUBLISHED.sub("", words))


class TypesRead(NamedTuple):
    """`finer` tells of the words that are no types of their own, `unknown` those of none."""

    types: tuple[ProblemType, ...]
    finer: str
    unknown: tuple[str, ...]


def read_types(text: str) -> TypesRead:
    """Of a cell in half-width signs: 油烟、扬尘 are 大气."""
    found = {word: _type_of(plain(word)) for word in _BETWEEN.split(text) if word}
    kinds = {word: kind for word, kind in found.items() if kind}
    finer = [word for word in kinds if plain(word) not in TYPE_NAMES]
    return TypesRead(
        tuple(dict.fromkeys(kinds.values())),
        "，".join(f"“{word}”记为“{kinds[word].label}”" for word in finer),
        tuple(word for word in found if word not in kinds),
    )


def _type_of(words: str) -> ProblemType | None:
    bare = _TAIL.sub("", words)
    return next(
        (names[one] for names in (TYPE_NAMES, TYPES_SAID) for one in (words, bare) if one in names),
        None,
    )


def is_case_number(number: str) -> bool:
    return any(pattern.fullmatch(number) for pattern in _CASE_NUMBERS)


def without_star(words: str) -> tuple[str, bool]:
    """A number without the star or （重点） beside it, and whether it has one."""
    number = _STARRED.sub("", words)
    return number, number != words
