"""A person's messages, the newest first, as far as they see what each is of."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from auth.actor import Actor
from extensions import db
from issues.messages.sight import own
from issues.models import Message
from issues.vocabulary import MessageEvent

COUNTED = 100
"""More than so many unread are counted no further: a page asks this each time."""


def messages(actor: Actor, *among: ColumnElement[bool]) -> Select[Message]:
    rows = select(Message).where(own(actor), *among)
    return rows.order_by(Message.on.desc(), Message.id.desc())


def asked(event: MessageEvent | None, *, is_unread: bool) -> list[ColumnElement[bool]]:
    """The filter of the page."""
    among: list[ColumnElement[bool]] = [] if event is None else [Message.event == event]
    if is_unread:
        among.append(Message.read_at.is_(None))
    return among


def newest(actor: Actor) -> int:
    """Up to which message the page was drawn."""
    return db.session.scalar(select(func.max(Message.id)).where(Message.user_id == actor.id)) or 0


def unread(actor: Actor) -> Any:
    """How many, as a part of what every page asks."""
    some = select(Message.id).where(own(actor), Message.read_at.is_(None)).limit(COUNTED)
    return select(func.count()).select_from(some.subquery()).scalar_subquery()
