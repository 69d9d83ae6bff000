"""Tickets by a part of somebody's name: who keeps them, who caused the problem."""

from typing import Any

from sqlalchemy import ColumnElement, or_, select

from issues.keepers.inherited import has_keeper, kept_under
from issues.models import Issue, Keeper, Keeping
from issues.tickets.fields import NARROWED

LONGEST_NAME = 120
NOBODY = "none"
"""Asked of keepers: tickets that nobody known as a person keeps."""


def named(raw: str, asked: str) -> ColumnElement[bool]:
    """That the words stand in one of the fields whose row names this filter."""
    return or_(*(one.contains(raw[:LONGEST_NAME], autoescape=True) for one in _columns(asked)))


def kept(raw: str) -> ColumnElement[bool]:
    """By a keeper's name, as a person or in the ticket's own texts; those without any keeper."""
    if raw == NOBODY:
        return ~has_keeper()
    of = Keeping.keeper_id.in_(
        select(Keeper.id).where(Keeper.name.contains(raw[:LONGEST_NAME], autoescape=True))
    )
    return or_(named(raw, "keeper"), kept_under(of))


def _columns(asked: str) -> list[Any]:
    return [getattr(Issue, field.column) for field in NARROWED[asked]]
