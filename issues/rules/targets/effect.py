"""What a required target still lacks before its ticket may be accepted.

Stricter than the state a page shows: the newest confirmed readings of every place must hold, on as
many dates as are asked for, each tied to a report on file. The same in SQL: issues/workflow/effect.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from issues.rules.required import MONITORED, MONITORINGS
from issues.rules.targets.judging import Held, holds
from issues.vocabulary import Nature

LEAST = ("≥", "＞")
"""How a limit is written that has to be reached."""


@dataclass(frozen=True, slots=True)
class Told:
    """A reading that stands. `is_proven`: its report is on file. `is_correction`: of another."""

    on: date
    value: Decimal
    id: int
    point: str = ""
    is_confirmed: bool = False
    is_proven: bool = False
    is_correction: bool = False


@dataclass(frozen=True, slots=True)
class Lack:
    """`reading` is the one that is outside, or the newest that does not count yet.

    There are readings that count on `dates` days of those `asked`.
    """

    is_outside: bool
    value: Decimal | None = None
    on: date | None = None
    reading: Told | None = None
    dates: int = 0
    asked: int = 0


def dates_asked(types: Iterable[str]) -> int:
    """Two dates for what is monitored, else one."""
    return MONITORINGS if {*types} & {word.value for word in MONITORED} else 1


def lack_of(target: Held, readings: Iterable[Told], asked: int) -> Lack | None:
    """None where the target holds nothing up. `readings` are those of its name, in any order.

    One that nobody has confirmed yet does not count, but holds up where it is outside.
    """
    if target.nature is Nature.COUNT and target.confirmed is not None:
        is_met = holds(target.sense, target.value, target.confirmed)
        return None if is_met else Lack(is_outside=True, value=target.confirmed)
    told = sorted(_of_period(target, readings), key=lambda one: (one.on, one.id))
    confirmed = [one for one in told if one.is_confirmed]
    deciding = (*_deciding(target, told), *_deciding(target, confirmed))
    if broken := [one for one in deciding if not _holds(target, one)]:
        last = max(broken, key=lambda one: (one.on, one.id))
        return Lack(is_outside=True, value=last.value, on=last.on, reading=last)
    needed = 1 if target.nature is Nature.COUNT else asked
    days = {one.on for one in confirmed if _counts(target, one)}
    mended = [one for one in told if one.is_correction and not one.is_confirmed]
    if len(days) >= needed and not mended:
        return None
    waiting = mended or [one for one in told if not one.is_confirmed or not _counts(target, one)]
    last_waiting = waiting[-1] if waiting else None
    if last_waiting is None:
        return Lack(is_outside=False, dates=len(days), asked=needed)
    return Lack(
        is_outside=False, value=last_waiting.value, on=last_waiting.on, reading=last_waiting,
        dates=len(days), asked=needed,
    )  # fmt: skip


def _of_period(target: Held, readings: Iterable[Told]) -> list[Told]:
    """A level reached late is reached; what is to be kept is kept from its first day on."""
    if target.nature is not Nature.KEEP or target.start is None:
        return list(readings)
    return [one for one in readings if one.on >= target.start]


def _deciding(target: Held, told: Sequence[Told]) -> list[Told]:
    """All of what is to be kept; else those that none of a later day follows at their place."""
    if target.nature is Nature.KEEP:
        return list(told)
    last: dict[str, date] = {}
    for one in told:
        last[one.point] = max(one.on, last.get(one.point, one.on))
    return [one for one in told if one.on == last[one.point]]


def _holds(target: Held, one: Told) -> bool:
    return holds(target.sense, target.value, one.value)


def _counts(target: Held, one: Told) -> bool:
    """Nobody writes a report on how many there are."""
    return _holds(target, one) and (one.is_proven or target.nature is Nature.COUNT)


def is_within(row: Any) -> bool:
    """A reading and the limits typed with it: a value on its limit holds it."""
    return (row.low is None or row.value >= row.low) and (row.high is None or row.value <= row.high)


def limit_words(row: Any) -> str:
    if row.low is not None and row.high is not None:
        return f"{row.low}~{row.high}"
    if row.high is not None:
        return f"≤{row.high}"
    return f"≥{row.low}" if row.low is not None else "未填"


def outside_words(limit: str) -> str:
    """What a reading is that breaks the limit: over a highest value, or short of what is asked."""
    return "未达标" if limit.startswith(LEAST) else "超标"
