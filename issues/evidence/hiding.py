"""Which events of a ticket name a file that was withdrawn."""

from collections.abc import Set as AbstractSet
from typing import Any

from sqlalchemy import Row

from issues.models import Event
from issues.vocabulary import Action, BesideAct, Subject

OF_FILES = frozenset({Action.UPLOAD, Action.REPLACE, BesideAct.WITHDRAW_EVIDENCE})


def is_hidden(event: Event | Row[*tuple[Any, ...]], hidden: AbstractSet[int]) -> bool:
    """Whether the event names a file that was withdrawn from the reader's sight."""
    if not hidden or Subject.TICKET.act_of(event.action) not in OF_FILES:
        return False
    named = event.detail.get("evidence", ())
    return not hidden.isdisjoint(named if isinstance(named, list) else (named,))
