"""Letters that are still to be answered, and by when: page, register, reminders read this.

A letter is answered once it is struck off or settled for now, and its clock rests while a claim
for acceptance runs. A later round has its own deadline.
"""

from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, false, or_, select

from auth.actor import Actor
from extensions import db
from issues.colour.policies import policy_on
from issues.models import Issue
from issues.rights.table import reach
from issues.rules.dates.letters import answer_days, answer_due
from issues.rules.policy import Policy
from issues.vocabulary import COMPLAINT_SOURCES, OFF_BOARD, STRUCK_OFF

FIRST_DAY = date(1900, 1, 1)
READ = (Issue.first_assigned_on, Issue.is_starred)


class Clock(NamedTuple):
    """`left` is below nothing where the day has passed."""

    due: date
    days: int
    left: int


class Owed(NamedTuple):
    """How many are to be answered; `near` and `overdue` are among them."""

    owed: int
    near: int
    overdue: int


def is_owed() -> ColumnElement[bool]:
    return and_(
        Issue.source.in_(sorted(COMPLAINT_SOURCES)),
        Issue.status.not_in(sorted(OFF_BOARD | STRUCK_OFF)), Issue.round == 1,
        Issue.first_assigned_on.is_not(None), Issue.interim_on.is_(None),
        Issue.claimed_on.is_(None),
    )  # fmt: skip


def due_within(first: date, last: date, policy: Policy) -> ColumnElement[bool]:
    """To be answered on one of these days."""
    return and_(is_owed(), or_(*(
        and_(Issue.is_starred.is_(starred), Issue.first_assigned_on.between(
            first - timedelta(days=days), last - timedelta(days=days)
        ))
        for starred in (True, False)
        for days in (answer_days(policy, is_starred=starred),)
    )))  # fmt: skip


def answering(state: str, day: date) -> ColumnElement[bool]:
    """What the register's filter asks for; an unknown word finds nothing."""
    if state == "owed":
        return is_owed()
    policy = policy_on(day)[1]
    if state == "near":
        return due_within(day, day + timedelta(days=policy.letter_near_days), policy)
    return due_within(FIRST_DAY, day - timedelta(days=1), policy) if state == "overdue" else false()


def owed(actor: Actor, today: date) -> Owed:
    rows = db.session.execute(select(*READ).where(reach(actor), is_owed())).all()
    policy = policy_on(today)[1]
    left = [
        (answer_due(handed_over or FIRST_DAY, policy, is_starred=starred) - today).days
        for handed_over, starred in rows
    ]
    near = sum(0 <= days <= policy.letter_near_days for days in left)
    return Owed(len(left), near, sum(days < 0 for days in left))


def clock_of(issue: Issue, today: date) -> Clock | None:
    """None where it is answered, or no letter."""
    handed_over = issue.first_assigned_on
    is_done = issue.status in OFF_BOARD | STRUCK_OFF or issue.interim_on or issue.claimed_on
    if issue.source not in COMPLAINT_SOURCES or handed_over is None or is_done or issue.round > 1:
        return None
    policy = policy_on(today)[1]
    due = answer_due(handed_over, policy, is_starred=issue.is_starred)
    return Clock(due, answer_days(policy, is_starred=issue.is_starred), (due - today).days)
