"""Points of one event: who bears which share of it, by how much it weighs, what it comes to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from issues.rules.policy import Policy
from issues.rules.scores.figures import HUNDRED, spelled
from issues.vocabulary import ScoreRule, ScoreShare, Source


@dataclass(frozen=True, slots=True)
class Borne:
    """Who stood how to the ticket on the day of the event, by the ids of units."""

    primary: int | None = None
    lead: int | None = None
    county: int | None = None
    line: frozenset[int] = frozenset()

    def standing(self) -> Iterable[tuple[ScoreShare, int]]:
        single = (
            (ScoreShare.PRIMARY, self.primary),
            (ScoreShare.LEAD, self.lead),
            (ScoreShare.COUNTY, self.county),
        )
        yield from ((share, unit) for share, unit in single if unit is not None)
        yield from ((ScoreShare.LINE, unit) for unit in sorted(self.line))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One thing that points are booked for.

    `key` names it for ever: the same thing has the same key however often the history is read.
    `event` is the row of the history that says so, `notice` the paper; one without either is a day
    that passed, told by `because`.
    """

    key: str
    rule: ScoreRule
    on: date
    ticket: int
    source: Source
    borne: Borne
    event: int | None = None
    notice: int | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """What one unit bears of an occurrence: base × share × weight = value, in exact decimals."""

    occurrence: Occurrence
    unit: int
    share_as: ScoreShare
    base: Decimal
    share: Decimal
    weight: Decimal
    policy: int

    @property
    def value(self) -> Decimal:
        return (self.base * self.share / HUNDRED * self.weight).normalize() + 0

    @property
    def formula(self) -> str:
        """−1×30%×1.5＝−0.45."""
        return formula(self.base, self.share, self.weight, self.value)


def formula(base: Decimal, share: Decimal, weight: Decimal, value: Decimal) -> str:
    """The arithmetic as a page and a sheet show it."""
    return f"{signed(base)}×{spelled(share)}%×{spelled(weight)}＝{signed(value)}"


def signed(points: Decimal) -> str:
    """With its sign, as figures of points are written: +0.5, −1.5, 0."""
    told = spelled(abs(points))
    if not points:
        return told
    return f"+{told}" if points > 0 else f"−{told}"


def points_of(occurrence: Occurrence, policy: Policy, number: int) -> list[Point]:
    """The points of each unit that bears some; a unit that stands twice bears its highest share.

    A share or a base of nothing books nothing.
    """
    numbers, weight = policy.scores, policy.sources[occurrence.source].weight
    base = numbers.base(occurrence.rule)
    return [
        Point(occurrence, unit, share_as, base, numbers.share(share_as), weight, number)
        for unit, share_as in _highest(occurrence.borne, policy).items()
        if base and numbers.share(share_as)
    ]


def _highest(borne: Borne, policy: Policy) -> Mapping[int, ScoreShare]:
    """By unit the share it bears. Of equal ones the nearer to the ticket: as `standing` tells."""
    found: dict[int, ScoreShare] = {}
    for share, unit in borne.standing():
        known = found.get(unit)
        if known is None or policy.scores.share(share) > policy.scores.share(known):
            found[unit] = share
    return found
