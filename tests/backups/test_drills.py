"""Once a month the newest backup is put back beside and compared; nothing live is touched."""

import io
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select, text
from tables import contents, of_the_product, standing

from extensions import db, transaction
from issues.backups import daily, drills, putting_back, scratch
from issues.backups.manifest import path_of_file, path_of_table, read
from issues.evidence.intake.incoming import key_of
from issues.ground import clock
from issues.jobs.job import Copies
from issues.jobs.runner import run_once, tools_for
from issues.jobs.timetable import JOBS
from issues.models import BackupRun, LedgerImport, Message
from issues.vocabulary import BackupKind, EvidenceKind, Status
from tests.evidence import conftest as stores
from tests.evidence.samples import jpeg

bucket, s3_server = stores.bucket, stores.s3_server
OWN = {"backup_run", "job_failure", "job_run", "message"}


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "backups"
    made.mkdir()
    return made


@pytest.fixture
def run(app, folder):
    def run(name="drill", store=None):
        copies = Copies(folder, 2)
        secret = app.config["SECRET_KEY"]
        kept = store or app.extensions["evidence"]
        return run_once(JOBS[name], tools_for(clock.today(), kept, secret, copies=copies))

    return run


@pytest.fixture
def backed_up(make_issue, run):
    """A backup of today with a file in it."""
    make_issue.evidence(make_issue(Status.RECTIFYING), EvidenceKind.AFTER, file=("后.jpg", jpeg()))
    assert run("backup").done == 1


def last():
    rows = select(BackupRun).where(BackupRun.kind == BackupKind.DRILL).order_by(BackupRun.id)
    return db.session.scalars(rows).all()[-1]


def live():
    return {
        name: rows for name, rows in contents(standing(of_the_product())).items() if name not in OWN
    }


def databases():
    if db.engine.dialect.name == "sqlite":
        return []
    with db.engine.connect() as connection:
        return connection.scalars(text("SELECT datname FROM pg_database ORDER BY 1")).all()


def nothing_is_left(folder):
    return not list(folder.glob(".drill*")) and not scratch.home_of_rows(folder).exists()


@pytest.mark.both
def test_the_newest_is_put_back_beside_once_a_month_and_nothing_live_changes(
    app, run, backed_up, folder, monkeypatch, browser
):
    before, there = live(), databases()
    left_by_one_that_was_killed(folder)

    assert [run().done, run().done] == [1, 0]

    assert (last().fault, last().name) == ("", daily.today().isoformat())
    assert db.engine.dialect.name in last().result
    assert "1 份材料" in last().result
    assert (last().files, last().all_files) == (1, 1)
    assert last().size == last().all_size > 0
    assert live() == before
    assert databases() == there
    assert nothing_is_left(folder)
    assert list(drills.faults(folder)) == []
    assert last().result in browser.as_("sysadmin").get("/admin/running").text
    first = daily.today()
    monkeypatch.setattr(daily, "today", lambda: first + timedelta(days=31))
    assert run("backup").done == 1
    assert drills.due(folder) == daily.today()


@pytest.mark.parametrize("spoil", ["table", "file", "after", "room"])
def test_a_drill_that_fails_is_told_and_tried_again_with_the_next_backup(
    app, run, backed_up, folder, monkeypatch, browser, people, spoil
):
    kept = folder / daily.today().isoformat()
    told = read(kept)
    words = {"room": "剩余", "file": "已损坏", "table": "once_key", "after": "核验不符"}
    if spoil == "room":
        monkeypatch.setattr(drills.shutil, "disk_usage", lambda _path: SimpleNamespace(free=0))
    elif spoil == "after":
        _spoilt_on_its_way(monkeypatch)
    else:
        table, file = path_of_table(kept, "once_key"), path_of_file(kept, next(iter(told.files)))
        path = table if spoil == "table" else file
        path.chmod(0o600)
        path.write_bytes(path.read_bytes()[:-9])

    assert [run().failed, run().failed] == [1, 0]

    assert words[spoil] in last().fault
    assert "未通过" in next(drills.faults(folder))
    assert nothing_is_left(folder)
    page = browser.as_("sysadmin").get("/admin/running")
    assert last().fault[:20] in page.text
    told = db.session.scalars(select(Message).where(Message.called == "恢复演练未通过")).all()
    assert [message.user_id for message in told] == [people.sysadmin.id]
    if spoil == "room":
        monkeypatch.undo()
        first = daily.today()
        monkeypatch.setattr(daily, "today", lambda: first + timedelta(days=1))
        assert [run("backup").done, run().done] == [1, 1]
        assert list(drills.faults(folder)) == []


def _spoilt_on_its_way(monkeypatch):
    """A disk that loses what was put on it, before it is read back."""
    files = putting_back._files  # noqa: SLF001 - what is to go wrong within

    def then_lost(folder, store, told, say):
        files(folder, store, told, say)
        for sha256 in told.files:
            path = store.root / key_of(sha256)
            path.chmod(0o600)
            path.write_bytes(b"else")

    monkeypatch.setattr(putting_back, "_files", then_lost)


def test_evidence_of_a_bucket_is_put_back_beside_in_the_bucket(
    app, run, folder, bucket, make_issue
):
    kept = bucket.store.put(io.BytesIO(jpeg()), limit=10**7)
    with transaction():
        db.session.add(LedgerImport(name="a", sha256=kept.sha256, uploaded_at=clock.now()))
    assert run("backup", bucket.store).done == 1
    left = bucket.store.scratch(folder / "x")
    left.put(io.BytesIO(b"left by one that was killed"), limit=100)

    assert run("drill", bucket.store).done == 1, last().fault

    assert list(left.digests()) == []
    assert list(bucket.store.digests()) == [kept.sha256]
    bucket.store.verify(kept.sha256)


def left_by_one_that_was_killed(folder):
    """The folders, the database, the row that never ended."""
    for place in (folder / scratch.FOLDER, scratch.home_of_rows(folder)):
        place.mkdir(exist_ok=True)
        (place / "drill.db").write_bytes(b"half")
    if db.engine.dialect.name == "postgresql":
        scratch.on_server(db.engine, f'CREATE DATABASE "{scratch.name_beside(db.engine)}"')
    with transaction():
        now, name = clock.real_now(), daily.today().isoformat()
        db.session.add(BackupRun(kind=BackupKind.DRILL, name=name, began_at=now, beat_at=now))


def test_one_that_always_breaks_off_is_left_alone_until_the_next_backup(run, backed_up, folder):
    now, name = clock.real_now(), daily.today().isoformat()
    with transaction():
        for _ in range(drills.MOST_BROKEN):
            db.session.add(BackupRun(kind=BackupKind.DRILL, name=name, began_at=now, beat_at=now))

    assert drills.due(folder) is None


def test_none_for_long_is_told(app, folder, backed_up, monkeypatch):
    assert list(drills.faults(None)) == list(drills.faults(folder)) == []
    first = daily.today()
    monkeypatch.setattr(daily, "today", lambda: first + timedelta(days=3))
    assert list(drills.faults(folder)) == [drills.NEVER]
    began = clock.real_now() - timedelta(days=41)
    with transaction():
        db.session.add(
            BackupRun(
                kind=BackupKind.DRILL, name="x", began_at=began, beat_at=began, ended_at=began
            )
        )
    assert "超过一个月" in next(drills.faults(folder))
    assert db.session.scalar(select(func.count(BackupRun.id))) == 2
