"""Recompute every open ticket's colour. A difference is a fault: it is reported and mended."""

import logging

from sqlalchemy import select

from auth.actor import SYSTEM
from extensions import db
from issues import audit, clock
from issues.jobs.job import Tools
from issues.models import Issue
from issues.policies import policy_on, workdays
from issues.records import facts_of_all
from issues.rules.firings import firings
from issues.thresholds import refresh
from issues.vocabulary import OPEN

CHUNK = 500
logger = logging.getLogger(__name__)


def find(tools: Tools) -> list[str]:
    """The tickets whose stored firings are not what their facts give today."""
    if tools.on != clock.today():
        return []  # stored thresholds are those of today; past days stand in the spans
    _, policy = policy_on(tools.on)
    calendar = workdays()
    different = []
    last = 0
    while rows := _next(last):
        facts = facts_of_all(rows)
        for issue in rows:
            found = [firing.document() for firing in firings(facts[issue.id], policy, calendar)]
            if found != issue.firings:
                different.append(str(issue.id))
        last = rows[-1].id
        db.session.expunge_all()
    return different


def _next(last: int) -> list[Issue]:
    rows = select(Issue).where(Issue.status.in_(OPEN), Issue.id > last)
    return list(db.session.scalars(rows.order_by(Issue.id).limit(CHUNK)))


def do(tools: Tools, unit: str) -> bool:
    issue = db.session.scalars(select(Issue).where(Issue.id == int(unit)).with_for_update()).one()
    before = issue.firings
    refresh(issue, tools.at)
    if issue.firings == before:
        return False
    logger.warning("issue %s: stored colour differed from its facts", issue.id)
    audit.record(
        "ticket", issue.id, "check_thresholds", SYSTEM, at=tools.at,
        before=issue.status.value, after=issue.status.value,
        detail={"before": before, "after": issue.firings},
    )  # fmt: skip
    return True
