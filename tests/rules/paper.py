"""Tickets on paper: a plain fixed case, changed where a test says so."""

from datetime import date
from decimal import Decimal

from issues.rules.dates.workdays import Workdays
from issues.rules.facts import (
    ClaimFacts,
    ExposureFacts,
    Facts,
    FindingFacts,
    MeasureFacts,
    NoticeFacts,
    TargetFacts,
)
from issues.rules.firings import Firing, firings
from issues.rules.policy import Policy
from issues.rules.targets import Held, Measured
from issues.vocabulary import (
    DeadlineKind,
    FindingResult,
    Nature,
    NoticeKind,
    Rule,
    Sense,
    Source,
    Status,
)

DEFAULT = Policy.default()
ASSIGNED = date(2024, 12, 31)
DUE = date(2025, 12, 31)

OFF = [date(2025, 10, day) for day in range(1, 9)] + [date(2026, 1, day) for day in (1, 2, 3)]
AT_WORK = [date(2025, 9, 28), date(2025, 10, 11), date(2026, 1, 4)]
CALENDAR = Workdays(
    overrides=dict.fromkeys(OFF, False) | dict.fromkeys(AT_WORK, True),
    published_years=frozenset({2025, 2026}),
)


def ticket(**changes) -> Facts:
    """A year's window of a covert inspection, being rectified, nothing else on file."""
    case = {
        "source": Source.AF,
        "status": Status.RECTIFYING,
        "kind": DeadlineKind.FIXED,
        "assigned": ASSIGNED,
        "due": DUE,
    }
    return Facts(**(case | changes))


def quantified(confirmed, target=60, start=date(2025, 1, 1), deadline=date(2025, 4, 11), **more):
    """A measure with a line of a hundred days: one percentage point a day."""
    return MeasureFacts(
        no=2,
        start=start,
        deadline=deadline,
        target=Decimal(target),
        unit_of_target="个",
        confirmed=None if confirmed is None else Decimal(str(confirmed)),
        **more,
    )


def yellow_notice(number, reply_due, **answer):
    return NoticeFacts(
        NoticeKind.N2, number, acknowledged_on=date(2025, 3, 3), reply_due=reply_due, **answer
    )


def compiled(facts: Facts, policy: Policy = DEFAULT, workdays: Workdays = CALENDAR):
    return firings(facts, policy, workdays)


def since(facts: Facts, rule: Rule, policy: Policy = DEFAULT) -> date | None:
    """The first day of a rule; None where it never fires."""
    return min((f.since for f in compiled(facts, policy) if f.rule is rule), default=None)


def firing(facts: Facts, rule: Rule, policy: Policy = DEFAULT) -> Firing:
    return next(f for f in compiled(facts, policy) if f.rule is rule)


def rules_on(facts: Facts, day: date, policy: Policy = DEFAULT) -> set[Rule]:
    return {f.rule for f in compiled(facts, policy) if f.since <= day}


def level(*readings, sense=Sense.LT, value="27.4", nature=Nature.LEVEL, due=DUE, **more):
    """PM2.5 below 27.4 by the end of the year; readings as (day, value)."""
    held = Held(sense, Decimal(value), nature, due=due, **more)
    told = tuple(Measured(day, Decimal(read), at) for at, (day, read) in enumerate(readings))
    return TargetFacts(1, "PM2.5", "μg/m³", held, told)


EVERYTHING = {
    "measures": (quantified(0),),
    "targets": (level(),),
    "claims": (
        ClaimFacts(date(2025, 5, 1), date(2025, 5, 9)),
        ClaimFacts(date(2025, 6, 1), date(2025, 6, 9)),
    ),
    "notices": (
        yellow_notice("巴环督〔2025〕1号", date(2025, 3, 10)),
        yellow_notice("巴环督〔2025〕2号", date(2025, 4, 10)),
    ),
    "exposures": (ExposureFacts(date(2025, 5, 6), "省级通报"),),
    "findings": (FindingFacts(date(2025, 7, 1), FindingResult.FAKE),),
    "reporting_from": date(2025, 1, 20),
}
"""Changes of a ticket with which every one of the rules fires."""
