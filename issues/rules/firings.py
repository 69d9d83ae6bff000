"""A ticket's firings: every rule's record asked for the first days it fires (docs/rules.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from issues.rules.dates.days import NEVER
from issues.rules.dates.workdays import Workdays
from issues.rules.each import RECORDS, RULES
from issues.rules.facts import Facts
from issues.rules.policy import Policy
from issues.vocabulary import OFF_BOARD, Rule, Status

_OF_WHAT = ("measure", "target_id")


@dataclass(frozen=True, slots=True)
class Firing:
    """A rule, the first day it fires, and the figures it was worked out from (JSON values)."""

    rule: Rule
    since: date
    facts: Mapping[str, Any]

    def because(self, day: date) -> str:
        """One sentence: why the rule fires, with the arithmetic as of `day`."""
        return RECORDS[self.rule].reason(self.facts, day)

    def remedy(self, day: date) -> str:
        """One sentence: what ends this firing, possible as of `day`."""
        return RECORDS[self.rule].remedy(self.facts, day)

    def is_within(self, graver: Self) -> bool:
        """Whether the other says the same of the same thing, and worse."""
        is_same = all(self.facts.get(name) == graver.facts.get(name) for name in _OF_WHAT)
        return RECORDS[self.rule].graver is graver.rule and is_same

    def document(self) -> dict[str, Any]:
        return {
            "rule": self.rule.value,
            "since": self.since.isoformat(),
            "facts": dict(self.facts),
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        since = date.fromisoformat(document["since"])
        return cls(Rule(document["rule"]), since, dict(document["facts"]))


def firings(facts: Facts, policy: Policy, workdays: Workdays) -> list[Firing]:
    """Every firing of the ticket, past and to come if nothing happens, by its first day.

    None is dated before the round's assignment. A closed ticket keeps only what was found on it.
    """
    if facts.status in OFF_BOARD:
        return []
    first = facts.assigned or date.min
    found = [
        Firing(record.rule, max(since, first), figures)
        for record in RULES
        if record.survives_closing or facts.status != Status.CLOSED
        for since, figures in record.compile(facts, policy, workdays)
        if since < NEVER
    ]
    return sorted(found, key=lambda f: (f.since, f.rule))


def first_days(found: list[Firing]) -> dict[Rule, date]:
    """The first day of each rule that fires, where several measures or notices share a rule."""
    days: dict[Rule, date] = {}
    for firing in found:
        days[firing.rule] = min(firing.since, days.get(firing.rule, NEVER))
    return days
