"""Tickets that nobody keeps: their number and themselves, by the filter of the register."""

from dataclasses import replace
from datetime import date

from auth.actor import Actor
from issues.queries.register.by_name import NOBODY
from issues.queries.register.filters import Filters
from issues.queries.register.lines import Found, count, find
from issues.rights.table import Right, holds
from issues.vocabulary import OPEN, STRUCK_OFF, Status

PER_PAGE = 50
UNKEPT = Filters(
    keeper=NOBODY, status=",".join(one.value for one in Status if one in OPEN - STRUCK_OFF)
)


def unkept(actor: Actor, today: date) -> int:
    """Of those in the person's sight. One statement, none for who sees no keeper."""
    return count(UNKEPT, actor, today) if holds(actor, Right.KEEPERS) else 0


def unkept_page(actor: Actor, today: date, region: str, page: int) -> Found:
    """One page of the same, of one county where one is asked for."""
    asked = replace(UNKEPT, region=region, page=str(page), limit=str(PER_PAGE))
    return find(asked, actor, today)
