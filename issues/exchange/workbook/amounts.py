"""The figure of a cell as a person reads it: a percent as its number, never in another unit."""

import re
from decimal import Decimal
from typing import NamedTuple

from issues.exchange.workbook.sheet import Cell, plain

PERCENT = "%"
LONGEST_UNIT = 20
TAKES_PERCENT = frozenset({"m_target", "m_confirmed"})
MONEY_IN = {"fine": "万元"}
_FIGURE = re.compile(r"\d{1,12}(?:\.\d{1,6})?")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?")
_BRACKET = re.compile(r"\(([^()]*)\)$")
_NO_FIGURE = "应是不小于0的数字，计量单位另填在单位栏"
_SCALED = "这一格的数字格式把数缩小了显示，看不出按什么单位填写，请改成常规格式并填写实际的数"
_MONEY = {
    "元": "元", "¥": "元", "￥": "元", "千元": "千元", "万元": "万元", "万": "万元",
    "百万元": "百万元", "亿元": "亿元", "亿": "亿元", "$": "美元", "美元": "美元",
}  # fmt: skip


class Amount(NamedTuple):
    """`value` is None where `fault` says why."""

    value: Decimal | None
    fault: str = ""


def amount(cell: Cell, name: str, heading: str) -> Amount:
    """The figure of a field under a heading."""
    if cell.look.is_scaled:
        return Amount(None, fault=_SCALED)
    value, unit = _said(cell)
    if value is None or value < 0 or (PERCENT in unit and name not in TAKES_PERCENT):
        return Amount(None, fault=_NO_FIGURE)
    named = _BRACKET.search(plain(heading).rstrip(":*★"))
    wanted = _MONEY.get(named[1]) if named else MONEY_IN.get(name)
    found = _MONEY.get(unit)
    if found and wanted and found != wanted:
        return Amount(None, fault=f"这一格的单位是“{unit}”，这一栏是“{wanted}”，请换算后填写")
    return Amount(value)


def unit_of(cell: Cell) -> str:
    """The unit a number's format or its percent sign names."""
    unit = "" if cell.value is None else _said(cell)[1]
    return unit if len(unit) <= LONGEST_UNIT else ""


def _said(cell: Cell) -> tuple[Decimal | None, str]:
    unit = plain(cell.look.unit)
    if isinstance(cell.value, Decimal):
        return (cell.value * 100 if unit.startswith(PERCENT) else cell.value), unit
    words = plain(cell.text)
    if words.endswith(PERCENT):
        words, unit = words[:-1], PERCENT
    if _THOUSANDS.fullmatch(words):
        words = words.replace(",", "")
    return (Decimal(words) if _FIGURE.fullmatch(words) else None), unit
