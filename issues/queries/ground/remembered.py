"""Figures kept for as long as nothing was written: never stale by one act, never another viewer's.

A key must hold everything the figure is made of beside the database's rows: the viewer's scope,
the day, the filter.
"""

import hashlib
import operator
from collections.abc import Callable, Hashable
from datetime import date
from functools import cache, reduce
from threading import Condition
from typing import Any

from cachetools import LRUCache, cached
from sqlalchemy import ColumnElement, Select, Text, cast, func, literal, select

from auth.actor import Actor
from extensions import db, plain_rows
from issues.models import ColourSpan, Event, Issue, LedgerImport, Lookback
from issues.vocabulary import AccessAct

MOST = 512
MOST_DAYS = 64
"""Past days: each is of every ticket."""
TAG_LENGTH = 32
LOOKS = [act.value for act in AccessAct]
"""Rows of the history that change no figure: who took something out, or was refused."""


Compute = Callable[[], Any]


def _shelf(most: int) -> Any:
    """So many figures, the longest unused given up first; where several ask, one computes."""

    @cached(LRUCache(most), key=lambda key, _compute: key, condition=Condition())
    def figure(_key: Hashable, compute: Compute) -> Any:
        return compute()

    return figure


FIGURES, DAYS = _shelf(MOST), _shelf(MOST_DAYS)


def moment() -> tuple:
    """A mark that differs after every act. One statement.

    Every act adds to the history; only rows written in bulk and a planned look-back do not. On
    PostgreSQL two acts may become visible in the other order than they were numbered, so there
    the mark also tells which transactions it sees.
    """
    row = plain_rows(_last(db.session.get_bind().dialect.name)).first()
    return tuple(row) if row is not None else (0, db.session.scalar(select(func.max(Issue.id))))


@cache
def _last(dialect: str) -> Select:
    """Asked at every page, so it is put together once."""
    seen = literal("") if dialect == "sqlite" else cast(func.pg_current_snapshot(), Text)
    newest = (select(func.max(row.id)).scalar_subquery() for row in (Issue, Lookback))
    acts = select(Event.id, Event.digest, *newest, seen).where(Event.action.not_in(LOOKS))
    return acts.order_by(Event.id.desc()).limit(1)


def settled(today: date) -> ColumnElement[str]:
    """A mark of the days before this one, to be read beside something else; null if there are none.

    Acts of today leave it as it is; what is written for an earlier day, as by the jobs of a night
    that was missed, changes it, and so does an import taken back: it is counted on no day.
    """
    event = select(Event.digest).where(Event.on < today).order_by(Event.id.desc())
    span = select(ColourSpan.id).where(ColourSpan.valid_from < today)
    span = span.order_by(ColourSpan.id.desc())
    gone = select(func.count(LedgerImport.taken_back_at))
    parts = (cast(one.scalar_subquery(), Text) for one in (span.limit(1), gone))
    return reduce(operator.add, parts, event.limit(1).scalar_subquery())


def scope(actor: Actor) -> tuple:
    """What decides which tickets a person sees, and which are theirs."""
    return (actor.id, actor.unit_id, actor.roles)


def tag(actor: Actor, *parts: object) -> str:
    """What an answer is made of in one word: it differs after every act and for every viewer."""
    viewer = (actor.id, actor.display_name, actor.unit_name, sorted(actor.roles))
    return hashlib.sha256(repr((viewer, parts)).encode()).hexdigest()[:TAG_LENGTH]


def remembered(key: Hashable, compute: Compute) -> Any:
    return FIGURES(key, compute)


def of_past(mark: str | None, key: Hashable, compute: Compute) -> Any:
    """What is counted of days before the one the mark of `settled` is of; anew where it is None."""
    return compute() if mark is None else DAYS((mark, key), compute)
