"""Y5 until a later first acceptance passes, R7 from the second return of the round on."""

from collections.abc import Iterator
from datetime import date

from issues.rules.dates.days import written
from issues.rules.dates.workdays import Workdays
from issues.rules.facts import ClaimFacts, Facts
from issues.rules.policy import Policy
from issues.rules.rule_record import Dated, Figures, RuleGroup, RuleRecord
from issues.rules.sentences import LIFTED, on
from issues.vocabulary import Rule


def _first(facts: Facts, _policy: Policy, _workdays: Workdays) -> Iterator[Dated]:
    for ended_on, count, claim, later in _returns(facts):
        if count == 1 and not claim.is_lifted and not any(c.first_passed_on for c in later):
            yield ended_on, _figures(ended_on, count)


def _again(facts: Facts, policy: Policy, _workdays: Workdays) -> Iterator[Dated]:
    """The first return from the count on that no lifted card has cleared."""
    for ended_on, count, claim, _ in _returns(facts):
        if count >= policy.returns_to_red and not claim.is_lifted:
            yield ended_on, _figures(ended_on, count)
            return


def _returns(facts: Facts) -> Iterator[tuple[date, int, ClaimFacts, list[ClaimFacts]]]:
    """The day of each return, its count in the round, its claim, and the claims after it."""
    claims = sorted(facts.claims, key=lambda claim: claim.claimed_on)
    count = 0
    for place, claim in enumerate(claims):
        if claim.ended_on is not None and claim.is_return:
            count += 1
            yield claim.ended_on, count, claim, claims[place + 1 :]


def _figures(ended_on: date, count: int) -> Figures:
    return {"on": ended_on.isoformat(), "count": count}


def _returned(f: Figures, _day: date) -> str:
    return f"验收申请于{written(on(f, 'on'))}被退回（第{f['count']}次）"


RETURNED = RuleRecord(
    rule=Rule.Y5,
    group=RuleGroup.CONDUCT,
    compile=_first,
    reason=_returned,
    remedy=lambda _figures, _day: "按退回意见整改，重新申请验收并通过初验后解除，或摘牌解除",
    graver=Rule.R7,
)
AGAIN = RuleRecord(
    rule=Rule.R7,
    group=RuleGroup.CONDUCT,
    compile=_again,
    reason=_returned,
    remedy=lambda _figures, _day: LIFTED,
    numbers=("returns_to_red",),
)
