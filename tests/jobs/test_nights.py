"""Nights with four runners, of which some freeze, die or sleep: nothing twice, nothing missing.

A few nights here, a thousand by `make faults`.
"""

import random
import threading
from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError
from tally import tell
from trials import trials

from extensions import db, transaction
from issues.ground import clock
from issues.jobs.runner import Runner, tools_for
from issues.jobs.timetable import JOBS
from issues.models import Anchor, AssessmentRound, JobFailure, JobLease, JobMark, Notice
from issues.vocabulary import Status

FIRST = date(2025, 11, 25)
NIGHTS = trials(3, 1000)
RUNNERS = 4


@pytest.mark.both
def test_four_runners_do_each_night_once(app, database, make_issue):
    for days in range(3):
        make_issue(
            Status.RECTIFYING, deadline=(FIRST + timedelta(days=10 + days)).isoformat(),
            measures=({"text": "清运"},),
        )  # fmt: skip
    chance, on = random.Random(9), FIRST  # noqa: S311 - chance that can be repeated
    runners = [Runner(app.extensions["evidence"], app.config["SECRET_KEY"]) for _ in range(RUNNERS)]
    awake = []
    for _ in range(NIGHTS):
        _night(app, runners, chance)
        awake.append(on)
        on += timedelta(days=chance.choice((1, 1, 1, 2, 7)))
        clock.stand_still(on)
    _night(app, runners, chance)

    db.session.rollback()
    assert db.session.scalars(select(JobMark.done_through)).one() == on
    anchored = Counter(db.session.scalars(select(Anchor.on)))
    assert anchored == Counter([*awake, on])  # the heads of a day that was slept through are gone
    drafted = db.session.scalar(select(func.count(Notice.id)).where(Notice.trigger != ""))
    assert drafted >= 3  # the database refuses a second one; that none is missing tells the next
    tools = tools_for(on, app.extensions["evidence"], app.config["SECRET_KEY"])
    assert list(JOBS["draft-notices"].find(tools)) == []
    rounds = Counter(db.session.scalars(select(AssessmentRound.on)))
    due = [FIRST + timedelta(days=n) for n in range((on - FIRST).days + 1)]
    assert rounds == Counter(day for day in due if day.day == FIRST.day)
    assert db.session.scalars(select(JobFailure)).all() == []
    tell(9, "四个任务执行端的夜晚", NIGHTS, [], database)


def _night(app, runners, chance):
    """All at once; a leader may be frozen so long that its lease is another's."""
    db.session.rollback()
    together = threading.Barrier(RUNNERS + 1)
    threads = [threading.Thread(target=_look, args=(app, one, together)) for one in runners]
    for thread in threads:
        thread.start()
    together.wait()
    if chance.random() < 0.5:
        with transaction():
            db.session.execute(update(JobLease).values(until=clock.real_now()))
    for thread in threads:
        thread.join()
    with transaction():
        db.session.execute(update(JobLease).values(until=clock.real_now()))
    chance.choice(runners).catch_up()
    db.session.rollback()


def _look(app, runner, together):
    with app.app_context():
        together.wait()
        try:
            if runner.take_lease():
                runner.catch_up()
        except OperationalError:  # it died of waiting, as a process would
            db.session.rollback()
        db.session.remove()
