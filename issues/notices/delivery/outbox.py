"""What is told outside: number and link, nothing else, written with the act and sent later.

A channel is one address of NOTIFY_URLS; the database keeps only its digest. Each line goes once to
each channel. Sending holds no transaction: lines are claimed, sent, and then marked.
"""

import hashlib
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, and_, func, select, update

from extensions import db, transaction
from issues.ground import clock
from issues.models import Notice, Outbox

TITLE = "督办文书送达提醒"
FOOT = "请登录系统签收办理。"
MOST_LINES = 50
CLAIM = timedelta(minutes=5)
"""A process that dies between sending and marking leaves its lines to be sent again after this."""
WAITS = (1, 5, 15, 60, 240)
"""Minutes before the next try, by how many have failed; the last one goes on."""
KINDS = {
    "mailto": "邮件", "mailtos": "邮件", "wecombot": "企业微信", "dingtalk": "钉钉",
    "feishu": "飞书", "lark": "飞书",
}  # fmt: skip
OTHER = "其他渠道"
NOT_DELIVERED = "未送达"
GIVEN_UP = "多次未送达，已停止重发"
logger = logging.getLogger(__name__)

Send = Callable[[str, str, str], bool]
"""Given address, title and text; answers whether it was delivered."""


class Channel(NamedTuple):
    """`url` holds credentials: it is neither stored nor logged nor shown."""

    key: str
    label: str
    url: str


class ChannelState(NamedTuple):
    """What a channel has done, without a word of what was told."""

    label: str
    waiting: int
    sent: int
    last_sent_at: datetime | None
    fault: str


def channels(urls: Sequence[str]) -> list[Channel]:
    return [
        Channel(
            hashlib.sha256(url.encode()).hexdigest()[:16],
            KINDS.get(urlsplit(url).scheme, OTHER),
            url,
        )
        for url in dict.fromkeys(urls)
    ]


def write(notice: Notice, keys: Sequence[str], link: str, at: datetime) -> None:
    """One line a channel, in the caller's transaction: no act, no line."""
    db.session.add_all(
        Outbox(
            notice_id=notice.id,
            channel=key,
            line=f"{notice.number} {link}",
            written_at=at,
            next_at=at,
        )
        for key in keys
    )
    db.session.flush()


def due(now: datetime) -> set[str]:
    """The channels with a line to send. One statement."""
    rows = select(Outbox.channel).where(is_waiting(), Outbox.next_at <= now)
    return set(db.session.scalars(rows.distinct()))


def is_waiting() -> ColumnElement[bool]:
    """Not sent, and not given up."""
    return and_(Outbox.sent_at.is_(None), Outbox.ended_at.is_(None))


def send(channel: Channel, now: datetime, deliver: Send) -> int:
    """One digest to one channel; how many lines it delivered. Opens its own transactions."""
    lines = claim(channel.key, now)
    if not lines:
        return 0
    text = "\n".join([*lines.values(), FOOT])
    delivered = deliver(channel.url, TITLE, text)
    mark(list(lines), now, delivered=delivered)
    logger.info("outbox: %s lines to %s, delivered: %s", len(lines), channel.key, delivered)
    return len(lines) if delivered else 0


def claim(
    key: str, now: datetime, *among: ColumnElement[bool], most: int = MOST_LINES
) -> dict[int, str]:
    """Lines nobody else will send meanwhile, the oldest first."""
    with transaction():
        rows = db.session.scalars(
            select(Outbox)
            .where(Outbox.channel == key, is_waiting(), Outbox.next_at <= now, *among)
            .order_by(Outbox.id)
            .limit(most)
            .with_for_update(skip_locked=True)
        ).all()
        for row in rows:
            row.attempts += 1
            row.next_at = now + CLAIM
        return {row.id: row.line for row in rows}


def mark(ids: Sequence[int], now: datetime, *, delivered: bool, tries: int = 0) -> None:
    """`tries`: after so many that failed the line is given up; 0 for never."""
    with transaction():
        if delivered:
            values = {"sent_at": now, "fault": ""}
            db.session.execute(update(Outbox).where(Outbox.id.in_(ids)).values(values))
            return
        for row in db.session.scalars(select(Outbox).where(Outbox.id.in_(ids))):
            wait = WAITS[min(row.attempts, len(WAITS)) - 1]
            row.next_at, row.fault = now + timedelta(minutes=wait), NOT_DELIVERED
            if tries and row.attempts >= tries:
                row.ended_at, row.fault = now, GIVEN_UP


def end(which: ColumnElement[bool], why: str) -> None:
    """Lines that wait are sent no more. Joins the caller's transaction."""
    with transaction():
        values = {"ended_at": clock.real_now(), "fault": why}
        db.session.execute(update(Outbox).where(is_waiting(), which).values(values))


def again(row: Outbox) -> None:
    """To be sent now, however it ended before. Never commits."""
    row.sent_at = row.ended_at = None
    row.attempts, row.fault, row.next_at = 0, "", clock.real_now()


def states(known: Sequence[Channel]) -> list[ChannelState]:
    """One statement."""
    rows = db.session.execute(
        select(
            Outbox.channel,
            func.count(Outbox.id).label("all"),
            func.count(Outbox.sent_at).label("sent"),
            func.max(Outbox.sent_at).label("last"),
            func.max(Outbox.fault).label("fault"),
        )
        .where(Outbox.notice_id.is_not(None))
        .group_by(Outbox.channel)
    )
    found = {row.channel: row for row in rows}
    return [_state(channel, found.get(channel.key)) for channel in known]


def _state(channel: Channel, row: Any) -> ChannelState:
    if row is None:
        return ChannelState(channel.label, 0, 0, None, "")
    return ChannelState(channel.label, row.all - row.sent, row.sent, row.last, row.fault)
