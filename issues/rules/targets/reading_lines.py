"""A reading as one line of a ledger: as an export writes it, and as a clerk does.

2025-10-31 细颗粒物（PM2.5）浓度 28.5μg/m³【市监测站，点位：政务中心，已确认】
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from issues.rules.dates.deadlines import UnreadableDeadline, read_day
from issues.rules.targets.units import UNITLESS

LONGEST_LINE = 400
CONFIRMED, POINT = "已确认", "点位："
EXAMPLE = "2025-10-31 氨氮 0.9mg/L"
NO_DAY = f"请以采样日期开头，如“{EXAMPLE}”"
NO_FIGURE = f"认不出项目、数值和单位，数值只填一个数，如“{EXAMPLE}”"
TOO_LONG = f"一行不超过{LONGEST_LINE}字"
_DAY = re.compile(
    r"(?P<day>\d{4}(?:年\d{1,2}月\d{1,2}日|([-./])\d{1,2}\2\d{1,2})(?!\d))[\s，,：:]*(?P<rest>.*)"
)
_REST = re.compile(
    r"(?P<name>\S(?:.*\S)?)(?:\s*[:=]\s*|\s+|(?<=[^\x00-\x7f]))"
    r"(?P<value>-?(?:\d{1,3}(?:,\d{3})+|\d{1,20})(?:\.\d{1,20})?)"
    r"\s*(?P<unit>dB[（(]A[）)]|[^\d\s,，、.~～^±+\-—–【】（）()][^【】（）()]*)?"
    r"(?:[（(](?P<point>[^（）()]*)[）)])?\s*(?:【(?P<told>[^【】]*)】)?"
)
_TOLD = re.compile(
    rf"(?P<laboratory>(?:(?!{POINT}).+?)??)(?:(?:^|，){POINT}(?P<point>.*?))?"
    rf"(?P<confirmed>(?:^|，){CONFIRMED})?"
)
_BRACKETS = str.maketrans("【】", "〔〕")


class UnreadableReading(ValueError):
    """Why a line is no reading, in a sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """A reading as a ledger says it. What a clerk leaves out is empty."""

    on: date
    name: str
    value: Decimal
    unit: str = ""
    laboratory: str = ""
    point: str = ""
    is_confirmed: bool = False


def written(one: ReadingLine) -> str:
    laboratory, point = (_plain(words) for words in (one.laboratory, one.point))
    told = [laboratory] if laboratory else []
    told += [f"{POINT}{point}"] if point else []
    told += [CONFIRMED] if one.is_confirmed else []
    more = f"【{'，'.join(told)}】" if told else ""
    return f"{one.on} {_plain(one.name)} {one.value:f}{one.unit}{more}"


def read(line: str) -> ReadingLine:
    """Raises UnreadableReading."""
    line = line.strip()
    if len(line) > LONGEST_LINE:
        raise UnreadableReading(TOO_LONG)
    begun = _DAY.fullmatch(line)
    if begun is None:
        raise UnreadableReading(NO_DAY)
    try:
        on = read_day(begun["day"])
    except UnreadableDeadline as wrong:
        raise UnreadableReading(wrong.sentence) from wrong
    found = _REST.fullmatch(begun["rest"].strip())
    told = _TOLD.fullmatch((found["told"] or "").strip()) if found else None
    name = found["name"].rstrip("：:=＝为 ") if found else ""
    if found is None or told is None or not name:
        raise UnreadableReading(NO_FIGURE)
    unit = (found["unit"] or "").strip()
    return ReadingLine(
        on, name, Decimal(found["value"].replace(",", "")), unit,
        told["laboratory"].strip(), (told["point"] or found["point"] or "").strip(),
        is_confirmed=bool(told["confirmed"]),
    )  # fmt: skip


def is_said_of(line: ReadingLine, other: ReadingLine) -> bool:
    """Whether a line says the other; place and laboratory only where it names them."""
    same = (line.on, line.name, line.value) == (other.on, other.name, other.value)
    same_unit = line.unit == other.unit or {line.unit, other.unit} <= {*UNITLESS}
    same_place = line.point in {"", other.point}
    return same and same_unit and same_place and line.laboratory in {"", other.laboratory}


def _plain(words: str) -> str:
    return " ".join(words.translate(_BRACKETS).split())
