"""Where messages are written: in the transaction of the act, one place for every act there is.

Never commits. What a person or unit has chosen decides what leaves the house besides, and when.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, insert, or_, select

from auth.models import Grant, User
from extensions import db
from issues.ground import clock
from issues.messages import of_accounts, of_notices, of_tickets
from issues.messages.choosing import STANDARD, next_moment, timing_of
from issues.messages.happening import Happening
from issues.models import Address, Event, Message, MessageChoice, Outbox, Webhook
from issues.vocabulary import Subject, Timing

MADE: dict[str, Callable[[Event], Iterator[Happening]]] = {
    Subject.TICKET.value: of_tickets.happenings,
    Subject.NOTICE.value: of_notices.happenings,
    Subject.ACCOUNT.value: of_accounts.happenings,
}
OF_MESSAGE = "message"
ID_LENGTH = 32


def tell(row: Event) -> None:
    """What the act that was just recorded makes to be told."""
    make = MADE.get(row.subject)
    if make is not None:
        for one in make(row):
            tell_of(one, but=row.actor_id)


def tell_of(one: Happening, *, but: int | None = None) -> int:
    """How many persons are told; nobody twice. `but`: who did it knows."""
    now, persons = clock.real_now(), _recipients(one, but)
    lines = list(_addresses(one, persons, now))
    if one.for_systems:
        lines.extend(_to_systems(one, now))
    db.session.add_all(lines)
    if lines:
        db.session.flush()
    return len(persons)


def _recipients(one: Happening, but: int | None) -> list[int]:
    """In the order of the accounts, so that two transactions never wait for one another."""
    found = db.session.scalars(_untold(one.whom), {"occasion": one.occasion})
    return [user_id for user_id in found if user_id != but]


@lru_cache(maxsize=128)
def _untold(whom: ColumnElement[bool]) -> Select[int]:
    """Put together once for each condition that is itself kept, as those by right are."""
    known = exists().where(Message.user_id == User.id, Message.occasion == bindparam("occasion"))
    return (
        select(User.id)
        .join(Grant, and_(Grant.user_id == User.id, Grant.revoked_at.is_(None)))
        .where(User.is_active, whom, ~known)
        .distinct()
        .order_by(User.id)
    )


def _message(
    one: Happening, now: datetime, *, user_id: int | None = None, unit_id: int | None = None
) -> dict[str, Any]:
    return {
        "user_id": user_id, "unit_id": unit_id, "event": one.event, "called": one.called,
        "path": one.path, "issue_id": one.issue_id, "notice_id": one.notice_id,
        "is_covert": one.is_covert, "on": one.on, "occasion": one.occasion, "written_at": now,
    }  # fmt: skip


def _addresses(one: Happening, persons: list[int], now: datetime) -> Iterator[Outbox]:
    """Writes the messages; a line for each proven address of who is told, and of the units' groups.

    A message that no line names is written without asking for its id: all of them together.
    """
    proven = _proven(one, persons)
    named = {_owner(address) for address, _ in proven}
    kept = {key: Message(**_message(one, now, **_whose(key))) for key in sorted(named)}
    db.session.add_all(kept.values())
    db.session.flush()
    if rest := [_message(one, now, user_id=key) for key in persons if key not in named]:
        db.session.connection().execute(_MESSAGES, rest)
    for address, timing in proven:
        yield Outbox(
            message_id=kept[_owner(address)].id, address_id=address.id,
            channel=channel_of(address), line="",
            about=OF_MESSAGE, written_at=now, next_at=next_moment(timing, now),
        )  # fmt: skip


def _owner(address: Address) -> int:
    """A person's id as it is, a unit's below nought."""
    return address.user_id or -(address.unit_id or 0)


def _whose(key: int) -> dict[str, int]:
    return {"user_id": key} if key > 0 else {"unit_id": -key}


def _proven(one: Happening, persons: list[int]) -> list[tuple[Address, Timing]]:
    """The addresses that are to be written to, and when. One statement."""
    if not persons and not one.units:
        return []
    asked = {"persons": persons, "units": sorted(one.units)}
    rows = db.session.execute(_PROVEN, asked).all()
    timed = (
        (address, timing_of(one.event, timings if timings is not None else STANDARD))
        for address, timings in rows
    )
    return [(address, timing) for address, timing in timed if timing is not Timing.OFF]


_MESSAGES = insert(Message)
_PROVEN = (
    select(Address, MessageChoice.timings)
    .outerjoin(
        MessageChoice,
        or_(MessageChoice.user_id == Address.user_id, MessageChoice.unit_id == Address.unit_id),
    )
    .where(
        Address.proven_at.is_not(None),
        Address.ended_at.is_(None),
        or_(
            Address.user_id.in_(bindparam("persons", expanding=True)),
            Address.unit_id.in_(bindparam("units", expanding=True)),
        ),
    )
    .order_by(Address.id)
)


_SYSTEMS = select(Webhook).where(Webhook.ended_at.is_(None))


def channel_of(row: Address | Webhook) -> str:
    """The name that its lines are claimed by."""
    return f"{row.__tablename__}-{row.id}"


def _to_systems(one: Happening, now: datetime) -> Iterator[Outbox]:
    """One line for each other system that asked for this event; never twice."""
    for hook in db.session.scalars(_SYSTEMS).all():
        line = Outbox.webhook_id == hook.id, Outbox.about == one.occasion
        if one.event.value not in hook.events or db.session.scalar(select(exists().where(*line))):
            continue
        yield Outbox(
            webhook_id=hook.id, channel=channel_of(hook), line=_body(one), about=one.occasion,
            written_at=now, next_at=now,
        )  # fmt: skip


def _body(one: Happening) -> str:
    """The same id whenever it is sent again."""
    identity = hashlib.sha256(one.occasion.encode()).hexdigest()[:ID_LENGTH]
    said = {
        "id": identity, "event": one.event.value, "on": one.on.isoformat(), "number": one.called
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False)
