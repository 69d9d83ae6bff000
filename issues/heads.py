"""What the record amounts to: the last act of every chain, counted and in one digest."""

import hashlib

from sqlalchemy import ColumnElement, func, select

from extensions import db
from issues.models import Event


def heads(among: ColumnElement[bool]) -> tuple[int, int, str]:
    """Chains, events and a digest over (subject, id, length, head) of these acts."""
    last = (
        select(Event.subject, Event.subject_id, func.max(Event.seq).label("seq"))
        .where(among)
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


def first_acts(count: int) -> ColumnElement[bool]:
    """The acts that were written first, so many."""
    last = select(Event.id).order_by(Event.id).offset(max(count - 1, 0)).limit(1)
    return Event.id <= last.scalar_subquery()
