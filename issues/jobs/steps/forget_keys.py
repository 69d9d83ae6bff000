"""Forget the keys of acts sent more than a day ago: no second sending can still meet them."""

from issues import once
from issues.jobs.job import Tools


def find(_tools: Tools) -> list[str]:
    return ["old"] if once.count_old() else []


def do(_tools: Tools, _unit: str) -> int:
    """How many there were."""
    return once.forget_old()
