"""Who runs the jobs: given back at a stop, lost by who is frozen, whatever the clock does."""

import os
import signal
import threading
import time
from datetime import date, timedelta

import pytest
import served
from sqlalchemy import func, select, update

from extensions import db, transaction
from issues.ground import clock
from issues.jobs import lease as leases, runner as runners
from issues.jobs.job import Job
from issues.jobs.lease import LEASE_FOR
from issues.jobs.runner import Runner, run_once, tools_for
from issues.models import JobLease, JobMark, OnceKey
from tools.own_process import OwnProcess

TODAY = date(2025, 11, 25)
PATIENCE = 60


def runner(app):
    return Runner(app.extensions["evidence"], app.config["SECRET_KEY"])


def standing():
    db.session.rollback()
    return db.session.scalars(select(JobLease)).first()


def run_out():
    with transaction():
        db.session.execute(update(JobLease).values(until=clock.real_now()))


def test_a_stop_gives_it_back_at_once(app, place):
    process = OwnProcess(served.run, place.config())
    assert process.next() == "begun"
    end = time.monotonic() + PATIENCE
    while standing() is None and time.monotonic() < end:
        time.sleep(0.1)
    assert standing().until > clock.real_now()

    os.kill(process.process.pid, signal.SIGTERM)

    assert process.rest() == [0]
    assert process.exitcode == 0
    assert runner(app).take_lease()
    assert standing().until <= clock.real_now() + LEASE_FOR


def test_a_day_that_a_stop_breaks_off_is_not_done(app, monkeypatch):
    one = runner(app)
    did = []

    def stop(_tools, unit):
        one.lease.stop()
        did.append(unit)
        return 1

    monkeypatch.setattr(runners, "DAILY", [Job("test", "试验", lambda _tools: ["a", "b"], stop)])

    assert one.catch_up() == 1
    assert did == ["a"]
    assert db.session.get(JobMark, "jobs") is None


@pytest.mark.both
def test_a_frozen_leader_that_wakes_writes_nothing(app, people, monkeypatch):
    """Frozen within a unit: another takes over, and the unit is taken back as it ends."""
    old, new = runner(app), runner(app)
    assert old.take_lease()
    key = {"request": "", "status": 303, "answer": "", "at": clock.real_now()}

    def take_over():
        with app.app_context():
            run_out()
            assert new.take_lease()

    def freeze(_tools, _unit):
        db.session.rollback()  # as long as a transaction of SQLite is open nobody takes over
        monkeypatch.setattr("extensions._turn", threading.Lock())  # another process has its own
        other = threading.Thread(target=take_over)
        other.start()
        other.join()
        db.session.add(OnceKey(user_id=people.sun.id, key="late", **key))
        return 1

    job = Job("test", "试验", lambda _tools: ["a", "b"], freeze)
    tools = tools_for(TODAY, app.extensions["evidence"], "secret")

    assert run_once(job, tools, old.take_lease, old.lease.hold) == (0, 0)
    assert db.session.scalar(select(func.count(OnceKey.key))) == 0
    assert not old.take_lease()
    assert (standing().holder, standing().fence) == (new.lease.holder, old.lease.fence + 1)


def test_a_clock_put_back_holds_nobody_up(app):
    """What a dead leader took by the clock of before runs out as if it had been taken now."""
    old, new = runner(app), runner(app)
    assert old.take_lease()
    with transaction():
        db.session.execute(update(JobLease).values(until=clock.real_now() + timedelta(hours=3)))

    assert not new.take_lease()

    assert standing().until <= clock.real_now() + LEASE_FOR
    assert old.take_lease()  # one that lives has it still


def test_a_clock_put_back_repeats_no_night(app):
    first = runner(app)
    first.catch_up()
    clock.stand_still(TODAY - timedelta(days=2))

    assert first.catch_up() == 0
    assert db.session.scalars(select(JobMark.done_through)).one() == TODAY


def test_a_long_unit_keeps_it(app, monkeypatch):
    monkeypatch.setattr(leases, "RENEWED_EVERY", 0.05)
    old = runner(app)
    old.take_lease()
    run_out()
    db.session.remove()

    with old.lease.renewed(app):
        end = time.monotonic() + PATIENCE
        while standing().until <= clock.real_now() and time.monotonic() < end:
            time.sleep(0.05)
        assert not runner(app).take_lease()
    assert threading.active_count() < 20


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Kiritimati"])
def test_the_night_is_that_of_the_city_wherever_the_server_stands(app, monkeypatch, zone):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        late = clock.datetime.fromisoformat("2025-11-25T15:59:59+00:00")
        assert clock.day_of(late) == TODAY
        assert clock.day_of(late + timedelta(seconds=1)) == TODAY + timedelta(days=1)
    finally:
        monkeypatch.undo()
        time.tzset()
