"""Where else the problem of a ticket may be found: what no ticket of the register says yet."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select

from auth.actor import Actor
from extensions import db
from issues.ground import clock
from issues.models import CovertNote, Issue
from issues.queries.ground.names import names
from issues.queries.register.filters import Filters
from issues.queries.register.lines import counts
from issues.rights.table import Right, may, sees_all


class Place(NamedTuple):
    """A county without a ticket of the kind. `visits`: None for who may not know of them."""

    code: str
    name: str
    visits: int | None


class Elsewhere(NamedTuple):
    """`of_firm`: how many further tickets of the firm are in sight."""

    kinds: Sequence[str]
    places: list[Place]
    of_firm: int


def elsewhere(issue: Issue, actor: Actor) -> Elsewhere:
    """Counties only for who sees all: what is out of sight is not missing. Three statements."""
    known = names()
    is_asked = bool(issue.types) and sees_all(actor)
    others = [one for one in known.counties if one.code != issue.region] if is_asked else []
    kinds = ",".join(issue.types)
    asked = [Filters(region=one.code, type=kinds) for one in others]
    if issue.subject_firm:
        asked.append(Filters(firm=issue.subject_firm))
    found = counts(asked, actor, clock.today())
    of_firm = max(0, found.pop() - 1) if issue.subject_firm else 0
    visits = _visits() if others and may(actor, Right.SEE_COVERT, issue) else None
    places = [
        Place(one.code, one.name, None if visits is None else visits.get(one.code, 0))
        for one, count in zip(others, found, strict=True)
        if not count
    ]
    return Elsewhere(issue.types, places, of_firm)


def _visits() -> dict[str, int]:
    rows = select(CovertNote.region, func.count().label("visits")).group_by(CovertNote.region)
    return {row.region: row.visits for row in db.session.execute(rows)}
