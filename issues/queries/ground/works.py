"""Long work as every page asks of it: under way, ended untold, and what nobody is at."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, func, or_, select

from issues.ground.columns import Instant
from issues.models import LongWork
from issues.vocabulary import WorkState

SILENT = timedelta(seconds=60)
"""Longer than a writer keeps SQLite's other writers waiting, and their signs of life with them."""
BEFORE = "silent"
"""Who was last heard of before this moment has died: the parameter of `counts`."""


def is_free(before: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """It waits, or who held it has not been heard of since."""
    silent = and_(LongWork.state == WorkState.RUNNING, LongWork.beat_at < before)
    return or_(LongWork.state == WorkState.QUEUED, silent)


def counts(user_id: int | None) -> tuple[Any, Any, Any]:
    """Of one person's: under way, ended untold; and of anybody's: free. Parts of a statement.

    Whoever asks for a page sees to it that somebody is at what waits.
    """
    own = select(func.count(LongWork.id)).where(LongWork.user_id == user_id)
    untold = own.where(LongWork.ended_at.is_not(None), LongWork.told_at.is_(None))
    free = select(func.count(LongWork.id)).where(
        LongWork.ended_at.is_(None), is_free(bindparam(BEFORE, type_=Instant))
    )
    return (
        own.where(LongWork.ended_at.is_(None)).scalar_subquery(),
        untold.scalar_subquery(),
        free.scalar_subquery(),
    )
