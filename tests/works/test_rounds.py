"""A round with many cards, closed by a worker that is killed in the middle of it."""

import signal
import subprocess
import sys
from datetime import date

from sqlalchemy import func, select

from config import ROOT
from extensions import db, transaction
from issues import rounds
from issues.ground import clock
from issues.imprints import checking
from issues.models import AssessmentRound, Card, LongWork, Notice
from issues.vocabulary import RoundAct, Status, WorkKind, WorkState
from issues.works import asking, claiming

TODAY = date(2025, 11, 25)
PLAIN = ({"text": "清运"},)
KILLED = """
import os, signal
from app import create_app
from issues import rounds
from issues.works.worker import run_all

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

rounds.frozen_board = die
app = create_app()
with app.app_context():
    run_all(app, app.extensions["evidence"], "first")
"""


def counts():
    db.session.rollback()
    return [db.session.scalar(select(func.count()).select_from(of)) for of in (Card, Notice)]


def test_killed_when_every_card_was_raised_nothing_is_half_and_the_next_does_it_once(
    people, make_issue, work, environ
):
    numbers = [
        make_issue(Status.RECTIFYING, deadline="2025-11-20", measures=PLAIN).number
        for _ in range(3)
    ]
    with transaction():
        round_id = rounds.open_on(TODAY, people.sun, clock.now()).id
        for number in numbers:
            rounds.decide(round_id, RoundAct.CONFIRM, people.sun, {"number": number}, clock.now())
    with transaction():
        asking.begin(people.zhou, WorkKind.ROUND, {"round": round_id})
    before = counts()

    ended = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", KILLED], cwd=ROOT, env=environ, check=False, timeout=240
    )

    assert ended.returncode == -signal.SIGKILL
    assert counts() == before
    assert db.session.get_one(AssessmentRound, round_id).closed_on is None
    assert db.session.scalars(select(LongWork.state)).one() is WorkState.RUNNING
    db.session.rollback()
    claiming.give_back("first")

    done = work()

    assert (done.state, done.tries) == (WorkState.DONE, 2)
    cards, drafted = counts()
    assert (cards, drafted > before[1]) == (3, True)
    assert work().words == "共3件，挂牌和文书草稿已形成"
    assert counts() == [cards, drafted]
    assert list(checking.faults()) == []
