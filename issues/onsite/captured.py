"""What a phone told of a record made on the spot: kept as told, and never taken for the truth."""

from collections.abc import Iterator
from datetime import datetime
from math import isfinite
from typing import Any, NamedTuple

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues.ground import clock
from issues.models import Capture, CovertNote, Issue, SiteCheck

COARSE = 100
"""Metres: a position less exact than this does not show the spot."""
FARTHEST = 100_000
LONGEST_KEY = 120
LARGEST_OFF = 10 * 366 * 24 * 3600
FIRST_YEAR, LAST_YEAR = 1990, 2099
MINUTE, HOUR, DAY = 60, 3600, 86400


class Told(NamedTuple):
    """`off`: seconds the phone's clock is ahead of ours; `accuracy`: metres. None: not told."""

    at: datetime | None
    off: int | None
    accuracy: int | None


def told(at: str, now_there: str, accuracy: str, now: datetime) -> Told | None:
    """None where nothing was told. What makes no sense is not told."""
    found = _moment(at)
    there = _moment(now_there)
    off = None if there is None else round((there - now).total_seconds())
    if off is not None and abs(off) > LARGEST_OFF:
        off = None
    said = Told(found, off, _metres(accuracy))
    return None if said == (None, None, None) else said


def _moment(raw: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(raw)
    except ValueError:
        return None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        return None
    return found if found.tzinfo else found.replace(tzinfo=clock.SHANGHAI)


def _metres(raw: str) -> int | None:
    try:
        metres = float(raw)
    except ValueError:
        return None
    return max(1, round(metres)) if isfinite(metres) and 0 < metres <= FARTHEST else None


def keep(
    actor: Actor, said: Told | None, at: datetime, *, key: str, request: str,
    note: CovertNote | None = None, checked: Issue | None = None,
) -> None:  # fmt: skip
    """Beside the record it was told of; `checked`: the ticket whose newest check it is.

    Never commits. Nothing is kept where the phone told nothing.
    """
    if said is None:
        return
    row = Capture(
        user_id=actor.id, key=key[:LONGEST_KEY] or None, request=request, device_at=said.at,
        device_off=said.off, accuracy=said.accuracy, received_at=at,
        note_id=note.id if note else None, check_id=_newest_check(checked) if checked else None,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()


def _newest_check(issue: Issue) -> int | None:
    rows = select(SiteCheck.id).where(SiteCheck.issue_id == issue.id)
    return db.session.scalar(rows.order_by(SiteCheck.id.desc()).limit(1))


def known(actor: Actor, key: str) -> Capture | None:
    """What this person recorded with this key, however long ago."""
    if not key:
        return None
    rows = select(Capture).where(Capture.user_id == actor.id, Capture.key == key[:LONGEST_KEY])
    return db.session.scalars(rows).first()


def accuracy_words(accuracy: int | None) -> str:
    """`±15米`; how far off a coarse one may lie is said as well."""
    if accuracy is None:
        return ""
    words = f"±{accuracy}米" if accuracy < 1000 else f"±{accuracy / 1000:.1f}公里"  # noqa: PLR2004 - a kilometre
    return f"{words}，较粗略" if accuracy > COARSE else words


def off_words(off: int | None) -> str:
    """How the phone's clock differed; nothing where it was within a minute."""
    if off is None or abs(off) < MINUTE:
        return ""
    seconds = abs(off)
    unit = next(u for u in ((DAY, "天"), (HOUR, "小时"), (MINUTE, "分钟")) if seconds >= u[0])
    return f"发送时设备时钟比服务器{'快' if off > 0 else '慢'}{seconds // unit[0]}{unit[1]}"


def spot_words(row: Any) -> Iterator[str]:
    """Of a check: where it was taken and how exactly, when by the phone's clock, when it came."""
    if row.lon is not None:
        told = accuracy_words(row.accuracy)
        yield f"东经{row.lon}°，北纬{row.lat}°{f'（{told}）' if told else ''}"
    if row.device_at is not None:
        there, here = clock.local(row.device_at), clock.local(row.recorded_at)
        yield f"设备时间{there:%Y-%m-%d %H:%M}，接收时间{here:%Y-%m-%d %H:%M}"
        yield off_words(row.device_off)
