"""A round that is killed in the middle of its closing has not begun to close."""

import signal
from datetime import date

import closing
import pytest
from sqlalchemy import func, select

from extensions import db, transaction
from issues import rounds
from issues.ground import clock
from issues.imprints import checking
from issues.models import AssessmentRound, Card, Event, Notice
from issues.vocabulary import RoundAct, Status
from tools.own_process import OwnProcess

pytestmark = pytest.mark.both
TODAY = date(2025, 11, 25)
PLAIN = ({"text": "清运"},)


def close_in_another_process(place, last):
    """Closes round 1; killed at its `last` writing statement. The process, and what it told."""
    db.session.rollback()
    ending = OwnProcess(closing.close, place.config(), last)
    return ending, ending.rest()


def counts():
    db.session.rollback()
    tables = (Card, Notice, Event)
    return [db.session.scalar(select(func.count()).select_from(table)) for table in tables]


@pytest.fixture
def decided(people, make_issue):
    issues = [
        make_issue(Status.RECTIFYING, deadline="2025-11-20", measures=PLAIN) for _ in range(2)
    ]
    with transaction():
        rounds.open_on(TODAY, people.sun, clock.now())
    for issue in issues:
        with transaction():
            rounds.decide(1, RoundAct.CONFIRM, people.sun, {"number": issue.number}, clock.now())
    return issues


def test_nothing_half_is_left_and_it_closes_again(place, people, decided):
    before = counts()

    for last in (2, 9, 17):
        process, told = close_in_another_process(place, last)
        assert (process.exitcode, told) == (-signal.SIGKILL, [])
        assert counts() == before, f"killed at statement {last}"
        assert db.session.get_one(AssessmentRound, 1).closed_on is None

    _, told = close_in_another_process(place, 0)
    assert told[0] > 17
    db.session.rollback()
    assert list(checking.faults()) == []
    assert db.session.get_one(AssessmentRound, 1).closed_on == TODAY
    assert {issue.card for issue in decided} == {"red"}
    _, told = close_in_another_process(place, 0)
    assert told == ["WrongStatus"]
    assert db.session.scalar(select(func.count(Card.id))) == 2
