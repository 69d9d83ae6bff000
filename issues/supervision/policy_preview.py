"""What a changed set of rules would make of the open tickets, before anybody publishes it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select

from auth.models import Unit
from extensions import db
from issues.colour.facts_of import facts_of_all, in_chunks
from issues.colour.policies import policy_on, workdays
from issues.ground.batches import without_collecting
from issues.models import Issue
from issues.rules.colour import computed_colour, thresholds
from issues.rules.firings import Firing, firings
from issues.rules.policy import Policy
from issues.vocabulary import OPEN, Colour, Rule, Status

Progress = Callable[[int, int], None]
_COMPARED = (
    Issue.number, Issue.title, Issue.primary_unit_id, Issue.yellow_from, Issue.red_from,
    Issue.card, Issue.policy,
)  # fmt: skip


class Change(NamedTuple):
    """A ticket whose computed colour would be another; `rules` are those that make the new one."""

    number: str
    title: str
    unit_id: int | None
    before: Colour
    after: Colour
    rules: tuple[Rule, ...]


@dataclass(slots=True)
class Comparison:
    """Open tickets by colour under the rules in force and under the changed ones."""

    on: date
    changes: list[Change] = field(default_factory=list)
    before: Counter[Colour] = field(default_factory=Counter)
    after: Counter[Colour] = field(default_factory=Counter)
    units: dict[int | None, tuple[Counter[Colour], Counter[Colour]]] = field(
        default_factory=lambda: defaultdict(lambda: (Counter(), Counter()))
    )

    def add(self, row: Any, before: Colour, after: Colour, rules: tuple[Rule, ...]) -> None:
        self.before[before] += 1
        self.after[after] += 1
        own = self.units[row.primary_unit_id]
        own[0][before] += 1
        own[1][after] += 1
        if before is not after:
            unit_id = row.primary_unit_id
            self.changes.append(Change(row.number, row.title, unit_id, before, after, rules))


class _Painted(NamedTuple):
    """Just what a colour is read from."""

    status: Status
    yellow_from: date
    red_from: date
    card: str


def compare(policy: Policy, on: date, progress: Progress = lambda _done, _all: None) -> Comparison:
    """What the changed rules would make of every open ticket on a day. Writes nothing."""
    found = Comparison(on)
    for done, total in compare_stepwise(policy, found):
        progress(done, total)
    return found


def compare_stepwise(policy: Policy, found: Comparison) -> Iterator[tuple[int, int]]:
    """The same a chunk at a time: how many tickets are read, and how many there are."""
    number, now = policy_on(found.on)
    calendar = workdays()
    total = db.session.scalar(select(func.count(Issue.id)).where(Issue.status.in_(OPEN))) or 0
    for rows in in_chunks(*_COMPARED, where=Issue.status.in_(OPEN)):
        with without_collecting():
            facts = facts_of_all(rows)
            for row in rows:
                if row.policy == number:
                    before = computed_colour(row, found.on)
                else:
                    before = _colour(row, firings(facts[row.id], now, calendar), found.on)
                new = firings(facts[row.id], policy, calendar)
                after = _colour(row, new, found.on)
                found.add(row, before, after, _making(new, after, found.on))
        yield sum(found.before.values()), total


def _colour(row: Any, found: list[Firing], on: date) -> Colour:
    yellow_from, red_from = thresholds(found)
    return computed_colour(_Painted(row.status, yellow_from, red_from, row.card), on)


def _making(found: list[Firing], colour: Colour, on: date) -> tuple[Rule, ...]:
    rules = {f.rule for f in found if f.since <= on and f.rule.colour is colour}
    return tuple(sorted(rules))


def unit_names(found: Comparison) -> dict[int | None, str]:
    rows = db.session.execute(select(Unit.id, Unit.short_name).where(Unit.id.in_(found.units)))
    return {row.id: row.short_name for row in rows}
