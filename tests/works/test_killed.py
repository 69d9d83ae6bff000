"""The worker a web process begins, killed at its work: real processes."""

import contextlib
import time

import pytest
from sheets import LEDGER
from sqlalchemy import func, select
from workbooks import upload

from extensions import db
from issues.exchange import judging
from issues.models import Issue, LongWork
from issues.vocabulary import WorkState
from issues.works.starting import Starter
from issues.works.worker import run_all

PATIENCE = 120
"""Seconds after which something hangs."""


@pytest.fixture(autouse=True)
def _every_ledger_is_large(monkeypatch):
    monkeypatch.setattr(judging, "HEAVY", 0)


def the_piece():
    db.session.rollback()
    return db.session.scalars(select(LongWork).order_by(LongWork.id.desc())).first()


def issues():
    return db.session.scalar(select(func.count()).select_from(Issue))


@contextlib.contextmanager
def ending(process):
    """Killed by its own id, whatever becomes of the test."""
    try:
        yield
    finally:
        process.kill()
        process.wait()


def until(is_so):
    for _ in range(PATIENCE * 50):
        if is_so():
            return
        time.sleep(0.02)
    pytest.fail("it takes too long")


def test_a_killed_writer_has_written_nothing_and_another_takes_its_piece_up(
    app, browser, environ, monkeypatch
):
    sun, starter = browser.as_("sun"), Starter()
    at = upload(sun, LEDGER).url
    run_all(app, app.extensions["evidence"])
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setitem(app.extensions, "works", starter)
    home = sun.post(f"{at}/open", via=at).url
    sun.post(f"{home}/confirm", via=f"{home}/confirm")
    first = starter._process  # noqa: SLF001 - which is to be killed
    with ending(first):
        until(lambda: the_piece().state is WorkState.RUNNING)
    assert (the_piece().holder, issues()) == (starter.holder, 0)

    sun.get("/works")  # nobody is silent for a minute yet
    assert starter._process is first  # noqa: SLF001 - likewise
    starter.wake()
    second = starter._process  # noqa: SLF001 - likewise
    with ending(second):
        starter.wake()
        assert starter._process is second  # noqa: SLF001 - one at a time
        until(lambda: the_piece().state is WorkState.DONE)
        assert second.wait(PATIENCE) == 0
    assert the_piece().tries == 2
    assert issues() > 0
    sun.get("/works")
    assert starter._process is second  # noqa: SLF001 - nothing waits, nothing is begun
