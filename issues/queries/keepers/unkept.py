"""Tickets that nobody keeps: their number, by the filter under which the register lists them."""

from datetime import date

from auth.actor import Actor
from issues.queries.register.by_name import NOBODY
from issues.queries.register.filters import Filters
from issues.queries.register.lines import count
from issues.rights.table import Right, holds
from issues.vocabulary import OPEN, STRUCK_OFF, Status

UNKEPT = Filters(
    keeper=NOBODY, status=",".join(one.value for one in Status if one in OPEN - STRUCK_OFF)
)


def unkept(actor: Actor, today: date) -> int:
    """Of those in the person's sight. One statement, none for who sees no keeper."""
    return count(UNKEPT, actor, today) if holds(actor, Right.KEEPERS) else 0
