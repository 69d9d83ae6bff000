"""Look-backs that complaints of an import proposed on other tickets: nobody need go for them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from auth.actor import Actor
from extensions import db
from issues import audit
from issues.models import Issue, Lookback
from issues.supervision.lookbacks import MARK
from issues.vocabulary import BesideAct


def proposed_by(numbers: Collection[str]) -> list[Lookback]:
    """Those not done yet, on whatever ticket."""
    first, last = MARK.split("{}")
    length = len(first)
    rows = select(Lookback).where(
        Lookback.done_on.is_(None), func.substr(Lookback.why, 1, length) == first
    )
    told = set(numbers)
    return [
        row
        for row in db.session.scalars(rows.order_by(Lookback.issue_id, Lookback.id))
        if row.why.removeprefix(first).partition(last)[0] in told
    ]


def drop(rows: Collection[Lookback], actor: Actor, reason: str, at: datetime) -> None:
    """The history of each ticket says so. Never commits; the caller holds the tickets."""
    for row in rows:
        issue = db.session.get_one(Issue, row.issue_id)
        told = {"planned_on": row.planned_on.isoformat(), "why": row.why}
        db.session.delete(row)
        db.session.flush()
        audit.record_beside(
            issue, BesideAct.DROP_LOOKBACK, actor, at=at, reason=reason, detail=told,
            is_covert=True,
        )  # fmt: skip
