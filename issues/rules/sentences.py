"""Pieces of the sentences that say why a rule fires and what ends it, in plain Chinese."""

from datetime import date
from fractions import Fraction

from issues.rules.rule_record import Figures

MOST_PLACES = 6
LIFTED = "不随时间解除：整改到位、现场核查通过后摘牌解除"


def on(figures: Figures, name: str) -> date:
    return date.fromisoformat(figures[name])


def passed(due: date, day: date) -> str:
    days = (day - due).days
    if days > 0:
        return f"已过{days}天"
    return f"还剩{-days}天" if days else "今日到期"


def figure(value: Fraction, *lines: int) -> str:
    """A decimal short enough to read that stands on the same side of each line as the value."""
    places = 1
    while places < MOST_PLACES and any(
        _side(round(value, places), line) != _side(value, line) for line in lines
    ):
        places += 1
    text = f"{float(round(value, places)):.{places}f}"
    return text.rstrip("0").rstrip(".")


def _side(value: Fraction, line: int) -> int:
    return (value > line) - (value < line)
