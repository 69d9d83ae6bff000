"""Whatever people do to a ticket in whatever order, what stands in the database is whole."""

from itertools import pairwise

import pytest
from sqlalchemy import select
from wandering import Wanderer

from extensions import db
from issues import audit
from issues.colour.facts_of import facts_of
from issues.colour.policies import policy_on, workdays
from issues.imprints import checking
from issues.models import Card, ColourSpan, Event, IssueFiring
from issues.rules.colour import NEVER, thresholds
from issues.rules.firings import firings, first_days
from issues.vocabulary import Relation

pytestmark = pytest.mark.both

STEPS = 40
SEEDS = range(3)


@pytest.mark.by_turns
@pytest.mark.parametrize("seed", SEEDS)
def test_any_path_of_acts_leaves_whole_rows(make_issue, seed):
    walk = Wanderer(seed, make_issue)

    for _ in range(STEPS):
        walk.step()
        db.session.expire_all()
        thresholds_are_those_of_the_facts(walk.issue)
        spans_join(walk.issue)
        the_card_is_the_standing_one(walk.issue)
        relations_are_those_of_the_columns(walk.issue)

    assert list(audit.faults("any")) == []
    assert list(checking.faults()) == []
    statuses_follow_each_other(walk.issue)


def thresholds_are_those_of_the_facts(issue):
    _, policy = policy_on(max(span.valid_from for span in spans_of(issue)))
    found = firings(facts_of(issue), policy, workdays())
    rules = select(IssueFiring.rule, IssueFiring.since).where(IssueFiring.issue_id == issue.id)

    assert (issue.yellow_from, issue.red_from) == thresholds(found)
    assert issue.firings == [firing.document() for firing in found]
    assert dict(db.session.execute(rules).all()) == first_days(found)


def spans_of(issue):
    rows = select(ColourSpan).where(ColourSpan.issue_id == issue.id)
    return db.session.scalars(rows.order_by(ColourSpan.valid_from)).all()


def spans_join(issue):
    """Every day from the first has one span, and the last is the ticket as it stands."""
    spans = spans_of(issue)

    for before, after in pairwise(spans):
        assert before.valid_to == after.valid_from
    last = spans[-1]
    assert last.valid_to == NEVER
    for name in ("yellow_from", "red_from", "card", "status", "region", "source", "policy"):
        assert getattr(last, name) == getattr(issue, name), name
    assert last.unit_id == issue.primary_unit_id


def the_card_is_the_standing_one(issue):
    standing = select(Card.colour).where(Card.issue_id == issue.id, Card.lifted_on.is_(None))

    assert db.session.scalars(standing).all() == ([issue.card] if issue.card else [])


def relations_are_those_of_the_columns(issue):
    by_relation = {
        Relation.PRIMARY: issue.primary_unit,
        Relation.LEAD: issue.lead_unit,
        Relation.ACCEPTANCE: issue.acceptance_unit,
        Relation.SUPERVISING: issue.supervising_unit,
    }
    for relation, unit in by_relation.items():
        assert issue.units(relation) == ([unit] if unit else []), relation
    if issue.primary_unit:
        assert issue.primary_unit in issue.units(Relation.RESPONSIBLE)


def statuses_follow_each_other(issue):
    """History tells an unbroken life: each act began where the one before it ended."""
    rows = select(Event.before, Event.after).where(
        Event.subject == "ticket", Event.subject_id == issue.id
    )
    told = db.session.execute(rows.order_by(Event.seq)).all()

    assert told[0].before == ""
    assert all(one.after == two.before for one, two in pairwise(told)), told
    assert told[-1].after == issue.status.value
