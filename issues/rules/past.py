"""What a ledger's facts give for the days before it came in, as stretches of days.

Dates alone are compared, nothing is looped over: within a stretch the firings say when the colour
changes. No report is held missing, no notice unanswered and no claim returned, since no ledger
says so; and what it does not say of the day of closing is never counted as overdue.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from issues.rules.dates.days import NEVER, days_after
from issues.rules.dates.workdays import Workdays
from issues.rules.each import RECORDS
from issues.rules.facts import ClaimFacts, Facts
from issues.rules.firings import Firing, firings
from issues.rules.policy import Policy
from issues.rules.rule_record import RuleGroup
from issues.vocabulary import Status

OF_THE_PLAN = frozenset({RuleGroup.MEASURES, RuleGroup.TARGETS})
Stage = tuple[date, Status, tuple[ClaimFacts, ...]]


class Stretch(NamedTuple):
    """Days from one up to, not including, another, on which the ticket stood in one status."""

    begin: date
    end: date
    status: Status
    firings: list[Firing]


class Brought(NamedTuple):
    """What came in: the facts with the status of the import, and the day it came.

    `closed_on` is None where the ticket was not struck off; `is_closing_known` is false where the
    ledger had no such day. `measured` are the firings of measures as the import worked them out;
    None where they are to be worked out from the facts.
    """

    facts: Facts
    on: date
    closed_on: date | None
    is_closing_known: bool
    measured: Sequence[Firing] | None


def of_measures(found: Sequence[Firing]) -> list[Firing]:
    """Those that the measures of the plan and the targets bring."""
    return [firing for firing in found if RECORDS[firing.rule].group in OF_THE_PLAN]


def stretches(brought: Brought, policy: Policy, workdays: Workdays) -> list[Stretch]:
    """From the assignment to the day before the import; none where it came in on that day."""
    facts, measured = brought.facts, brought.measured
    stages = _stages(brought)
    ends = [*(begin for begin, _, _ in stages[1:]), brought.on]
    found = []
    for (begin, status, claims), end in zip(stages, ends, strict=True):
        if begin >= (last := min(end, brought.on)):
            continue
        then = replace(
            facts, status=status, claims=claims, notices=(), exposures=(), findings=(),
            reporting_from=None, last_report_on=None, unable_on=None,
            measures=facts.measures if measured is None else (),
        )  # fmt: skip
        fired = firings(then, policy, workdays)
        if measured is not None and status is not Status.CLOSED:
            fired = sorted([*fired, *measured], key=lambda f: (f.since, f.rule))
        found.append(Stretch(begin, last, status, fired))
    return found


def _stages(brought: Brought) -> list[Stage]:
    """The first day, the status and the claims of each stage of its life, in their order."""
    facts = brought.facts
    stages: list[Stage] = [(facts.assigned or NEVER, Status.RECTIFYING, ())]
    closed_on = _closed_on(brought)
    claim = next(iter(facts.claims), None)
    if claim is not None and claim.claimed_on < closed_on:
        stages.append((claim.claimed_on, Status.FIRST_ACCEPTANCE, (claim,)))
    if closed_on < NEVER:
        stages.append((closed_on, facts.status, facts.claims))
    return stages


def _closed_on(brought: Brought) -> date:
    """NEVER where it was open. A day the ledger does not know is the day after the deadline."""
    facts, closed_on = brought.facts, brought.closed_on
    if closed_on is None:
        return NEVER
    if brought.is_closing_known:
        return max(closed_on, facts.assigned or closed_on)
    return counted_from(closed_on, facts.due, facts.assigned)


def counted_from(kept: date, due: date | None, assigned: date | None) -> date:
    """The day a ticket counts as struck off from whose ledger knows none: `kept` by the import."""
    day = kept if due is None else min(kept, days_after(due, 1))
    return max(day, assigned or day)
