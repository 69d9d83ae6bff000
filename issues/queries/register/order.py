"""The orders a person may put the register in."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, case, cast, nulls_last

from auth.models import Unit
from issues.models import Issue
from issues.queries.ground.day import Standing
from issues.vocabulary import WORST_FIRST, Status

SORTS: dict[str, tuple[str, ...]] = {
    "urgency": ("red_from", "yellow_from", "id"),
    "number": ("number",),
    "title": ("title", "id"),
    "deadline": ("deadline", "id"),
    "unit": ("unit", "red_from", "id"),
    "status": ("status", "red_from", "id"),
    "colour": ("colour", "red_from", "yellow_from", "id"),
}
DEFAULT_SORT = "urgency"


def ordered(sort: str, standing: Standing) -> list[ColumnElement[Any]]:
    """What the statement is ordered by; an order nobody knows is that of urgency."""
    name = sort.removeprefix("-")
    down = sort.startswith("-") and name in SORTS
    columns = [_sorted_by(key, standing) for key in SORTS.get(name, SORTS[DEFAULT_SORT])]
    if down:
        columns[0] = columns[0].desc()
    if name in ("deadline", "unit"):
        columns[0] = nulls_last(columns[0])
    return columns


def _sorted_by(key: str, standing: Standing) -> Any:
    if key == "colour":
        ranks = {colour.value: rank for rank, colour in enumerate(WORST_FIRST)}
        return cast(case(ranks, value=standing.colour, else_=len(ranks)), Integer)
    if key == "status":
        ranks = {status.value: rank for rank, status in enumerate(Status)}
        return cast(case(ranks, value=standing.status, else_=len(ranks)), Integer)
    if key == "unit":
        return Unit.position
    if key in ("red_from", "yellow_from"):
        return getattr(standing, key)
    return getattr(Issue, key)
