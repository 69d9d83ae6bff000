"""Recompute open tickets by the rules that came into force today."""

from issues.ground import clock
from issues.jobs.job import Tools
from issues.supervision import rulebook


def find(tools: Tools) -> list[str]:
    """Lots of tickets: each is one transaction, and publishing is no day's work."""
    if tools.on != clock.today():
        return []
    return [f"{first}-{last}" for first, last in rulebook.waiting(tools.on)]


def do(tools: Tools, unit: str) -> int:
    first, last = unit.split("-")
    return rulebook.adopt(tools.at, int(first), int(last))
