"""The example's scores: booked from its own history, published, and appealed against."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from auth.actor import SYSTEM, Actor
from auth.models import Unit
from extensions import db
from issues.models import ScoreEntry
from issues.notices.signing import Press
from issues.scores import appeals, booking, publishing
from issues.scores.sheets import signing
from issues.scores.tallying import Period
from issues.vocabulary import EntryKind
from seed.city import BAZHOU, ENYANG

ENDED = (1, 2, 3)
"""Quarters of the example's year that are over on its day."""
APPEALS = (
    (
        ENYANG, "wulead", "示例：所依据的进度数据填写有误，更正后的材料已上传。",
        "示例：经核对，进度数据确系填写错误，申诉成立。",
    ),
    (BAZHOU, "chenlead", "示例：受汛期影响施工暂停，已于当月补报情况，请予核实。", ""),
)  # fmt: skip
"""Whose point, who appeals, with which words, and the ruling where there is one."""


SIGNED = BAZHOU
"""Whose last published quarter is signed as a paper; the others' wait on the page."""


def enter(cast: Mapping[str, Actor], at: datetime, press: Press | None) -> None:
    """By the acts of the pages; without a press no paper is signed. Never commits."""
    booking.book(at.year, SYSTEM, at)
    for quarter in ENDED:
        publishing.publish(at.year, quarter, cast["he"], at)
    if press is not None:
        signed = db.session.scalars(select(Unit).where(Unit.code == SIGNED)).one()
        signing.sign(signed, Period(at.year, ENDED[-1]), cast["he"], at, press)
    for unit, leader, text, ruling in APPEALS:
        entry = _grave(unit)
        if entry is None:
            continue
        appeals.appeal(entry.id, cast[leader], text, [], at)
        if ruling:
            appeals.rule(entry.id, cast["he"], is_upheld=True, reason=ruling, at=at)


def _grave(unit: str) -> ScoreEntry | None:
    """The first point that a unit of the example lost by what somebody did."""
    rows = select(ScoreEntry).join(Unit, Unit.id == ScoreEntry.unit_id)
    rows = rows.where(
        Unit.code == unit, ScoreEntry.kind == EntryKind.BOOKING, ScoreEntry.event_id.is_not(None)
    )
    lost = [row for row in db.session.scalars(rows.order_by(ScoreEntry.id)) if row.value < 0]
    return next(iter(lost), None)
