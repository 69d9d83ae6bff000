"""By when a letter is to be answered: so many days from the day it was handed over."""

from datetime import date, timedelta

from issues.rules.policy import Policy


def answer_days(policy: Policy, *, is_starred: bool) -> int:
    return policy.starred_letter_days if is_starred else policy.letter_days


def answer_due(handed_over: date, policy: Policy, *, is_starred: bool) -> date:
    """The last day in time."""
    return handed_over + timedelta(days=answer_days(policy, is_starred=is_starred))
