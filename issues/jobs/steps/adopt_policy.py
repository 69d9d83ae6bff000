"""Recompute open tickets by the rules that came into force today."""

from issues import clock
from issues.jobs.job import Tools
from issues.supervision import rulebook


def find(tools: Tools) -> list[str]:
    if tools.on != clock.today():
        return []
    return [str(issue_id) for issue_id in rulebook.tickets_to_adopt(tools.on)]


def do(tools: Tools, unit: str) -> bool:
    return rulebook.adopt(int(unit), tools.at)
