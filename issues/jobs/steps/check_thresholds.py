"""Recompute every ticket's colour. A difference is a fault: it is reported and mended."""

import logging
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, or_, select

from auth.actor import SYSTEM
from extensions import db
from issues import audit
from issues.colour.facts_of import in_chunks
from issues.colour.policies import policy_on, workdays
from issues.colour.settle import COLOURED, refresh, rules_of, worked_out
from issues.ground import clock
from issues.jobs.job import Tools
from issues.models import ColourSpan, Issue
from issues.rules.colour import NEVER
from issues.vocabulary import OPEN, BesideAct, Status

logger = logging.getLogger(__name__)
_COUNTED = Issue.status.in_(OPEN | {Status.CLOSED})
_ON_SPANS = ("yellow_from", "red_from", "card", "status", "region", "source", "policy")


def find(tools: Tools) -> list[str]:
    """The tickets whose stored colour is not what their facts give today."""
    if tools.on != clock.today():
        return []  # stored thresholds are those of today; past days stand in the spans
    different = {*_different(_COUNTED), *_unspanned(_COUNTED)}
    return [str(issue_id) for issue_id in sorted(different)]


def _different(asked: ColumnElement[bool]) -> Iterator[int]:
    """Whose thresholds, firings or rules are others than the facts make."""
    policy, calendar = policy_on(clock.today()), workdays()
    for rows in in_chunks(*COLOURED, where=asked):
        known = rules_of([row.id for row in rows])
        for one in worked_out(rows, policy, calendar):
            if one.row.status == Status.CLOSED:
                one.values.pop("policy")  # a closed ticket keeps the rules it was closed under
            if one.differs or one.days != known.get(one.row.id, {}):
                yield one.row.id


def _unspanned(asked: ColumnElement[bool]) -> list[int]:
    """Whose last span of days is not what stands on the ticket."""
    pairs: list[tuple[Any, Any]] = [
        (getattr(ColourSpan, name), getattr(Issue, name)) for name in _ON_SPANS
    ]
    pairs.append((ColourSpan.unit_id, Issue.primary_unit_id))
    pairs.append((cast(ColourSpan.firings, Text), cast(Issue.firings, Text)))
    last = (ColourSpan.issue_id == Issue.id) & (ColourSpan.valid_to == NEVER)
    statement = select(Issue.id).outerjoin(ColourSpan, last)
    differs = or_(ColourSpan.id.is_(None), *(one.is_distinct_from(two) for one, two in pairs))
    return list(db.session.scalars(statement.where(asked, differs)))


def do(tools: Tools, unit: str) -> bool:
    """Looked at again under its lock: an act may have mended it, or taken it off the board."""
    issue = db.session.scalars(select(Issue).where(Issue.id == int(unit)).with_for_update()).one()
    this = and_(Issue.id == issue.id, _COUNTED)
    if not any(_different(this)) and not _unspanned(this):
        return False
    before = issue.firings
    refresh(issue, tools.at)
    logger.warning("issue %s: stored colour differed from its facts", issue.id)
    audit.record_beside(
        issue, BesideAct.CHECK_THRESHOLDS, SYSTEM, at=tools.at,
        detail={"before": before, "after": issue.firings},
    )  # fmt: skip
    return True
