"""The quarter's random look-backs: seeded by the quarter, so that anybody can draw them again."""

import hashlib
import math
from datetime import date

from sqlalchemy import select

from extensions import db
from issues.jobs.job import Tools
from issues.models import Issue, Lookback
from issues.policies import policy_on
from issues.rules.days import month_end, months_after
from issues.vocabulary import STRUCK_OFF, Source

QUARTER = 3
SAMPLED = "季度抽查"


def _quarter(on: date) -> tuple[date, date]:
    first = date(on.year, (on.month - 1) // QUARTER * QUARTER + 1, 1)
    return first, month_end(months_after(first, QUARTER - 1))


def find(tools: Tools) -> list[str]:
    """The share of tickets closed in the last quarter whose source is sampled."""
    _, policy = policy_on(tools.on)
    first, last = _quarter(tools.on)
    before, _ = _quarter(months_after(first, -QUARTER))
    sources = [source for source in Source if policy.sources[source].lookback_sample]
    rows = db.session.execute(
        select(Issue.id, Issue.number).where(
            Issue.status.in_(STRUCK_OFF),
            Issue.source.in_(sources),
            Issue.closed_on >= before,
            Issue.closed_on < first,
        )
    ).all()
    drawn = sorted(rows, key=lambda row: _lot(first, row.number))
    count = math.ceil(len(drawn) * policy.lookback_sample_share / 100)
    planned = set(
        db.session.scalars(
            select(Lookback.issue_id).where(Lookback.planned_on == last, Lookback.why == SAMPLED)
        )
    )
    return [str(row.id) for row in drawn[:count] if row.id not in planned]


def _lot(first: date, number: str) -> str:
    return hashlib.sha256(f"{first} {number}".encode()).hexdigest()


def do(tools: Tools, unit: str) -> bool:
    _, last = _quarter(tools.on)
    db.session.add(Lookback(issue_id=int(unit), planned_on=last, why=SAMPLED))
    db.session.flush()
    return True
