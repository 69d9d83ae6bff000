"""Rows of a round decided one by one or many at once, taken back, and by two people."""

import contextvars
import threading
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import select

from extensions import db, transaction
from issues import rounds
from issues.ground import clock
from issues.ground.refusals import Incomplete, Stale, WrongStatus
from issues.models import Event, RoundItem
from issues.supervision.rounds.deciding import DECISIONS, Decision, faults, held_last, mark_of
from issues.vocabulary import RoundAct, Status

TODAY = date(2025, 11, 25)
PLAIN = ({"text": "清运"},)


@pytest.fixture
def two(people, make_issue):
    """A round of a yellow one and a red one."""
    for day in ("2025-12-01", "2025-11-20"):
        make_issue(Status.RECTIFYING, deadline=day, measures=PLAIN)
    with transaction():
        return rounds.open_on(TODAY, people.sun, clock.now())


def rows():
    db.session.expire_all()
    return db.session.scalars(select(RoundItem).order_by(RoundItem.id)).all()


def decide(people, item, act, **given):
    with transaction():
        said = {"number": item.issue.number} | given
        return rounds.decide(item.round_id, act, people.sun, said, clock.now())


def take_back(people, item, **given):
    with transaction():
        said = {"number": item.issue.number} | given
        return rounds.take_back(item.round_id, people.sun, said, clock.now())


def test_what_another_decided_since_is_told_and_stands(people, two):
    yellow = rows()[0]
    seen = mark_of(yellow)
    decide(people, yellow, RoundAct.HOLD, reason="再看一月", seen=seen)

    with pytest.raises(Stale, match=f"由{people.sun.display_name}办理了“暂缓挂牌”"):
        decide(people, rows()[0], RoundAct.CONFIRM, seen=seen)

    assert rows()[0].decision == "hold"
    decide(people, rows()[0], RoundAct.CONFIRM, seen=mark_of(rows()[0]))
    assert rows()[0].decision == "confirm"


def test_a_decision_taken_back_was_never_made_but_is_told(people, two):
    red = rows()[1]
    before = mark_of(red)
    decide(people, red, RoundAct.CONFIRM)

    take_back(people, rows()[1], seen=mark_of(rows()[1]))

    assert mark_of(rows()[1]) == before
    told = db.session.scalars(select(Event.action).where(Event.subject == "round")).all()
    assert told == ["open", "confirm", "take_back"]
    with pytest.raises(WrongStatus, match="还没有研判"):
        take_back(people, rows()[1])
    with pytest.raises(WrongStatus, match="还有2件未研判"), transaction():
        rounds.close(two.id, people.zhou, clock.now())


def test_a_row_added_in_the_meeting_is_not_taken_back(people, two, make_issue):
    green = make_issue(Status.RECTIFYING, deadline="2026-06-01", measures=PLAIN)
    with transaction():
        said = {"number": green.number, "colour": "yellow", "reason": "拖延"}
        rounds.decide(two.id, RoundAct.RAISE, people.sun, said, clock.now())

    with pytest.raises(WrongStatus, match="加挂的事项不能撤回"):
        take_back(people, rows()[2])


def test_the_mark_of_a_ticket_that_is_in_no_round_is_no_way_in(people, two, make_issue):
    other = make_issue(Status.RECTIFYING, deadline="2026-06-01", measures=PLAIN)

    with pytest.raises(Incomplete), transaction():
        rounds.take_back(two.id, people.sun, {"number": other.number}, clock.now())


CHOICES = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from(list(DECISIONS)), st.sampled_from(["", "再看"])),
    max_size=8,
)


@given(choices=CHOICES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_what_is_foretold_of_a_row_is_what_becomes_of_it(people, two, choices):
    """One by one or many at once, the preview and the deed say the same of each row."""
    for which, act, reason in choices:
        item = rows()[which]
        told = Decision(act, reason, "red", is_unable=False)
        foretold = faults(item, told, held_last(two))
        db.session.rollback()
        try:
            decide(people, rows()[which], act, reason=reason, colour="red")
            became = {}
        except Incomplete as refused:
            became = refused.errors
        assert became == foretold
        if not became:
            wanted = {RoundAct.CONFIRM: item.computed, RoundAct.HOLD: "", RoundAct.RAISE: "red"}
            assert (rows()[which].decision, rows()[which].colour) == (act.value, wanted[act])


@pytest.mark.both
def test_of_two_who_decide_in_one_moment_the_second_is_told(app, people, two):
    number, round_id, seen = rows()[0].issue.number, two.id, mark_of(rows()[0])
    db.session.rollback()
    told, together = [], threading.Barrier(2)

    def one(act):
        with app.app_context():
            said = {"number": number, "reason": "再看一月", "seen": seen}
            together.wait()
            try:
                with transaction():
                    rounds.decide(round_id, act, people.sun, said, clock.now())
                told.append(act.value)
            except Stale:
                told.append("stale")
            db.session.remove()

    threads = [
        threading.Thread(target=contextvars.Context().run, args=(one, act))
        for act in (RoundAct.CONFIRM, RoundAct.HOLD)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told)[-1] == "stale"
    assert rows()[0].decision in told
