"""The characters a register is written in, for what its fonts can draw."""

from sqlalchemy import select

from auth.models import Unit
from extensions import plain_rows
from issues.models import Issue, Region
from issues.queries.ground.remembered import moment, remembered

_WRITTEN = (
    select(Unit.name, Unit.short_name),
    select(Region.name),
    select(Issue.title, Issue.problem, Issue.goal, Issue.criteria),
)


def signs() -> frozenset[str]:
    """Of the names of units and places, and of what tickets say: each once. Kept until an act."""
    found: frozenset[str] = remembered(("signs", moment()), _read)
    return found


def _read() -> frozenset[str]:
    found: set[str] = set()
    for statement in _WRITTEN:
        for row in plain_rows(statement):
            found.update(*(text for text in row if text))
    return frozenset(found)
