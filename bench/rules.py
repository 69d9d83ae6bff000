"""How fast the rules compile, beside a plain loop of date comparisons on the same machine."""

import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar

from config import EXAMPLE_DAY
from issues.rules.dates.workdays import Workdays
from issues.rules.firings import firings
from issues.rules.policy import Policy
from seed.bulk.facts import ticket

TICKETS = 400
COMPARISONS = 100
ROUNDS = 3


def measure() -> dict[str, float]:
    """Tickets compiled a second, loops of a hundred comparisons a second, and their ratio."""
    policy, calendar = Policy.default(), Workdays({}, frozenset(), _workday)
    facts = [ticket(place).facts() for place in range(TICKETS)]
    days = [EXAMPLE_DAY + timedelta(days=number) for number in range(COMPARISONS)]

    def compiled() -> None:
        for one in facts:
            firings(one, policy, calendar)

    def compared() -> None:
        for _ in facts:
            sum(day <= EXAMPLE_DAY for day in days)

    rate, loop = _rate(compiled), _rate(compared)
    return {"tickets_a_second": rate, "loops_a_second": loop, "of_loop": rate / loop}


@lru_cache(maxsize=8192)
def _workday(day: date) -> bool | None:
    try:
        return chinese_calendar.is_workday(day)
    except NotImplementedError:  # a year the package does not know
        return None


def _rate(work: Callable[[], None]) -> float:
    """The best of a few rounds, after one that warms up."""
    work()
    best = float("inf")
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begin)
    return TICKETS / best
