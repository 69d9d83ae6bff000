"""Sending to the addresses of persons and units: what is due, quiet hours, one text a channel.

By the machinery of the outbox: lines are claimed, sent with no transaction open, and marked. What
the reader does not see any more is not sent.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import or_, select

from auth.actor import Actor
from auth.models import User
from auth.signin import actor_for
from extensions import db
from issues.ground import outward
from issues.messages import addresses
from issues.messages.choosing import Quiet
from issues.messages.kinds import url_of
from issues.messages.sight import in_sight
from issues.messages.telling import OF_MESSAGE, channel_of
from issues.models import Address, Message, MessageChoice, Outbox
from issues.notices.delivery import outbox
from issues.vocabulary import Role

TITLE = "督办系统消息提醒"
MOST_TRIES = 12
"""A day and a half; then it is given up, and may be sent again by hand."""
GONE = "账号已停用"
OUT_OF_SIGHT = "收件人已看不到该事项"
NOT_PROVEN = "地址尚未验证"


class Letter(NamedTuple):
    """What is sent to one address, and which lines it holds; `url` is empty where none may be."""

    url: str
    text: str
    lines: list[int]


def due(now: datetime) -> list[int]:
    """The addresses with a line that may be sent at this hour. One statement."""
    choice = or_(MessageChoice.user_id == Address.user_id, MessageChoice.unit_id == Address.unit_id)
    rows = db.session.execute(
        select(Address.id, Outbox.about, MessageChoice.quiet_from, MessageChoice.quiet_until)
        .join(Outbox, Outbox.address_id == Address.id)
        .outerjoin(MessageChoice, choice)
        .where(outbox.is_waiting(), Outbox.next_at <= now)
        .distinct()
        .order_by(Address.id)
    )
    found = (
        row.id for row in rows if row.about in addresses.URGENT or not _quiet(row).holds(now)
    )  # fmt: skip
    return list(dict.fromkeys(found))


def _quiet(row: Any) -> Quiet:
    return Quiet() if row.quiet_from is None else Quiet(row.quiet_from, row.quiet_until)


def send(address_id: int, now: datetime, deliver: outbox.Send) -> int:
    """How many lines were delivered. Opens its own transactions."""
    row = db.session.get_one(Address, address_id)
    among = [] if not _is_quiet(row, now) else [Outbox.about.in_(addresses.URGENT)]
    claimed = outbox.claim(channel_of(row), now, *among)
    if not claimed:
        return 0
    letter = _letter(db.session.get_one(Address, address_id), list(claimed))
    db.session.rollback()
    if not letter.lines:
        return 0
    delivered = bool(letter.url) and deliver(letter.url, TITLE, letter.text)
    outbox.mark(letter.lines, now, delivered=delivered, tries=MOST_TRIES)
    outbox.logger.info("messages: %s lines, delivered: %s", len(letter.lines), delivered)
    return len(letter.lines) if delivered else 0


def _is_quiet(row: Address, now: datetime) -> bool:
    whose = (
        MessageChoice.unit_id == row.unit_id
        if row.user_id is None
        else MessageChoice.user_id == row.user_id
    )
    chosen = select(MessageChoice.quiet_from, MessageChoice.quiet_until).where(whose)
    found = db.session.execute(chosen).first()
    return _quiet(found).holds(now) if found else Quiet().holds(now)


def _letter(row: Address, claimed: list[int]) -> Letter:
    """What may not be sent is ended, with the reason."""
    reader = _reader(row)
    if reader is None or row.ended_at is not None:
        _end(claimed, GONE)
        return Letter("", "", [])
    kept = addresses.opened(row)
    lines = select(Outbox.id, Outbox.about, Message.event, Message.called, Message.path)
    lines = lines.outerjoin(Message, Message.id == Outbox.message_id)
    seen = or_(Outbox.message_id.is_(None), in_sight(reader))
    found = db.session.execute(lines.where(Outbox.id.in_(claimed), seen).order_by(Outbox.id)).all()
    _end(set(claimed) - {one.id for one in found}, OUT_OF_SIGHT)
    if row.proven_at is None:
        _end([one.id for one in found if one.about != addresses.CODE], NOT_PROVEN)
        found = [one for one in found if one.about == addresses.CODE]
    words = [_line(one, kept.code) for one in found]
    return Letter(url_of(row.kind, kept.to), "\n".join(words), [one.id for one in found])


def _reader(row: Address) -> Actor | None:
    """Whose eyes it is sent to: the person as they are now, or anybody of the unit."""
    if row.user_id is None:
        return Actor(None, "unit", "", unit_id=row.unit_id, roles=frozenset({Role.REPORTER}))
    user = db.session.get_one(User, row.user_id)
    return actor_for(user) if user.is_active else None


def _line(row: Any, code: str) -> str:
    if row.about == OF_MESSAGE:
        return f"{row.event.label} {row.called} {outward.way().public_url()}{row.path}"
    if row.about == addresses.CODE:
        return f"验证码 {code}，30 分钟内有效。不是您本人操作的，请不必理会。"
    return "这是一条测试消息，收到即说明地址可用。"


def _end(lines: Iterable[int], why: str) -> None:
    if found := sorted(lines):
        outbox.end(Outbox.id.in_(found), why)


def retry(line_id: int) -> bool:
    """A line that did not arrive is sent now; False where there is none. Never commits.

    One whose reader or address is gone ends again for the same reason.
    """
    row = db.session.get(Outbox, line_id, with_for_update=True)
    if row is None or row.sent_at is not None or not row.fault:
        return False
    outbox.again(row)
    return True
