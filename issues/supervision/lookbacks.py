"""Look-backs planned by themselves (domain.md §3, 回头看 default)."""

from datetime import date

from sqlalchemy import exists, select

from extensions import db
from issues.models import Card, Issue, Lookback
from issues.rules.days import months_after
from issues.rules.policy import Policy
from issues.vocabulary import Colour

RED_CARD, OF_SOURCE, AGAIN = "曾挂红牌", "来源规定", "回头看后复查"
AGAIN_MONTHS = 6


def plan(issue: Issue, on: date, policy: Policy) -> list[Lookback]:
    """Plan what the defaults ask for after closure, and the next one after each visit.

    What is planned already is left as it is. Never commits.
    """
    wanted = _after_closure(issue, policy) if issue.closed_on == on else []
    if not wanted and _none_is_planned(issue):
        wanted = [(months_after(on, AGAIN_MONTHS), AGAIN)] if _ever_visited(issue) else []
    rows = [
        Lookback(issue_id=issue.id, planned_on=day, why=why)
        for day, why in wanted
        if not _is_planned(issue, day, why)
    ]
    db.session.add_all(rows)
    db.session.flush()
    return rows


def _after_closure(issue: Issue, policy: Policy) -> list[tuple[date, str]]:
    closed_on = issue.closed_on
    if _ever_red(issue):
        months = (policy.lookback_red_first, policy.lookback_red_second)
        return [(months_after(closed_on, count), RED_CARD) for count in months]
    first = policy.sources[issue.source].first_lookback_months
    return [(months_after(closed_on, first), OF_SOURCE)] if first else []


def _ever_red(issue: Issue) -> bool:
    red = exists().where(Card.issue_id == issue.id, Card.colour == Colour.RED.value)
    return bool(db.session.scalar(select(red)))


def _ever_visited(issue: Issue) -> bool:
    done = exists().where(Lookback.issue_id == issue.id, Lookback.done_on.is_not(None))
    return bool(db.session.scalar(select(done)))


def _none_is_planned(issue: Issue) -> bool:
    open_ = exists().where(Lookback.issue_id == issue.id, Lookback.done_on.is_(None))
    return not db.session.scalar(select(open_))


def _is_planned(issue: Issue, day: date, why: str) -> bool:
    known = exists().where(
        Lookback.issue_id == issue.id, Lookback.planned_on == day, Lookback.why == why
    )
    return bool(db.session.scalar(select(known)))
