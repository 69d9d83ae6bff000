"""What points come to: the two halves and the total of one unit over a quarter or a year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from issues.rules.scores.figures import ScoreNumbers, spelled
from issues.rules.scores.points import signed
from issues.vocabulary import ScoreHalf, ScoreRule

MONTHS_OF_QUARTER = 3
QUARTERS = (1, 2, 3, 4)


class Quarter(NamedTuple):
    year: int
    quarter: int

    @property
    def label(self) -> str:
        return f"{self.year}年第{self.quarter}季度"

    @property
    def first(self) -> date:
        return date(self.year, (self.quarter - 1) * MONTHS_OF_QUARTER + 1, 1)

    @property
    def after(self) -> date:
        """The first day of the next one."""
        return following(self).first


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month - 1) // MONTHS_OF_QUARTER + 1)


def following(one: Quarter) -> Quarter:
    if one.quarter == QUARTERS[-1]:
        return Quarter(one.year + 1, 1)
    return Quarter(one.year, one.quarter + 1)


def preceding(one: Quarter) -> Quarter:
    if one.quarter == QUARTERS[0]:
        return Quarter(one.year - 1, QUARTERS[-1])
    return Quarter(one.year, one.quarter - 1)


class Entry(NamedTuple):
    """One line of a unit's book, as far as totals ask."""

    rule: ScoreRule
    value: Decimal


@dataclass(frozen=True, slots=True)
class Total:
    """`process` and `result` lie between nothing and their full points.

    `lost` and `won` are sums of the entries by half; `won_counted` is what of them the cap lets
    through.
    """

    full_process: Decimal
    full_result: Decimal
    lost_process: Decimal
    lost_result: Decimal
    won: Decimal
    won_counted: Decimal

    @property
    def process(self) -> Decimal:
        return _within(self.full_process + self.lost_process, self.full_process)

    @property
    def result(self) -> Decimal:
        return _within(self.full_result + self.lost_result + self.won_counted, self.full_result)

    @property
    def total(self) -> Decimal:
        return self.process + self.result

    @property
    def formula(self) -> str:
        """过程分50−0.45＝49.55；结果分50−3+0.5＝47.5."""
        process = _told("过程分", self.full_process, (self.lost_process,), self.process)
        parts = (self.lost_result, self.won_counted)
        result = _told("结果分", self.full_result, parts, self.result)
        capped = self.won - self.won_counted
        told = f"（加分{signed(self.won)}，按上限计{spelled(self.won_counted)}）" if capped else ""
        return f"{process}；{result}{told}"


def total_of(entries: Iterable[Entry], numbers: ScoreNumbers) -> Total:
    """Of one unit's entries of a quarter or a year. Their order changes nothing."""
    lost = dict.fromkeys(ScoreHalf, Decimal(0))
    won = Decimal(0)
    for rule, value in entries:
        if rule.sign > 0:
            won += value
        else:
            lost[rule.half] += value
    return Total(
        full_process=numbers.full(ScoreHalf.PROCESS),
        full_result=numbers.full(ScoreHalf.RESULT),
        lost_process=lost[ScoreHalf.PROCESS],
        lost_result=lost[ScoreHalf.RESULT],
        won=won,
        won_counted=min(won, numbers.early_most),
    )


def _within(points: Decimal, full: Decimal) -> Decimal:
    return max(Decimal(0), min(points, full))


def _told(label: str, full: Decimal, parts: Iterable[Decimal], comes_to: Decimal) -> str:
    terms = "".join(signed(part) for part in parts if part)
    bare = full + sum(parts, Decimal(0))
    held = "（最低0分）" if bare < 0 else "（最高满分）" if bare > full else ""
    return f"{label}{spelled(full)}{terms}＝{spelled(comes_to)}{held}"
