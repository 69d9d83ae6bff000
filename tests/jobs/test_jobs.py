"""The jobs: each unit once, in however many processes; a failed one is set aside."""

import threading
from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from extensions import db, transaction
from issues import audit
from issues.ground import clock
from issues.jobs.job import Job
from issues.jobs.runner import Runner, run_once, tools_for
from issues.jobs.timetable import JOBS, TIMETABLE
from issues.models import (
    AssessmentRound,
    Event,
    Issue,
    JobFailure,
    JobLease,
    JobMark,
    Lookback,
    Notice,
    OnceKey,
)
from issues.vocabulary import Status

TODAY = date(2025, 11, 25)
CLEANING = ({"text": "清运"},)


def run(app, name, on=TODAY):
    tools = tools_for(on, app.extensions["evidence"], app.config["SECRET_KEY"])
    return run_once(JOBS[name], tools)


def count(table):
    return db.session.scalar(select(func.count()).select_from(table))


@pytest.mark.both
def test_a_draft_is_made_once_however_often_the_job_runs(app, make_issue):
    make_issue(Status.RECTIFYING, deadline="2025-12-01", measures=CLEANING)
    before = count(Notice)

    first, second = run(app, "draft-notices"), run(app, "draft-notices")

    assert (first.done, second.done) == (1, 0)
    assert count(Notice) == before + 1


@pytest.mark.both
def test_a_draft_is_made_once_by_four_that_run_at_the_same_time(app, make_issue):
    for _ in range(5):
        make_issue(Status.RECTIFYING, deadline="2025-12-01", measures=CLEANING)
    before, done, start = count(Notice), [], threading.Barrier(4)

    def job():
        with app.app_context():
            start.wait()
            done.append(run(app, "draft-notices").done)

    threads = [threading.Thread(target=job) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()

    assert sum(done) == 5
    assert count(Notice) == before + 5


def test_colours_kept_by_the_acts_show_no_difference(app, make_issue):
    for status in (Status.RECTIFYING, Status.PUBLICITY, Status.STANDING):
        make_issue(status)

    assert run(app, "check-thresholds").done == 0


def test_a_colour_changed_behind_the_acts_is_found_mended_and_told(app, make_issue):
    issue = make_issue(Status.RECTIFYING)
    right = issue.firings
    db.session.execute(update(Issue).where(Issue.id == issue.id).values(firings=[]))
    db.session.commit()

    outcome = run(app, "check-thresholds")

    assert outcome.done == 1
    assert db.session.scalars(select(Issue.firings)).one() == right
    last = db.session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert last.action == "check_thresholds"


def test_a_day_is_anchored_once_and_holds(app, make_issue):
    make_issue(Status.ASSIGNED)

    assert [run(app, "anchor").done, run(app, "anchor").done] == [1, 0]
    assert list(audit.faults(app.config["SECRET_KEY"])) == []


@pytest.mark.both
def test_keys_of_forms_are_forgotten_after_a_day_and_not_before(app, people):
    long_ago, lately = clock.real_now() - timedelta(hours=25), clock.real_now()
    with transaction():
        db.session.add_all(
            OnceKey(user_id=people.sun.id, key=key, request="", status=303, answer="", at=at)
            for key, at in (("old", long_ago), ("older", long_ago), ("new", lately))
        )

    assert [run(app, "forget-keys").done, run(app, "forget-keys").done] == [2, 0]
    assert db.session.scalars(select(OnceKey.key)).all() == ["new"]


@pytest.mark.both
def test_the_round_opens_on_its_day_with_every_ticket_worse_than_its_card(app, make_issue):
    late = make_issue(Status.RECTIFYING, deadline="2025-11-20", measures=CLEANING)
    make_issue(Status.RECTIFYING, measures=CLEANING)

    assert run(app, "open-round", TODAY - timedelta(days=1)).done == 0
    assert [run(app, "open-round").done, run(app, "open-round").done] == [1, 0]

    round_ = db.session.scalars(select(AssessmentRound)).one()
    assert [(item.issue_id, item.computed, item.rules) for item in round_.items] == [
        (late.id, "red", ["R1", "Y1"])
    ]


def test_the_sample_of_a_quarter_is_the_same_whoever_draws_it(app, make_issue):
    for _ in range(11):
        make_issue(Status.CLOSED, found_on=date(2025, 7, 10), deadline="2025-12-31",
                   measures=({"text": "清运", "deadline": "2025-12-31"},))  # fmt: skip

    assert [run(app, "plan-lookbacks").done, run(app, "plan-lookbacks").done] == [2, 0]

    drawn = Counter(db.session.scalars(select(Lookback.why)))
    assert drawn["季度抽查"] == 2


def test_a_unit_that_fails_is_set_aside_and_the_rest_goes_on(app):
    def do(_tools, unit):
        if unit == "b":
            raise ValueError("broken")
        return True

    job = Job("test", "试验", lambda _tools: ["a", "b", "c"], do)
    tools = tools_for(TODAY, app.extensions["evidence"], "secret")

    outcomes = [run_once(job, tools), run_once(job, tools)]

    assert outcomes == [(2, 1), (2, 1)]
    assert [row.unit for row in db.session.scalars(select(JobFailure))] == ["b"]


@pytest.mark.both
def test_one_runner_holds_the_lease_until_it_ends(app):
    first, second = (Runner(app.extensions["evidence"], "secret") for _ in range(2))

    assert first.take_lease()
    assert not second.take_lease()
    assert first.take_lease()

    with transaction():
        db.session.execute(update(JobLease).values(until=clock.real_now()))
    assert second.take_lease()
    assert second.lease.fence == first.lease.fence + 1
    assert not first.take_lease()


def test_nights_spent_down_are_made_up_for_in_order(app, make_issue):
    make_issue(Status.RECTIFYING, deadline="2025-12-31", measures=CLEANING)
    runner = Runner(app.extensions["evidence"], app.config["SECRET_KEY"])
    runner.catch_up()

    clock.stand_still(date(2025, 12, 26))
    runner.catch_up()

    rounds = db.session.scalars(select(AssessmentRound.on).order_by(AssessmentRound.on))
    assert list(rounds) == [date(2025, 11, 25), date(2025, 12, 25)]
    assert db.session.scalars(select(JobMark.done_through)).one() == date(2025, 12, 26)
    drafted = db.session.scalars(select(Notice).where(Notice.trigger == "first_yellow")).all()
    assert [clock.day_of(notice.drafted_at) for notice in drafted] == [date(2025, 12, 26)], (
        "a paper bears the day it was drafted, and is asked for once for all the days"
    )


def test_an_old_holder_cannot_move_the_mark(app):
    old, new = (Runner(app.extensions["evidence"], "secret") for _ in range(2))
    old.take_lease()
    with transaction():
        db.session.execute(update(JobLease).values(until=clock.real_now()))
    new.take_lease()

    assert not old._mark(TODAY)  # noqa: SLF001 - the one thing a frozen leader may still try
    assert db.session.get(JobMark, "jobs") is None


def test_every_job_has_a_name_of_the_interface():
    promised = {
        "draft-notices",
        "open-round",
        "plan-lookbacks",
        "check-thresholds",
        "anchor",
        "scrub-evidence",
        "sweep-orphans",
        "send-outbox",
        "backup",
    }
    own = {
        "adopt-policy", "book-scores", "check-record", "drill", "forget-keys", "send-anchor",
        "send-messages",
        "tell-colours", "tell-deadlines", "tell-leads", "write-digests", "write-dossiers",
    }  # fmt: skip

    assert {job.name for job in TIMETABLE} - own <= promised
