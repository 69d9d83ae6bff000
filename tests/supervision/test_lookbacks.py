"""Look-backs that plan themselves: by a new complaint nearby or on the same firm, and by lot."""

import hashlib
from datetime import date

import pytest
from make import DETAIL
from sqlalchemy import select

from extensions import db, transaction
from issues import acts
from issues.colour.policies import policy_on
from issues.ground import clock
from issues.models import Event, Lookback
from issues.supervision import sampling
from issues.vocabulary import Status

HERE = {"lon": 106.7600, "lat": 31.8500}
NEAR = {"lon": 106.7600, "lat": 31.8540}  # 445 m to the north
FAR = {"lon": 106.7600, "lat": 31.8550}  # 556 m


@pytest.fixture
def closed(make_issue):
    return make_issue(Status.CLOSED, subject_firm="某某砂石厂", **HERE)


def complain(people, **fields):
    with transaction():
        return acts.register(people.sun, DETAIL | {"source": "SX"} | fields)


def proposed(issue):
    return list(db.session.scalars(select(Lookback.why).where(Lookback.issue_id == issue.id)))


@pytest.mark.both
def test_a_complaint_within_five_hundred_metres_proposes_one(people, closed):
    new = complain(people, **NEAR)

    assert proposed(closed) == [f"信访件{new.number}：相距445米"]
    told = db.session.scalars(select(Event).where(Event.action == "plan_lookback")).one()
    assert told.is_covert
    assert told.reason == f"信访件{new.number}：相距445米"


def test_one_farther_away_does_not(people, closed):
    complain(people, **FAR)

    assert proposed(closed) == []


def test_one_that_names_the_same_firm_does_wherever_it_is(people, closed):
    new = complain(people, subject_firm="某某砂石厂")

    assert proposed(closed) == [f"信访件{new.number}：同一责任主体"]


def test_only_a_complaint_does(people, closed):
    complain(people, source="AF", subject_firm="某某砂石厂", **NEAR)

    assert proposed(closed) == []


def test_a_complaint_that_is_edited_proposes_once(people, make_issue, closed):
    new = complain(people, title="砂石厂扬尘")
    make_issue.act(acts.Action.EDIT, new, "sun", **NEAR)
    make_issue.act(acts.Action.EDIT, new, "sun", title="砂石厂夜间扬尘")

    assert len(proposed(closed)) == 1


def test_an_open_ticket_is_not_looked_back_at(people, make_issue):
    issue = make_issue(Status.RECTIFYING, **HERE)

    complain(people, **NEAR)

    assert proposed(issue) == []


@pytest.mark.postgresql
def test_the_lots_can_be_drawn_again_by_hand(make_issue):
    numbers = [make_issue(Status.CLOSED).number for _ in range(4)]
    _, policy = policy_on(date(2026, 2, 1))

    draw = sampling.draw(date(2026, 2, 1), policy)

    def lot(number):
        return hashlib.sha256(f"2026-01-01 {number}".encode()).hexdigest()

    assert [found.number for found in draw.lots] == sorted(numbers, key=lot)
    assert len(draw.drawn) == 1
    assert draw == sampling.draw(date(2026, 3, 31), policy)


@pytest.mark.both
def test_what_was_red_is_planned_and_not_drawn(make_issue):
    issue = make_issue(Status.PUBLICITY)
    make_issue.act(acts.Action.RAISE_CARD, issue, "sun", colour="red", reason="严重")
    clock.stand_still(date(2025, 12, 20))
    make_issue.act(acts.Action.CLOSE, issue, "sun")
    _, policy = policy_on(date(2026, 2, 1))

    assert sampling.draw(date(2026, 2, 1), policy).lots == []
    assert proposed(issue) == ["曾挂红牌", "曾挂红牌"]
