"""The daily anchor outside the database: its words, and whether the record still holds them."""

import hmac
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from extensions import db
from issues.audit import holds, sign
from issues.ground import clock
from issues.models import Anchor, Event

TOLD = ("on", "at", "chains", "events", "digest", "imprints", "imprint_mac", "signature")
UNREADABLE = "锚点文件读不懂：应为“anchor”任务写出的文件"


def missing_days() -> list[date]:
    """Days between the first and the last act that no anchor stands for, today's left out."""
    first, last = db.session.execute(select(func.min(Event.on), func.max(Event.on))).one()
    if first is None:
        return []
    there = set(db.session.scalars(select(Anchor.on)))
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day not in there and day != clock.today()]


def told(row: Anchor) -> str:
    """The anchor as it is kept outside: one line of JSON."""
    said = {name: getattr(row, name) for name in TOLD}
    said |= {"on": row.on.isoformat(), "at": clock.local(row.at).isoformat()}
    return json.dumps(said, ensure_ascii=False) + "\n"


def faults_against(secret: str, kept: str) -> Iterator[str]:
    """Whether the record still holds what an anchor kept outside says of it."""
    said = _read(kept)
    if said is None:
        yield UNREADABLE
        return
    row = Anchor(**said)
    on = row.on
    if not hmac.compare_digest(str(row.signature), sign(secret, row)):
        yield f"锚点文件（{on}）的签名不符：文件被改动，或由另一把密钥写成"
        return
    here = db.session.get(Anchor, on)
    if here is None:
        yield f"库中没有{on}的锚点：记录被截断或整体退回"
    elif here.signature != row.signature:
        yield f"库中{on}的锚点与锚点文件不同：锚点被换过"
    if not holds(row):
        yield f"现有记录与锚点文件（{on}）不符：记录被截断、退回或改写"


def _read(kept: str) -> dict[str, Any] | None:
    """The words of one anchor; None where they are none."""
    try:
        said: Mapping[str, Any] = json.loads(kept)
        values = {name: said[name] for name in TOLD}
        values["on"] = date.fromisoformat(values["on"])
        values["at"] = datetime.fromisoformat(values["at"])
    except (ValueError, TypeError, KeyError):
        return None
    return values
