"""The daily anchor outside the database: its words, and whether the record still holds them."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from extensions import db
from issues.audit import holds, is_signed
from issues.ground import clock
from issues.ground.documents import Unreadable, json_of
from issues.models import Anchor, Event

TOLD = (
    "on", "at", "chains", "events", "digest", "imprints", "imprint_mac", "algorithm", "signature",
)  # fmt: skip
LONGEST = 2000
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


def faults_against(secrets: Sequence[str], kept: str) -> Iterator[str]:
    """Whether the record still holds what anchors kept outside say of it: one a line."""
    lines = [line for line in kept.splitlines() if line.strip()]
    for line in lines or [""]:
        row = _read(line)
        if row is None:
            yield UNREADABLE
            continue
        if not any(is_signed(secret, row) for secret in secrets):
            yield f"锚点文件（{row.on}）的签名不符：文件被改动，或由另一把密钥写成"
            continue
        here = db.session.get(Anchor, row.on)
        if here is None:
            yield f"库中没有{row.on}的锚点：记录被截断或整体退回"
        elif here.signature != row.signature:
            yield f"库中{row.on}的锚点与锚点文件不同：锚点被换过"
        if not holds(row):
            yield f"现有记录与锚点文件（{row.on}）不符：记录被截断、退回或改写"


def _read(line: str) -> Anchor | None:
    """One anchor; None where the words are none."""
    try:
        said: Any = json_of(line, LONGEST)
        values = {name: said[name] for name in TOLD}
        values["on"] = date.fromisoformat(values["on"])
        values["at"] = datetime.fromisoformat(values["at"])
        values["signature"] = str(values["signature"])
    except (Unreadable, ValueError, TypeError, KeyError):
        return None
    return Anchor(**values)
