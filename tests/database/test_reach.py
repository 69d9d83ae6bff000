"""Who reaches which ticket: the WHERE clause and the question on one ticket agree everywhere."""

from dataclasses import replace
from itertools import product

import centre
import pytest
from rows import an_issue, save
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from auth.actor import NOBODY, SYSTEM
from extensions import db
from issues.models import Issue
from issues.rights.table import TABLE, Right, holds, may, reach
from issues.vocabulary import ADMINISTRATORS, Action, Relation, Role, Status

pytestmark = pytest.mark.both

UNITS = ("511902", "511903", "511900-STHJ", "511900-HWB", "511921", centre.CENTRE_CODE)


@pytest.fixture
def tickets(people):
    """A ticket of every status for every relation of every unit of the cast, and drafts of all."""
    centre.found()
    units = [people.unit(code) for code in UNITS]
    kept = [status for status in Status if status is not Status.MERGED]
    rows = [
        an_issue(f"T{number}", status, [(unit, relation)])
        for number, (status, unit, relation) in enumerate(product(kept, units, Relation))
    ]
    drafts = [
        an_issue(f"D-{person.name}", Status.DRAFT, created_by_id=person.id) for person in people
    ]
    lying = [
        an_issue(f"R{place}", status, reaches, region=region)
        for place, (region, status, reaches) in enumerate(
            product(
                (centre.TOWN, "511903", ""), (Status.RECTIFYING, Status.DRAFT),
                ((), [(units[-1], Relation.CENTRE)]),
            )
        )
    ]  # fmt: skip
    save(*rows, *drafts, *lying)
    merged = an_issue("M", Status.MERGED, [(units[0], Relation.PRIMARY)], merged_into=rows[-1])
    save(merged)
    return db.session.scalars(select(Issue).options(selectinload(Issue.reaches))).unique().all()


@pytest.fixture
def everybody(people):
    """The cast, and people the cast has not: of no unit, of several roles, of none."""
    chen, county = people.chen, centre.found()
    return [
        *people,
        *county.values(),
        replace(county["luo"], territory=frozenset()),
        replace(county["luo"], unit_id=chen.unit_id),
        replace(chen, unit_id=None),
        replace(chen, roles=frozenset()),
        replace(chen, roles=frozenset({Role.REPORTER, Role.INSPECTOR})),
        replace(people.liu, roles=frozenset(UNIT_AND_LEADER)),
        replace(people.sun, roles=frozenset(Role) - ADMINISTRATORS),
        NOBODY,
        SYSTEM,
    ]


UNIT_AND_LEADER = {Role.REPORTER, Role.UNIT_LEADER, Role.LEADER}


def test_the_where_clause_finds_exactly_what_may_be_done(tickets, everybody):
    for actor, power in product(everybody, TABLE):
        found = set(db.session.scalars(select(Issue.number).where(reach(actor, power))))
        allowed = {issue.number for issue in tickets if may(actor, power, issue)}

        assert found == allowed, (actor.name, sorted(actor.roles), power)
        assert holds(actor, power) or not found


ON_A_TICKET = [
    *Action, Right.SEE_COVERT, Right.SEE_WITHDRAWN, Right.SEE_FLAGS, Right.DRAFT_NOTICE,
    Right.ANSWER_NOTICE,
]  # fmt: skip


@pytest.mark.postgresql
def test_what_may_be_done_to_a_ticket_is_also_seen(tickets, everybody):
    for actor, power in product(everybody, ON_A_TICKET):
        if actor.has(*ADMINISTRATORS):
            continue
        unseen = [
            issue.number
            for issue in tickets
            if may(actor, power, issue) and not may(actor, Right.VIEW, issue)
        ]
        assert not unseen, (actor.name, power)


def test_the_three_administrators_reach_no_ticket(people):
    for name in ("sysadmin", "secadmin", "auditor"):
        assert not db.session.scalars(select(Issue).where(reach(people[name]))).all()


def test_the_county_s_people_reach_their_own_places_alone(tickets, monkeypatch):
    """With the territory taken out of the table they would drive what lies elsewhere."""
    luo = centre.found()["luo"]
    driven = {Action.CONFIRM_PROGRESS, Action.APPROVE_PLAN, Action.COMMENT}

    def outside():
        return [
            issue.number
            for issue, power in product(tickets, {Right.VIEW, *driven})
            if may(luo, power, issue) and issue.region not in luo.territory
        ]

    assert {"511902", centre.TOWN} <= luo.territory
    assert not outside()
    assert any(may(luo, Right.VIEW, issue) for issue in tickets if issue.region == centre.TOWN)
    for power in (Right.VIEW, *driven):
        wider = {role: replace(scope, territory=False) for role, scope in TABLE[power].items()}
        monkeypatch.setitem(TABLE, power, wider)
    assert outside()
