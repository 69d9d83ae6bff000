"""A round that is killed in the middle of its closing has not begun to close."""

import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from extensions import db, transaction
from issues import rounds
from issues.ground import clock
from issues.imprints import checking
from issues.models import AssessmentRound, Card, Event, Notice
from issues.vocabulary import RoundAct, Status

pytestmark = pytest.mark.both
ROOT = Path(__file__).parents[2]
TODAY = date(2025, 11, 25)
PLAIN = ({"text": "清运"},)
CLOSING = """
import os, signal, sys
from sqlalchemy import event, select
from app import create_app
from auth.models import User
from auth.signin import actor_for
from config import Config
from extensions import db, transaction
from issues import rounds
from issues.ground import clock

url, folder, last = sys.argv[1], sys.argv[2], int(sys.argv[3])
app = create_app(Config.from_env({
    "DATABASE_URL": url, "EVIDENCE_URL": folder, "SECRET_KEY": sys.argv[4], "DEMO": "1",
    "DEMO_PASSWORD": "Bazhou-2025-test", "TODAY": "2025-11-25",
}))
with app.app_context():
    clock.stand_still(clock.today())
    zhou = actor_for(db.session.scalars(select(User).where(User.name == "zhou")).one())
    written = 0

    @event.listens_for(db.engine, "after_cursor_execute")
    def count(_connection, _cursor, statement, *_rest):
        global written
        if statement.startswith(("INSERT", "UPDATE")):
            written += 1
            if written == last:
                os.kill(os.getpid(), signal.SIGKILL)

    with transaction():
        rounds.close(1, zhou, clock.now())
print(written)
"""


def close_in_another_process(place, last):
    """Closes round 1; killed at its `last` writing statement."""
    db.session.rollback()
    place_url = place.databases.url("in_use")
    return subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", CLOSING, place_url, place.evidence.as_uri(), str(last),
         place.config().secret_key],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


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
        done = close_in_another_process(place, last)
        assert done.returncode == -signal.SIGKILL, done.stderr
        assert counts() == before, f"killed at statement {last}"
        assert db.session.get_one(AssessmentRound, 1).closed_on is None

    done = close_in_another_process(place, 0)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 17
    db.session.rollback()
    assert list(checking.faults()) == []
    assert db.session.get_one(AssessmentRound, 1).closed_on == TODAY
    assert {issue.card for issue in decided} == {"red"}
    again = close_in_another_process(place, 0)
    assert again.returncode == 1
    assert "WrongStatus" in again.stderr
    assert db.session.scalar(select(func.count(Card.id))) == 2
