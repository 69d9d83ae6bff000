"""The policy of any day, all its versions read once."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from extensions import db
from issues.colour.policies import SHIPPED
from issues.models import PolicyVersion
from issues.rules.policy import Policy


@dataclass(frozen=True, slots=True)
class Versions:
    """By the day each is in force from, the oldest first; `instead` is asked of every day."""

    known: tuple[tuple[date, int, Policy], ...] = ()
    instead: Policy | None = None
    shipped: Policy = field(default_factory=Policy.default)

    def on(self, day: date) -> tuple[int, Policy]:
        """Its number and its numbers; the shipped ones before the first."""
        found = SHIPPED, self.shipped
        for start, number, policy in self.known:
            if start <= day:
                found = number, policy
        return found if self.instead is None else (found[0], self.instead)

    def first_yellow(self, day: date) -> Decimal:
        """Which yellow card on a ticket is the first to count."""
        _, policy = self.on(day)
        return policy.scores.yellow_from


def versions() -> Versions:
    """Those published. One statement."""
    rows = db.session.execute(
        select(PolicyVersion.effective_from, PolicyVersion.number, PolicyVersion.document).order_by(
            PolicyVersion.effective_from, PolicyVersion.number
        )
    )
    return Versions(
        tuple((start, number, Policy.from_document(said)) for start, number, said in rows)
    )
