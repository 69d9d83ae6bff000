"""A worker killed at its work, and the worker a web process begins: real processes."""

import os
import signal
import subprocess
import sys
import time

import pytest
from people import PASSWORD
from sheets import LEDGER, short
from sqlalchemy import func, select
from workbooks import upload

from config import ROOT
from extensions import db
from issues.exchange import judging
from issues.models import Issue, LongWork
from issues.vocabulary import WorkState
from issues.works import claiming, starting
from issues.works.starting import Starter
from issues.works.worker import run_all

PATIENCE = 30
"""Seconds after which something hangs."""


@pytest.fixture(autouse=True)
def _every_ledger_is_large(monkeypatch):
    monkeypatch.setattr(judging, "HEAVY", 0)


@pytest.fixture
def environ(place):
    settings = place.config()
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "DATABASE_URL": settings.database_url,
        "EVIDENCE_URL": settings.evidence_url,
        "SECRET_KEY": settings.secret_key,
        "DEMO": "1",
        "DEMO_PASSWORD": PASSWORD,
        "TODAY": "2025-11-25",
        "PYTHONUTF8": "1",
    }


def the_piece():
    db.session.rollback()
    return db.session.scalars(select(LongWork).order_by(LongWork.id.desc())).first()


def until(is_so):
    for _ in range(PATIENCE * 50):
        if is_so():
            return
        time.sleep(0.02)
    pytest.fail("it takes too long")


def test_a_killed_writer_has_written_nothing_and_its_piece_is_taken_up_again(
    app, browser, environ, monkeypatch
):
    sun = browser.as_("sun")
    at = upload(sun, LEDGER).url
    run_all(app, app.extensions["evidence"])
    home = sun.post(f"{at}/open", via=at).url
    sun.post(f"{home}/confirm", via=f"{home}/confirm")
    worker = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, *starting.COMMAND, "killed"], cwd=ROOT, env=environ,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until(lambda: the_piece().state is WorkState.RUNNING)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()

    assert the_piece().holder == "killed"
    assert db.session.scalar(select(func.count()).select_from(Issue)) == 0
    assert "进行中" in sun.get("/works").text
    claiming.give_back("killed")  # as its parent does, or the sixtieth second
    run_all(app, app.extensions["evidence"])
    assert (the_piece().state, the_piece().tries) == (WorkState.DONE, 2)
    assert db.session.scalar(select(func.count()).select_from(Issue)) > 0


def test_a_web_process_begins_a_worker_that_goes_when_nothing_waits(
    app, browser, environ, monkeypatch
):
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    starter = Starter()
    monkeypatch.setitem(app.extensions, "works", starter)
    sun = browser.as_("sun")
    upload(sun, short())
    first = starter._process  # noqa: SLF001 - whose it is
    try:
        starter.wake()
        assert starter._process is first  # noqa: SLF001 - one at a time
        until(lambda: the_piece().state is WorkState.DONE)
        assert first.wait(PATIENCE) == 0
    finally:
        first.kill()
        first.wait()
    sun.get("/works")
    assert starter._process is first  # noqa: SLF001 - nothing waits, nothing is begun
