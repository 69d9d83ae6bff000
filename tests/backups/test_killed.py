"""A backup that is killed is never offered, and a restore that is killed has put nothing back."""

import signal
from datetime import timedelta

import killed
import pytest
from sqlalchemy import func, select
from tables import contents, of_the_product, standing
from trials import some

from auth.models import User
from extensions import db
from issues import quarantine
from issues.backups import daily, manifest as manifests, putting_back, taking
from issues.models import BackupRun, Event
from issues.vocabulary import EvidenceKind, Status
from tests.evidence.samples import jpeg
from tools.own_process import OwnProcess

QUIET = {"say": lambda _words: None}


@pytest.fixture
def a_file(make_issue):
    make_issue.evidence(make_issue(Status.RECTIFYING), EvidenceKind.AFTER, file=("后.jpg", jpeg()))


def offered(folder):
    """The days that have a backup; every one of them is whole."""
    found = daily.days(folder)
    for day in found:
        kept = folder / day.isoformat()
        assert list(manifests.faults(kept, manifests.read(kept))) == [], day
    return found


def end(*given):
    """How the process ended, and what it told."""
    db.session.rollback()
    process = OwnProcess(*given)
    told = process.rest()
    return process.exitcode, told


def test_what_is_killed_is_never_offered_and_goes_with_the_next(
    app, place, a_file, tmp_path, monkeypatch
):
    """Killed at touches of the folder from the first to the last, over one backup after another."""
    store, today = app.extensions["evidence"], daily.today()
    folder = tmp_path / "backups"
    folder.mkdir()
    monkeypatch.setattr(daily, "today", lambda: today - timedelta(days=1))
    daily.take(folder, 1, store, **QUIET)
    yesterday = daily.today()
    monkeypatch.undo()

    killed_at = -signal.SIGKILL, []
    for last in some(range(2, 151), 5):
        assert end(killed.take, place.config(), folder, last) == killed_at
        assert offered(folder) == [yesterday], last
    code, (touched,) = end(killed.take, place.config(), folder, 0)
    assert code == 0
    assert touched > 150
    assert offered(folder) == [today]
    assert {path.name for path in folder.iterdir()} == {daily.LOCK, today.isoformat()}
    unended = select(func.count()).where(BackupRun.ended_at.is_(None))
    assert db.session.scalar(unended) >= 2  # that it broke off is seen by the administrator

    monkeypatch.setattr(daily, "today", lambda: today + timedelta(days=1))
    kept = folder / daily.today().isoformat()
    taking.take(kept, store, earlier=folder / today.isoformat(), **QUIET)
    assert offered(folder) == [today, daily.today()]


@pytest.mark.both
def test_a_restore_that_is_killed_leaves_its_target_empty_and_is_begun_again(
    app, place, a_file, tmp_path
):
    kept = tmp_path / "kept"
    told = taking.take(kept, app.extensions["evidence"], **QUIET)
    with place.fresh() as blank:
        for stage, files in (
            ("恢复材料", 1), ("写入数据表", 3), ("写入数据表", len(told.tables)),
            ("比对数据表", len(told.tables)),
        ):  # fmt: skip
            db.engine.dispose()
            ended = end(killed.put_back, place.config(), kept, stage, files)
            assert ended == (-signal.SIGKILL, []), stage
            rows = contents(standing(of_the_product()))
            assert not rows.get("account"), stage
            assert not rows.get("event"), stage
        db.session.rollback()

        putting_back.put_back(kept, blank.extensions["evidence"], str(killed.MIGRATIONS), **QUIET)
        assert quarantine.is_on()
        assert db.session.scalar(select(func.count(User.id)))
        assert db.session.scalar(select(func.count(Event.id)))
