"""Forget the keys of acts sent more than a day ago: no second sending can still meet them.

What was folded into one refusal and never told is told in the history, and forgotten too; so is
long work of which nobody is shown anything any more, messages of half a year ago, and
what was typed into a form and not sent within its days.
"""

from issues import access, once
from issues.ground.clock import real_now
from issues.jobs.job import Tools
from issues.kept import keeping
from issues.messages import inbox
from issues.works import asking

KEYS, REFUSALS, WORKS, MESSAGES, FORMS = "old", "refusals", "works", "messages", "forms"


def find(_tools: Tools) -> list[str]:
    found = {
        KEYS: once.count_old(),
        REFUSALS: access.count_untold(real_now()),
        WORKS: asking.count_old(),
        MESSAGES: inbox.count_old(),
        FORMS: keeping.count_old(),
    }
    return [unit for unit, count in found.items() if count]


def do(tools: Tools, unit: str) -> int:
    """How many there were."""
    if unit == REFUSALS:
        return access.tell_folded(real_now(), tools.at)
    forgets = {MESSAGES: inbox, FORMS: keeping, WORKS: asking}.get(unit, once)
    return forgets.forget_old()
