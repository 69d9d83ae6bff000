"""What the record amounts to: the last act of every chain, counted and in one digest."""

import hashlib
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from extensions import db, plain_rows
from issues.ground.batches import asked, prepared
from issues.models import Event
from issues.vocabulary import Subject


def heads(counted: ColumnElement[bool]) -> tuple[int, int, str]:
    """Chains, events and a digest over (subject, id, length, head) of these acts."""
    last = (
        select(Event.subject, Event.subject_id, func.max(Event.seq).label("seq"))
        .where(counted)
        .group_by(Event.subject, Event.subject_id)
        .subquery()
    )
    heads = db.session.execute(
        select(Event.subject, Event.subject_id, Event.seq, Event.digest)
        .join(
            last,
            (Event.subject == last.c.subject)
            & (Event.subject_id == last.c.subject_id)
            & (Event.seq == last.c.seq),
        )
        .order_by(Event.subject, Event.subject_id)
    )
    digest, chains, events = hashlib.sha256(), 0, 0
    for head in heads:
        digest.update(f"{head.subject} {head.subject_id} {head.seq} {head.digest}\n".encode())
        chains, events = chains + 1, events + head.seq
    return chains, events, digest.hexdigest()


def last_links(kinds: Collection[Subject], ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    """By subject the number of its last act, and the digest the next one hangs on.

    One statement. TypeError unless all are of one kind and none is named twice.
    """
    if len(kinds) > 1 or len(set(ids)) < len(ids):
        raise TypeError("one act for each subject of one kind")
    if not ids:
        return {}
    given = {"subject": next(iter(kinds)).value, "ids": ids}
    return {row.subject_id: (row.seq, row.digest) for row in plain_rows(_last(), given)}


@prepared
def _last() -> Select[*tuple[Any, ...]]:
    of_these = (Event.subject == bindparam("subject")) & asked(Event.subject_id)
    newest = (
        select(Event.subject_id, func.max(Event.seq).label("seq"))
        .where(of_these)
        .group_by(Event.subject_id)
        .subquery()
    )
    same = (Event.subject_id == newest.c.subject_id) & (Event.seq == newest.c.seq)
    return select(Event.subject_id, Event.seq, Event.digest).join(newest, same).where(of_these)


def first_acts(count: int) -> ColumnElement[bool]:
    """The acts that were written first, so many."""
    last = select(Event.id).order_by(Event.id).offset(max(count - 1, 0)).limit(1)
    return Event.id <= last.scalar_subquery()
