"""The big screen's addresses: made and ended by the office, read-only, each with an end."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues import audit
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, NotFound
from issues.models import WallPass
from issues.rights.table import Right, holds
from issues.vocabulary import Role, Subject, WallAct

DAYS = (1, 7, 30, 90, 180)
LONGEST_PLACE = 40
KEPT = 50
VIEWER = Actor(None, "wall", "大屏", roles=frozenset({Role.LEADER}))
"""Who looks through a pass: the whole city's figures, and no account to act with."""


def make(actor: Actor, place: str, days: int) -> tuple[WallPass, str]:
    """A pass and its secret, which is told this once. Never commits."""
    _require(actor)
    errors = {}
    if not 0 < len(place) <= LONGEST_PLACE:
        errors["place"] = [f"请写明大屏在哪里，最多{LONGEST_PLACE}字"]
    if days not in DAYS:
        errors["days"] = ["请选择有效天数"]
    if errors:
        raise Incomplete(errors)
    secret, now = secrets.token_urlsafe(32), clock.real_now()
    row = WallPass(
        digest=_digest(secret),
        place=place,
        made_at=now,
        made_by_id=actor.id,
        until=now + timedelta(days=days),
    )
    db.session.add(row)
    db.session.flush()
    reason = f"{place}，{days}天"
    audit.record(Subject.WALL, row.id, WallAct.OPEN, actor, at=clock.now(), reason=reason)
    return row, secret


def end(actor: Actor, pass_id: int) -> WallPass:
    """The address shows nothing more from now on."""
    _require(actor)
    row = db.session.get(WallPass, pass_id, with_for_update=True)
    if row is None:
        raise NotFound
    if row.ended_at is None:
        row.ended_at = clock.real_now()
        audit.record(Subject.WALL, row.id, WallAct.END, actor, at=clock.now(), reason=row.place)
    return row


def is_open(row: WallPass) -> bool:
    return row.ended_at is None and row.until > clock.real_now()


def opened_by(secret: str) -> bool:
    """Whether this secret opens the big screen now."""
    row = db.session.scalar(select(WallPass).where(WallPass.digest == _digest(secret)))
    return row is not None and is_open(row)


def passes() -> list[WallPass]:
    """All that are open, so that each can be ended, and the last of the others; newest first."""
    opens = WallPass.ended_at.is_(None) & (WallPass.until > clock.real_now())
    over = select(WallPass.id).where(~opens).order_by(WallPass.id.desc()).limit(KEPT)
    rows = select(WallPass).where(opens | WallPass.id.in_(over))
    return list(db.session.scalars(rows.order_by(WallPass.id.desc())))


def _require(actor: Actor) -> None:
    if not holds(actor, Right.WALLS):
        raise NotAllowed("您没有管理大屏地址的权限。")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
