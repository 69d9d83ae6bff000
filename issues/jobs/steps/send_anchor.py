"""Send each anchor to where it is kept outside: once to each address, again until it is taken."""

from datetime import date
from itertools import islice

from sqlalchemy import select

from extensions import db, transaction
from issues import anchors
from issues.ground import outward
from issues.jobs.job import Tools
from issues.models import Anchor, JobMark
from issues.notices.delivery.outbox import Channel, channels
from issues.notices.delivery.outside import deliver

TITLE = "历史锚点"
MOST = 31
"""Anchors in one letter."""


def find(tools: Tools) -> list[str]:
    """The addresses that have not taken the newest anchor."""
    if not outward.may_speak():
        return []
    known = channels(tools.anchors.urls)
    newest = db.session.scalar(select(Anchor.on).order_by(Anchor.on.desc()).limit(1))
    return [one.key for one in known if newest is not None and newest > _taken(one)]


def do(tools: Tools, unit: str) -> int:
    """No transaction is open while the far side is waited for."""
    channel = next(one for one in channels(tools.anchors.urls) if one.key == unit)
    rows = select(Anchor).where(Anchor.on > _taken(channel)).order_by(Anchor.on)
    sent = [(row.on, anchors.told(row)) for row in islice(db.session.scalars(rows), MOST)]
    db.session.rollback()
    if not sent or not deliver(channel.url, TITLE, "".join(text for _, text in sent)):
        return 0
    with transaction():
        db.session.merge(JobMark(name=_name(channel), done_through=sent[-1][0]))
    return len(sent)


def _name(channel: Channel) -> str:
    return f"send-anchor {channel.key}"


def _taken(channel: Channel) -> date:
    mark = db.session.get(JobMark, _name(channel))
    return mark.done_through if mark else date.min
