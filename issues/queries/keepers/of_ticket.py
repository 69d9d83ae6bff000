"""The keepers that a ticket's page names."""

from collections.abc import Sequence
from typing import NamedTuple

from auth.actor import Actor
from issues.keepers.inherited import Kept, of_ticket
from issues.models import Issue
from issues.rights.table import Right, may
from issues.tickets.fields import shown
from issues.vocabulary import KeeperLevel

LEVEL_OF = {level.text_field: level for level in KeeperLevel}


class Keepers(NamedTuple):
    """Those known as persons; of the three texts (label, text) what names none of these."""

    kept: list[Kept]
    texts: list[tuple[str, str]]
    may_set: bool


def keepers_of(issue: Issue, actor: Actor, *, is_kept: bool) -> Keepers:
    """One statement, none where the ticket has no keeper."""
    kept = of_ticket(issue) if is_kept else []
    return Keepers(kept, unmatched(issue, kept), may(actor, Right.SET_KEEPERS, issue))


def unmatched(issue: Issue, kept: Sequence[Kept]) -> list[tuple[str, str]]:
    """A text is matched by a keeper of its own level whose name stands in it."""
    found = []
    for field, page in shown("keepers"):
        text = getattr(issue, field.column)
        names = [row.name for row in kept if row.level is LEVEL_OF[field.name]]
        if text and not any(name in text for name in names):
            found.append((page.label, text))
    return found
