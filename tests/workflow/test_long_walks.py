"""Six hundred acts at random, by whoever and in whatever order, leave only legal rows."""

from itertools import pairwise

import pytest
from sqlalchemy import select
from wandering import Wanderer

from extensions import db
from issues import audit
from issues.imprints import checking
from issues.models import Card, ColourSpan, Event
from issues.rules.dates.days import NEVER
from issues.vocabulary import OPEN, STRUCK_OFF, Status
from issues.workflow import TRANSITIONS

ACTS, WALKS = 600, 3
STEPS_A_TICKET = 50


class Known:
    """The cast looked up once: nobody's roles change on the way."""

    def __init__(self, people):
        self.people, self.found = people, {}

    def __getitem__(self, name):
        if name not in self.found:
            self.found[name] = self.people[name]
        return self.found[name]

    def __getattr__(self, name):
        return self[name]


@pytest.mark.parametrize("walk", range(WALKS))
def test_any_acts_leave_legal_rows(make_issue, walk):
    make_issue.people, tried = Known(make_issue.people), 0
    while tried < ACTS // WALKS:
        wanderer = Wanderer(1000 * walk + tried, make_issue)
        for _ in range(STEPS_A_TICKET):
            wanderer.step()
            tried += 1
        db.session.expire_all()
        is_legal(wanderer.issue)

    assert list(audit.faults("any")) == []
    assert list(checking.faults()) == []


def is_legal(issue):
    """The status fits what stands on the ticket, and every step of its history was allowed."""
    status = issue.status
    assert (status in STRUCK_OFF) == (issue.closed_on is not None)
    assert (status is Status.MERGED) == (issue.merged_into_id is not None)
    assert status not in OPEN or issue.assigned_on is not None
    assert issue.acceptance_unit_id != issue.primary_unit_id or issue.primary_unit_id is None
    cards = select(Card.colour).where(Card.issue_id == issue.id, Card.lifted_on.is_(None))
    assert db.session.scalars(cards).all() == ([issue.card] if issue.card else [])
    spans = db.session.scalars(
        select(ColourSpan).where(ColourSpan.issue_id == issue.id).order_by(ColourSpan.valid_from)
    ).all()
    assert all(one.valid_to == two.valid_from for one, two in pairwise(spans))
    assert (spans[-1].valid_to, spans[-1].status) == (NEVER, status)
    steps_were_allowed(issue)


def steps_were_allowed(issue):
    known = {action.value: transition for action, transition in TRANSITIONS.items()}
    rows = db.session.scalars(
        select(Event)
        .where(Event.subject == "ticket", Event.subject_id == issue.id)
        .order_by(Event.seq)
    ).all()
    assert all(one.after == two.before for one, two in pairwise(rows))
    assert rows[-1].after == issue.status.value
    for row in rows[1:]:
        if row.action in known:
            assert Status(row.before) in known[row.action].origins, row.action
