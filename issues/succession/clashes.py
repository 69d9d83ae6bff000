"""Tickets that a reform would leave with a unit that judges its own work."""

from collections.abc import Sequence

from auth.models import Unit
from issues.models import Issue
from issues.vocabulary import Relation

MOST_TOLD = 20


def clashes(moves: Sequence[tuple[Issue, Unit]], old: Unit) -> list[str]:
    """Numbers of tickets whose primary unit would accept its own work then."""
    found = []
    for issue, new in moves:
        primary, acceptance = (
            new.id if held == old.id else held
            for held in (issue.primary_unit_id, issue.acceptance_unit_id)
        )
        if primary is not None and primary == acceptance:
            found.append(issue.number)
    return found


def driven(moves: Sequence[tuple[Issue, Unit]]) -> list[str]:
    """Numbers of tickets that would come to the county's centre they are delegated to."""
    return [issue.number for issue, new in moves if new in issue.units(Relation.CENTRE)]
