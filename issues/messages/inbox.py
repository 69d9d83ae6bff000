"""A person's inbox: what is read, and what is old and goes. Never commits."""

from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, select, update

from auth.actor import Actor
from extensions import db
from issues.ground import clock
from issues.ground.refusals import NotFound
from issues.messages.sight import own
from issues.models import Message, Outbox
from issues.notices.delivery.outbox import is_waiting

KEPT_FOR = timedelta(days=180)
MOST_AT_ONCE = 5000


def open_one(actor: Actor, message_id: int) -> Message:
    """Read from now on. Raises NotFound, also where the person does not see its ticket any more."""
    row = db.session.scalar(select(Message).where(own(actor), Message.id == message_id))
    if row is None:
        raise NotFound
    if row.read_at is None:
        row.read_at = clock.real_now()
    return row


def read_all(actor: Actor, up_to: int, *among: ColumnElement[bool]) -> int:
    """Those that stood on the page; what came after it was drawn stays unread."""
    unread = Message.id.in_(
        select(Message.id).where(own(actor), Message.read_at.is_(None), Message.id <= up_to, *among)
    )
    values = {"read_at": clock.real_now()}
    done = db.session.connection().execute(update(Message).where(unread).values(values))
    return done.rowcount


def count_old() -> int:
    """Messages, and lines to other systems, that nobody is shown any more."""
    messages = select(func.count(Message.id)).where(_old())
    lines = select(func.count(Outbox.id)).where(_old_lines())
    return (db.session.scalar(messages) or 0) + (db.session.scalar(lines) or 0)


def forget_old() -> int:
    """Their lines of the outbox first. So many at a time that nobody waits for long."""
    some = list(db.session.scalars(select(Message.id).where(_old()).limit(MOST_AT_ONCE)))
    db.session.execute(delete(Outbox).where(Outbox.message_id.in_(some)))
    gone = db.session.connection().execute(delete(Message).where(Message.id.in_(some)))
    lines = db.session.connection().execute(delete(Outbox).where(_old_lines()))
    return gone.rowcount + lines.rowcount


def _old() -> ColumnElement[bool]:
    return Message.written_at < clock.real_now() - KEPT_FOR


def _old_lines() -> ColumnElement[bool]:
    """Over, and of no notice: those of notices are told of on the page of the channels."""
    is_old = Outbox.written_at < clock.real_now() - KEPT_FOR
    return is_old & Outbox.notice_id.is_(None) & Outbox.message_id.is_(None) & ~is_waiting()
