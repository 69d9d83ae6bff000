"""Whether a target is met on a day, and which reading decides it (docs/decisions/0036).

A bound is exact: `<27.4` is not met by 27.4. Figures are decimals all the way, never floats.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from issues.vocabulary import Nature, Sense, TargetState


@dataclass(frozen=True, slots=True)
class Held:
    """A target as it is judged. `start` and `due` are its first and last day, both included.

    `confirmed`: the value that a reviewer or a ledger has confirmed of its measure, without a day.
    """

    sense: Sense
    value: Decimal
    nature: Nature
    start: date | None = None
    due: date | None = None
    confirmed: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """A confirmed reading that stands: not withdrawn, and no later one corrects it."""

    on: date
    value: Decimal
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """`value` is the figure that decided, `reading` the reading it stands in: none of a measure."""

    state: TargetState
    value: Decimal | None = None
    reading: Measured | None = None


UNKNOWN = Judged(TargetState.UNKNOWN)


def holds(sense: Sense, limit: Decimal, value: Decimal) -> bool:
    """Whether the value is on the target's side of the limit; the limit itself by `≥` and `≤`."""
    match sense:
        case Sense.GE:
            return value >= limit
        case Sense.GT:
            return value > limit
        case Sense.LE:
            return value <= limit
    return value < limit


def state(target: Held, readings: Iterable[Measured], day: date) -> Judged:
    """The target as of the end of `day`, by its confirmed readings in any order.

    No reading after the target's own last day counts, nor one before the first day of a `keep`.

    count: the confirmed value of its measure, else the newest reading. level: the newest reading.
    keep: the first reading that does not hold, else the newest. Of several readings of one day
    each must hold, as of several places; the first that does not decides. Where there is none, a
    level or a keep is judged by the confirmed value of its measure, too.
    """
    until = day if target.due is None else min(day, target.due)
    told = sorted((one for one in readings if one.on <= until), key=_by_day)
    if target.nature is Nature.COUNT and target.confirmed is not None:
        return _judged(target, target.confirmed)
    if target.nature is Nature.KEEP:
        told = [one for one in told if target.start is None or one.on >= target.start]
    elif told:
        told = [one for one in told if one.on == told[-1].on]
    if not told:
        return UNKNOWN if target.confirmed is None else _judged(target, target.confirmed)
    broken = (one for one in told if not holds(target.sense, target.value, one.value))
    decides = next(broken, told[-1])
    return _judged(target, decides.value, decides)


def _judged(target: Held, value: Decimal, reading: Measured | None = None) -> Judged:
    is_met = holds(target.sense, target.value, value)
    return Judged(TargetState.MET if is_met else TargetState.NOT_MET, value, reading)


def _by_day(reading: Measured) -> tuple[date, int]:
    return reading.on, reading.id or 0
