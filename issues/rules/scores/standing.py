"""Who stood how to a ticket on a day: what later rows of the history changed is taken back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from issues.rules.scores.points import Borne
from issues.rules.scores.story import Told
from issues.vocabulary import Action, BesideAct

SINGLE = {"primary_unit": "primary", "lead_unit": "lead"}
LISTS = {"responsible_units": "responsible", "supporting_units": "supporting"}
REGION = "region"
MOVING = BesideAct.MOVE_UNITS.value
CHANGING = frozenset({Action.AMEND.value, MOVING})


@dataclass(frozen=True, slots=True)
class Standing:
    """By the ids of units; `responsible` may hold the primary one too."""

    primary: int | None = None
    lead: int | None = None
    county: int | None = None
    responsible: frozenset[int] = frozenset()
    supporting: frozenset[int] = frozenset()

    def borne(self) -> Borne:
        line = (self.responsible | self.supporting) - {self.primary}
        return Borne(self.primary, self.lead, self.county, frozenset(one for one in line if one))


@dataclass(frozen=True, slots=True)
class Names:
    """How the history calls units and places: short names of units, codes of places."""

    unit: Callable[[str], int | None]
    county: Callable[[str], int | None]


def standing_at(now: Standing, later: Iterable[Told], names: Names) -> Standing:
    """`later` are the rows after the moment asked for, in any order."""
    for row in sorted(later, key=lambda one: -one.seq):
        if row.action in CHANGING:
            now = _before(now, row.action, row.detail, names)
    return now


def _before(now: Standing, action: str, detail: Mapping[str, Any], names: Names) -> Standing:
    if action == MOVING:
        now = _moved_back(now, names.unit(detail.get("to", "")), names.unit(detail.get("from", "")))
    said = detail.get("before")
    if not isinstance(said, Mapping):
        return now
    return replace(now, **_said(now, said, names))


def _said(now: Standing, said: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """What a row tells of before it, as the attributes of a standing."""
    changes: dict[str, Any] = {
        attribute: names.unit(said[name]) if said[name] else None
        for name, attribute in SINGLE.items()
        if name in said
    }
    if "primary_unit" in said:  # an older row does not tell the list that a new one joins
        changes["responsible"] = now.responsible - {now.primary}
    for name, attribute in LISTS.items():
        if name in said:
            units = (names.unit(one) for one in said[name] or ())
            changes[attribute] = frozenset(one for one in units if one is not None)
    if REGION in said:
        changes["county"] = names.county(said[REGION] or "")
    return changes


def _moved_back(now: Standing, to: int | None, origin: int | None) -> Standing:
    """Lists of units: where the new one stands, the old one stood."""
    if to is None or origin is None:
        return now

    def back(units: frozenset[int]) -> frozenset[int]:
        return (units - {to}) | {origin} if to in units else units

    return replace(now, responsible=back(now.responsible), supporting=back(now.supporting))
