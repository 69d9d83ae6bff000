"""All of a city goes to another kind of database and of store as it was, or is told to differ."""

import contextlib
import io

import psycopg
import pytest
from databases import POSTGRESQL
from sqlalchemy import make_url, select, text
from tables import fill, of_the_product

from config import ROOT
from extensions import db, transaction
from issues import audit
from issues.backups import moving, putting_back, rows
from issues.backups.manifest import BackupRefused
from issues.backups.scratch import app_on
from issues.evidence.storage.store import open_store
from issues.ground import clock
from issues.models import Issue, LedgerImport
from tests.evidence import conftest as stores
from tests.evidence.samples import jpeg

bucket, s3_server = stores.bucket, stores.s3_server
MIGRATIONS = str(ROOT / "migrations")
LARGEST = 10**7
NAME = "moved"


@pytest.fixture
def target(database, postgresql, tmp_path):
    """An empty place of the other kind than the city's."""
    if database == POSTGRESQL:
        yield f"sqlite:///{tmp_path / 'moved.db'}"
        return
    server = make_url(postgresql)
    plain = server.render_as_string(hide_password=False).replace("+psycopg", "")
    with contextlib.closing(psycopg.connect(plain, autocommit=True)) as link:
        link.execute(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')
        link.execute(f'CREATE DATABASE "{NAME}" TEMPLATE template0')
        yield server.set(database=NAME).render_as_string(hide_password=False)
        link.execute(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')


@contextlib.contextmanager
def there(target):
    with app_on(make_url(target), MIGRATIONS).app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def held():
    """Each table's rows, in the kinds the models have of them."""
    tables = db.metadata.sorted_tables
    return {one.name: db.session.execute(select(rows.plain(one))).all() for one in tables}


def moved(app, target, other=None, say=lambda _words: None):
    return moving.move(target, app.extensions["evidence"], other, MIGRATIONS, say)


@pytest.mark.both
def test_a_row_of_every_table_is_there_as_it_was(empty_app, target):
    fill()
    before = held()

    found = moved(empty_app, target)

    assert found.is_whole
    assert found.files is None
    assert {line.name for line in found.tables} == set(of_the_product())
    assert all(line.here.rows == line.there.rows == 1 for line in found.tables)
    assert held() == before
    with there(target):
        assert held() == before


@pytest.mark.both
def test_work_goes_on_there_and_the_record_holds(app, target, make_issue):
    make_issue()
    assert moved(app, target).is_whole
    with there(target):
        assert list(audit.faults(app.config["SECRET_KEY"])) == []
        first = db.session.query(Issue).one()
        with transaction():
            db.session.add(LedgerImport(name="a", sha256="0" * 64, uploaded_at=clock.now()))
        assert first.number.startswith("BZ-")


def test_files_go_from_a_folder_into_a_bucket(app, target, s3_server, tmp_path):
    store = app.extensions["evidence"]
    kept = store.put(io.BytesIO(jpeg()), limit=LARGEST)
    store.put(io.BytesIO(b"named by no row"), limit=LARGEST)
    with transaction():
        db.session.add(LedgerImport(name="a", sha256=kept.sha256, uploaded_at=clock.now()))
    other = open_store("s3://evidence/moved", s3_server.options, reserve=0, spool=tmp_path / "s")

    found = moved(app, target, other)

    assert found.is_whole
    assert list(other.digests()) == [kept.sha256]
    assert found.files.here.rows == 1
    with other.read_verified(kept.sha256) as file:
        assert file.read() == jpeg()
    with pytest.raises(BackupRefused, match="目标数据库不是空的"):
        moved(app, target, other)


def test_a_file_that_is_not_there_is_named_and_all_else_goes(app, target, tmp_path):
    with transaction():
        db.session.add(LedgerImport(name="a", sha256="ab" * 32, uploaded_at=clock.now()))
    other = open_store((tmp_path / "other").as_uri(), {}, reserve=0)

    found = moved(app, target, other)

    assert (found.missing, found.is_whole) == (["ab" * 32], False)
    assert all(line.is_same for line in found.tables)


@pytest.mark.both
def test_what_is_entered_meanwhile_is_told_as_a_difference(app, target):
    url = db.engine.url.render_as_string(hide_password=False)

    def say(_words):
        """The rows have been read: another process enters one, as often as something is said."""
        with there(url), transaction():
            db.session.add(LedgerImport(name="late", sha256="0" * 64, uploaded_at=clock.now()))

    found = moved(app, target, say=say)

    assert not found.is_whole
    assert "ledger_import" in [line.name for line in found.tables if not line.is_same]


def test_one_that_breaks_off_has_left_nothing_that_the_next_minds(app, target, monkeypatch):
    load, left = rows.load, iter(range(20))

    def breaks(table, path):
        if next(left, None) is None:
            raise OSError("no room")
        load(table, path)

    with monkeypatch.context() as broken:
        broken.setattr(putting_back.rows, "load", breaks)
        with pytest.raises(OSError, match="no room"):
            moved(app, target)

    assert moved(app, target).is_whole


def test_it_is_refused_where_nothing_could_go(app, target, place):
    with pytest.raises(BackupRefused, match="就是现在的数据库"):
        moved(app, place.databases.url("in_use"))
    with there(target):
        db.session.execute(text("CREATE TABLE event (id INTEGER)"))
        db.session.commit()
    with pytest.raises(BackupRefused, match="结构不完整"):
        moved(app, target)


def test_the_command_tells_both_sides_and_exits_by_them(app, target, tmp_path, make_issue):
    make_issue()
    run = app.test_cli_runner().invoke
    other = (tmp_path / "other").as_uri()

    for wrong, words in (
        (["--to", "mysql://x"], "DATABASE_URL"),
        (["--to", target, "--evidence-to", "ftp://x"], "EVIDENCE_URL"),
        (["--to", target, "--evidence-to", app.extensions["settings"].evidence_url], "现在的存储"),
    ):
        refused = run(args=["move", *wrong])
        assert (refused.exit_code, words in refused.output) == (1, True), refused.output

    result = run(args=["move", "--to", target, "--evidence-to", other])
    assert result.exit_code == 0, result.output
    lines = [line for line in result.output.splitlines() if line.endswith("｜一致")]
    assert len(lines) == len(of_the_product()) + 1
    issue = next(line for line in lines if line.startswith("issue："))
    _, here, beyond, _ = issue.replace("：", "｜", 1).split("｜")
    assert here == beyond
    assert here.startswith("1行 ")

    again = run(args=["move", "--to", target])
    assert (again.exit_code, "不是空的" in again.output) == (1, True)
