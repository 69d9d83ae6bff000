"""When a job began and when it last went well: of runs from now on, and of those of before."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask_migrate import downgrade, upgrade

from extensions import db, transaction
from issues.ground import clock
from issues.jobs.job import Job
from issues.jobs.runner import run_once, tools_for
from issues.models import JobRun

BEFORE = "0055_keeper_rest"
MIGRATIONS = Path(__file__).parents[2] / "migrations"


def job(*units, fails=False):
    def do(_tools, _unit):
        if fails:
            raise RuntimeError("the disk is gone")
        return 1

    return Job("anchor", "固定历史锚点", lambda _tools: units, do)


def test_a_run_that_fails_keeps_when_the_job_last_went_well(app):
    tools = tools_for(clock.today(), app.extensions["evidence"], "secret")
    run_once(job("one"), tools)
    well = db.session.get_one(JobRun, "anchor")
    assert well.began_at <= well.ended_at == well.well_at
    last = well.well_at

    run_once(job("one", fails=True), tools)
    failed = db.session.get_one(JobRun, "anchor", populate_existing=True)
    assert (failed.failed, failed.well_at) == (1, last)
    assert failed.ended_at > last

    run_once(job("one"), tools)
    again = db.session.get_one(JobRun, "anchor", populate_existing=True)
    assert again.well_at == again.ended_at > last


@pytest.mark.both
def test_of_runs_of_before_the_step_says_what_is_known(app):
    ended = clock.real_now() - timedelta(days=1)
    said = {"on": clock.today(), "ended_at": ended, "began_at": ended, "well_at": ended, "done": 1}
    with transaction():
        db.session.add(JobRun(name="anchor", failed=0, **said))
        db.session.add(JobRun(name="backup", failed=2, **said))
    db.session.remove()
    downgrade(MIGRATIONS, BEFORE)
    upgrade(MIGRATIONS)
    anchor, backup = (db.session.get_one(JobRun, name) for name in ("anchor", "backup"))
    assert (anchor.began_at, anchor.well_at) == (None, ended)
    assert (backup.began_at, backup.well_at) == (None, None)
