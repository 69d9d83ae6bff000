"""Each day one backup, so many kept, and a word where there is none."""

import threading
from datetime import timedelta

import pytest

from extensions import transaction
from issues import quarantine
from issues.backups import daily, taking
from issues.backups.manifest import NAME, BackupRefused
from issues.ground import clock
from issues.jobs.job import Copies
from issues.jobs.runner import run_once, tools_for
from issues.jobs.timetable import JOBS

QUIET = {"say": lambda _words: None}


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "backups"
    made.mkdir()
    return made


def run(app, folder, kept=2):
    store = app.extensions["evidence"]
    tools = tools_for(clock.today(), store, "s", copies=Copies(folder, kept))
    return run_once(JOBS["backup"], tools)


def test_the_job_takes_one_a_day_and_lets_the_oldest_go(app, folder, monkeypatch):
    first = daily.today()
    for days in range(4):
        monkeypatch.setattr(daily, "today", lambda days=days: first + timedelta(days=days))
        assert run(app, folder).done == 1
        assert run(app, folder).done == 0

    assert daily.days(folder) == [first + timedelta(days=days) for days in (2, 3)]
    assert sorted(path.name for path in folder.iterdir() if path.name != daily.LOCK) == [
        day.isoformat() for day in daily.days(folder)
    ]


def test_what_failed_is_tried_once_an_hour_and_lets_nothing_go(app, folder, monkeypatch):
    old = folder / (daily.today() - timedelta(days=1)).isoformat()
    old.mkdir()
    (old / NAME).touch()
    tried = []

    def full(*_given, **_named):
        tried.append(1)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(taking, "take", full)
    assert [run(app, folder).failed for _ in range(3)] == [1, 0, 0]
    assert len(tried) == 1
    assert daily.days(folder) == [daily.today() - timedelta(days=1)]


def test_a_file_that_is_missing_is_a_failure_and_the_backup_is_there(app, folder, monkeypatch):
    monkeypatch.setattr(taking, "_files", lambda *_: ({}, ["0" * 64]))

    assert run(app, folder).failed == 1
    assert daily.days(folder) == [daily.today()]


def test_of_two_at_once_one_takes_it(app, folder, monkeypatch):
    going_on, over = threading.Event(), threading.Event()

    def slowly(target, _store, **_named):
        going_on.set()
        over.wait(20)
        raise BackupRefused(f"{target}")

    monkeypatch.setattr(taking, "take", slowly)
    first = threading.Thread(target=take_and_be_refused, args=(app, folder))
    first.start()
    assert going_on.wait(20)
    assert daily.take(folder, 2, None, **QUIET) is None
    over.set()
    first.join()


def take_and_be_refused(app, folder):
    with app.app_context(), pytest.raises(BackupRefused):
        daily.take(folder, 2, None, **QUIET)


def test_a_copy_put_back_pushes_out_no_backup_of_the_real_one(app, folder):
    with transaction():
        quarantine.begin("2025-11-25T00:00:00+00:00")

    assert run(app, folder).done == 0
    assert not daily.days(folder)


def test_a_backup_that_is_missing_or_old_is_told(folder):
    assert list(daily.faults(None)) == []
    assert list(daily.faults(folder)) == [daily.NONE_YET]
    old = folder / (daily.today() - timedelta(days=2)).isoformat()
    old.mkdir()
    assert list(daily.faults(folder)) == [daily.NONE_YET]  # begun, and never whole
    (old / NAME).touch()
    assert "已超过一天" in next(daily.faults(folder))
    young = folder / daily.today().isoformat()
    young.mkdir()
    (young / NAME).touch()
    assert list(daily.faults(folder)) == []
