"""Forget the keys of acts sent more than a day ago: no second sending can still meet them.

What was folded into one refusal and never told is told in the history, and forgotten too.
"""

from issues import access, once
from issues.ground.clock import real_now
from issues.jobs.job import Tools

KEYS, REFUSALS = "old", "refusals"


def find(_tools: Tools) -> list[str]:
    found = {KEYS: once.count_old(), REFUSALS: access.count_untold(real_now())}
    return [unit for unit, count in found.items() if count]


def do(tools: Tools, unit: str) -> int:
    """How many there were."""
    if unit == REFUSALS:
        return access.tell_folded(real_now(), tools.at)
    return once.forget_old()
