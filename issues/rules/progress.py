"""A measure against its straight line: exact fractions, solved for the day, nothing looped."""

from datetime import date
from fractions import Fraction

from issues.rules.dates.days import NEVER, days_after
from issues.rules.facts import MeasureFacts
from issues.rules.targets import holds

WHOLE = 100


def planned(start: date, deadline: date, day: date) -> Fraction:
    """The share of a measure due by the day: 0 on `start`, 1 on `deadline`, straight between."""
    if day >= deadline:
        return Fraction(1)
    if day <= start:
        return Fraction(0)
    return Fraction((day - start).days, (deadline - start).days)


def achieved(measure: MeasureFacts) -> Fraction:
    """The confirmed share of a quantified measure. Raises LookupError where it is none."""
    if measure.target is None:
        raise LookupError(f"measure {measure.no} has no target")
    done, parts = (measure.confirmed or 0).as_integer_ratio()
    target, of_target = measure.target.as_integer_ratio()
    return Fraction(done * of_target, parts * target)


def lag(start: date, deadline: date, share: Fraction, day: date) -> Fraction:
    """Percentage points by which the line is above the confirmed share."""
    return (planned(start, deadline, day) - share) * WHOLE


def is_quantified(measure: MeasureFacts) -> bool:
    return measure.target is not None and measure.target > 0


def is_finished(measure: MeasureFacts) -> bool:
    """Confirmed done, or confirmed up to its target: it colours nothing any more."""
    if measure.target is None or measure.confirmed is None:
        return measure.done
    return measure.done or holds(measure.sense, measure.target, measure.confirmed)


def first_day_lagging(start: date, deadline: date, share: Fraction, points: int) -> date:
    """The first day on which the lag is at least `points`."""
    return _first_day(start, deadline, share, points, least=0)


def first_day_lagging_more(start: date, deadline: date, share: Fraction, points: int) -> date:
    """The first day on which the lag is more than `points`."""
    return _first_day(start, deadline, share, points, least=1)


def _first_day(start: date, deadline: date, share: Fraction, points: int, *, least: int) -> date:
    """The first day the line is at least (or, by 1, above) that far over the share, or NEVER.

    Whole numbers alone: days = (share + points / 100) × length, rounded up.
    """
    length = (deadline - start).days
    over = (share.numerator * WHOLE + points * share.denominator) * max(length, 1)
    days = -(-(over + least) // (share.denominator * WHOLE))
    if length <= 0:
        return deadline if days <= 1 else NEVER
    return days_after(start, days) if days <= length else NEVER
