"""A ticket that comes in struck off is looked back at as if it had been struck off here."""

from datetime import date

from brought import bring
from sheets import INSPECTION, TODAY
from sqlalchemy import select

from extensions import db
from issues.colour.policies import policy_on
from issues.models import Issue, Lookback
from issues.supervision import lookbacks
from issues.vocabulary import STRUCK_OFF


def planned():
    rows = select(Issue.number, Lookback.planned_on, Lookback.why).join(Lookback.issue)
    return sorted(tuple(row) for row in db.session.execute(rows))


def test_what_lies_ahead_is_planned_once(app):
    bring(INSPECTION)
    closed = db.session.scalars(select(Issue.number).where(Issue.status.in_(STRUCK_OFF))).all()

    assert planned() == [(number, date(2026, 5, 25), "来源规定") for number in sorted(closed)]
    bring(INSPECTION)
    assert len(planned()) == len(closed) == 8


def test_what_is_past_is_not_made_up(app):
    bring(INSPECTION)
    issue = db.session.scalars(select(Issue).where(Issue.status.in_(STRUCK_OFF))).first()
    db.session.query(Lookback).delete()
    issue.closed_on = date(2025, 3, 1)
    _, policy = policy_on(TODAY)

    assert lookbacks.plan_ahead(issue, TODAY, policy) == []
    assert [row.planned_on for row in lookbacks.plan_ahead(issue, date(2025, 8, 31), policy)] == [
        date(2025, 9, 1)
    ]
