"""The thirteen rules, compiled from a ticket's facts to the first day each fires (domain.md §2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from issues.rules import progress, wording
from issues.rules.dates.days import NEVER, days_after
from issues.rules.dates.windows import near_days
from issues.rules.dates.workdays import Workdays
from issues.rules.facts import ClaimFacts, Facts, MeasureFacts, NoticeFacts
from issues.rules.policy import Policy
from issues.rules.reports import cadence, report_due
from issues.vocabulary import OFF_BOARD, DeadlineKind, NoticeKind, Rule, Status

TO_BE_ANSWERED = frozenset(
    {NoticeKind.N0, NoticeKind.N1, NoticeKind.N2, NoticeKind.N3, NoticeKind.N4}
)


@dataclass(frozen=True, slots=True)
class Firing:
    """A rule, the first day it fires, and the figures it was worked out from (JSON values)."""

    rule: Rule
    since: date
    facts: Mapping[str, Any]

    def because(self, day: date) -> str:
        """One sentence: why the rule fires, with the arithmetic as of `day`."""
        return wording.because(self.rule, self.facts, day)

    def remedy(self) -> str:
        """One sentence: what ends this firing."""
        return wording.remedy(self.rule, self.facts)

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
    found = list(_findings(facts))
    if facts.status != Status.CLOSED:
        found += _deadline(facts, policy)
        for measure in facts.measures:
            found += _measure(measure, facts, policy)
        found += _report(facts, policy, workdays)
        found += _returns(facts, policy)
        found += _notices(facts)
        found += _escalations(facts, policy)
        found += _exposures(facts)
    first = facts.assigned or date.min
    dated = [
        f if f.since >= first else Firing(f.rule, first, f.facts) for f in found if f.since < NEVER
    ]
    return sorted(dated, key=lambda f: (f.since, f.rule))


def first_days(found: list[Firing]) -> dict[Rule, date]:
    """The first day of each rule that fires, where several measures or notices share a rule."""
    days: dict[Rule, date] = {}
    for firing in found:
        days[firing.rule] = min(firing.since, days.get(firing.rule, NEVER))
    return days


def _deadline(facts: Facts, policy: Policy) -> Iterator[Firing]:
    """Y1 and R1. They rest while a claim made in time runs; one sent back is as if never made."""
    if facts.due is None or facts.assigned is None or facts.is_standing:
        return
    if facts.kind == DeadlineKind.BY_MEASURES:
        return
    running = next((claim for claim in facts.claims if claim.ended_on is None), None)
    if running is not None and running.claimed_on <= facts.due:
        return
    near = near_days(facts.assigned, facts.due, policy)
    figures = {
        "due": facts.due.isoformat(),
        "window": (facts.due - facts.assigned).days,
        "near": near,
        "share": policy.near_share,
        "least": policy.near_min,
        "most": policy.near_max,
        "grace": policy.overdue_grace,
        "claimed": running.claimed_on.isoformat() if running else None,
        "sent_back": any(claim.claimed_on <= facts.due for claim in facts.claims),
        "mover": policy.sources[facts.source].mover,
    }
    yield Firing(Rule.Y1, days_after(facts.due, -near), figures)
    yield Firing(Rule.R1, days_after(facts.due, policy.overdue_grace + 1), figures)


def _measure(measure: MeasureFacts, facts: Facts, policy: Policy) -> Iterator[Firing]:
    """Y2, R2, Y3 and R3 of one measure."""
    deadline = measure.deadline
    if deadline is None or progress.is_finished(measure):
        return
    start = measure.start or facts.assigned
    if start is not None and progress.is_quantified(measure):
        yield from _lag(measure, start, facts, policy)
    figures = {
        "measure": measure.no,
        "deadline": deadline.isoformat(),
        "red_after": policy.measure_red_after,
    }
    yield Firing(Rule.Y3, days_after(deadline, policy.measure_yellow_after + 1), figures)
    yield Firing(Rule.R3, days_after(deadline, policy.measure_red_after + 1), figures)


def _lag(measure: MeasureFacts, start: date, facts: Facts, policy: Policy) -> Iterator[Firing]:
    line = (start, measure.deadline, progress.achieved(measure))
    yellow = progress.first_day_lagging(*line, policy.lag_yellow)
    red = NEVER if facts.is_standing else progress.first_day_lagging_more(*line, policy.lag_red)
    figures = {
        "measure": measure.no,
        "start": start.isoformat(),
        "deadline": measure.deadline.isoformat(),
        "target": str(measure.target),
        "confirmed": str(measure.confirmed or 0),
        "unit": measure.unit_of_target,
        "yellow_line": policy.lag_yellow,
        "red_line": policy.lag_red,
        "red_from": None if red == NEVER else red.isoformat(),
    }
    yield Firing(Rule.Y2, yellow, figures)
    yield Firing(Rule.R2, red, figures)


def _report(facts: Facts, policy: Policy, workdays: Workdays) -> Iterator[Firing]:
    """Y4. Later reports missed too fire later and change nothing: the first one dates it."""
    due = report_due(facts, policy)
    if due is None:
        return
    since = workdays.add(due, policy.report_grace + 1)
    figures = {
        "due": due.isoformat(),
        "months": cadence(facts, policy),
        "grace": policy.report_grace,
        "guessed": workdays.guessed(due, since),
    }
    yield Firing(Rule.Y4, since, figures)


def _returns(facts: Facts, policy: Policy) -> Iterator[Firing]:
    """Y5 until a later first acceptance passes, R7 from the second return of the round on."""
    claims = sorted(facts.claims, key=lambda claim: claim.claimed_on)
    returned = [n for n, claim in enumerate(claims) if claim.ended_on and claim.is_return]
    for count, place in enumerate(returned, start=1):
        claim = claims[place]
        figures = {"on": claim.ended_on.isoformat(), "count": count}
        if claim.is_lifted:
            continue
        if count == 1 and not _passed_later(claims[place + 1 :]):
            yield Firing(Rule.Y5, claim.ended_on, figures)
        if count >= policy.returns_to_red:
            yield Firing(Rule.R7, claim.ended_on, figures)
            return


def _passed_later(claims: list[ClaimFacts]) -> bool:
    return any(claim.first_passed_on for claim in claims)


def _notices(facts: Facts) -> Iterator[Firing]:
    """Y6: the day after a notice should have been signed for or answered, until it is."""
    for notice in facts.notices:
        if notice.kind not in TO_BE_ANSWERED or notice.replied_on:
            continue
        sign_due = None if notice.acknowledged_on else notice.sign_due
        owed = [day for day in (sign_due, notice.reply_due) if day]
        if owed:
            figures = _named(notice) | {
                "sign_due": sign_due.isoformat() if sign_due else None,
                "reply_due": notice.reply_due.isoformat() if notice.reply_due else None,
            }
            yield Firing(Rule.Y6, days_after(min(owed), 1), figures)


def _escalations(facts: Facts, policy: Policy) -> Iterator[Firing]:
    """R4: the second N2 whose answer was late or is missing, or a unit found unable to finish."""
    lapsed = sorted(
        (notice for notice in facts.notices if _lapses(notice)), key=lambda n: n.reply_due
    )
    for count, notice in enumerate(lapsed, start=1):
        if count >= policy.lapses_to_red and not notice.is_lifted:
            figures = _named(notice) | {
                "count": count,
                "reply_due": notice.reply_due.isoformat(),
                "replied_on": notice.replied_on.isoformat() if notice.replied_on else None,
            }
            yield Firing(Rule.R4, days_after(notice.reply_due, 1), figures)
            break
    if facts.unable_on:
        yield Firing(Rule.R4, facts.unable_on, {"unable_on": facts.unable_on.isoformat()})


def _lapses(notice: NoticeFacts) -> bool:
    """Whether an N2 was answered late, or will lapse if it is not answered."""
    if notice.kind != NoticeKind.N2 or notice.reply_due is None:
        return False
    return notice.replied_on is None or notice.replied_on > notice.reply_due


def _named(notice: NoticeFacts) -> dict[str, Any]:
    return {"notice": notice.kind.label, "number": notice.number}


def _exposures(facts: Facts) -> Iterator[Firing]:
    for exposure in facts.exposures:
        figures = {"on": exposure.on.isoformat(), "by": exposure.by}
        yield Firing(Rule.R5, exposure.on, figures)


def _findings(facts: Facts) -> Iterator[Firing]:
    for finding in facts.findings:
        figures = {"on": finding.on.isoformat(), "result": finding.result.value}
        yield Firing(Rule.R6, finding.on, figures)
