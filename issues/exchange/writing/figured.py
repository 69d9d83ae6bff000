"""Figures that the register keeps as words, written as the figures they are."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from issues.exchange.reading.extra_columns import COMPLAINT
from issues.ground.numbers import whole

Value = str | date | Decimal | int | None
FIGURES = ("序号", *COMPLAINT.values())
"""Columns kept as words, by heading; most cells of them are figures."""
_FRACTION = re.compile(r"(?:0|[1-9]\d{0,8})\.\d{0,5}[1-9]")
_LARGEST = 10**9


def figured(cells: Mapping[str, Value]) -> dict[str, Value]:
    """With figures for words that are read as the very same words again."""
    return dict(cells) | {name: _figure(cells[name]) for name in FIGURES if name in cells}


def _figure(said: Value) -> Value:
    if not isinstance(said, str):
        return said
    if _FRACTION.fullmatch(said):
        return Decimal(said)
    number = whole(said, 0, _LARGEST)
    return number if str(number) == said else said
