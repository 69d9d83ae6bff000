"""Open the assessment round on its day, with every ticket worse than its card."""

from datetime import date

from sqlalchemy import select

from auth.actor import SYSTEM
from extensions import db
from issues import rounds
from issues.colour.policies import policy_on
from issues.jobs.job import Tools
from issues.models import AssessmentRound
from issues.rules.policy import Policy

MONTHS = {"monthly": 1, "bimonthly": 2}
WEEK = 7
HALF, LAST = 15, 28


def find(tools: Tools) -> list[str]:
    _, policy = policy_on(tools.on)
    known = select(AssessmentRound.id).where(AssessmentRound.on == tools.on)
    if not is_round_day(tools.on, policy) or db.session.scalar(known) is not None:
        return []
    return [tools.on.isoformat()]


def is_round_day(on: date, policy: Policy) -> bool:
    """The policy's day of the month; every half month also the day half a month from it.

    Weekly rounds fall on one weekday, the policy's day counted by sevens from Monday.
    """
    if policy.round_cadence == "weekly":
        return on.weekday() == policy.round_day % WEEK
    if policy.round_cadence == "half_monthly":
        return on.day in {policy.round_day, (policy.round_day + HALF - 1) % LAST + 1}
    return on.day == policy.round_day and on.month % MONTHS[policy.round_cadence] == 0


def do(tools: Tools, _unit: str) -> bool:
    return rounds.open_on(tools.on, SYSTEM, tools.at) is not None
