"""A backup holds everything of one moment, and comes back as it was or not at all."""

import gzip
import io
import shutil
import threading
from contextlib import contextmanager

import pytest
from databases import EMPTY
from samples import jpeg
from sqlalchemy import text
from tables import contents, fill, of_the_product, standing

from config import ROOT
from extensions import db, transaction
from issues import quarantine
from issues.backups import manifest as manifests, putting_back, rows, taking
from issues.backups.manifest import BackupRefused, path_of_file, path_of_table
from issues.colour.policies import setting
from issues.ground import clock
from issues.models import LedgerImport, Setting

MIGRATIONS = str(ROOT / "migrations")
LARGEST = 10**7
QUIET = {"say": lambda _words: None}


@pytest.fixture
def store(app):
    return app.extensions["evidence"]


@contextmanager
def nothing_there(place, template=None):
    """The same city's place after a fire."""
    with place.fresh(template) as app:
        yield app.extensions["evidence"]


def refused(folder, store, words):
    with pytest.raises(BackupRefused, match=words):
        putting_back.put_back(folder, store, MIGRATIONS, **QUIET)


@pytest.mark.both
def test_a_row_of_every_table_comes_back_as_it_was(empty_app, place, tmp_path):
    fill()
    columns = standing(of_the_product())
    before = contents(columns)
    kept = empty_app.extensions["evidence"]
    told = taking.take(tmp_path / "kept", kept, **QUIET)
    assert all(count == 1 for count, _ in told.tables.values())
    assert len(told.tables) == len(columns)

    with nothing_there(place) as store:
        putting_back.put_back(tmp_path / "kept", store, MIGRATIONS, **QUIET)
        after = contents(columns)
    for added in ("event", "setting", "imprint", "imprint_row"):  # the word of the restore itself
        after[added] = [row for row in after[added] if row in before[added]]

    assert after == before


@pytest.mark.both
def test_a_city_with_its_files_comes_back_works_and_is_held_apart(
    app, place, make_issue, tmp_path, browser
):
    number = make_issue(title="河边有一堆废渣").number
    photo = with_a_file(app.extensions["evidence"])
    ran = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "kept")])
    assert ran.exit_code == 0, ran.output

    with nothing_there(place) as store:
        ran = app.test_cli_runner().invoke(args=["restore", str(tmp_path / "kept")])
        assert ran.exit_code == 0, ran.output
        assert "逐表核对一致" in ran.output
        store.verify(photo)
        page = browser.as_("sun").get(f"/issues/{number}")
        assert "从备份恢复的副本" in page.text
        assert number in browser.as_("sun").get("/issues", q="废渣").text
        assert app.test_cli_runner().invoke(args=["audit", "verify"]).exit_code == 0
        make_issue(title="恢复以后登记的问题")  # the numbers of the database go on

        assert "已解除隔离" in app.test_cli_runner().invoke(args=["restore", "release"]).output
        assert "从备份恢复的副本" not in browser.as_("sun").get("/board").text
        ran = app.test_cli_runner().invoke(args=["restore", "release"])
        assert "不需要解除" in ran.output


def test_what_was_taken_of_one_kind_of_database_goes_into_the_other(
    sqlite_place, postgresql_place, tmp_path
):
    with sqlite_place.fresh(EMPTY) as app:
        fill()
        told = taking.take(tmp_path / "kept", app.extensions["evidence"], **QUIET)
    with nothing_there(postgresql_place) as store:
        putting_back.put_back(tmp_path / "kept", store, MIGRATIONS, **QUIET)
        again = taking.take(tmp_path / "again", store, **QUIET)

    added = {"event", "setting", "imprint", "imprint_row"}
    for name in told.tables.keys() - added:
        assert again.tables[name] == told.tables[name], name


def with_a_file(store):
    """Its digest: bytes that are kept, and a row that names them."""
    kept = store.put(io.BytesIO(jpeg()), limit=LARGEST)
    with transaction():
        db.session.add(LedgerImport(name="台账.xlsx", sha256=kept.sha256, uploaded_at=clock.now()))
    return kept.sha256


@pytest.mark.both
def test_it_is_of_one_moment_while_others_write(app, place, tmp_path, store, monkeypatch):
    """After the first table another process writes into one that is read later."""
    written = threading.Event()
    write = rows.write

    def slowly(table, path):
        found = write(table, path)
        if not written.is_set():
            other = threading.Thread(target=_said_meanwhile, args=(app,))
            other.start()
            other.join(20)
            written.set()
        return found

    monkeypatch.setattr(taking.rows, "write", slowly)
    taking.take(tmp_path / "kept", store, **QUIET)

    assert setting("said meanwhile") == "yes"
    with gzip.open(path_of_table(tmp_path / "kept", "setting"), "rt") as lines:
        assert "said meanwhile" not in lines.read()


def _said_meanwhile(app):
    with app.app_context(), transaction():
        db.session.add(Setting(key="said meanwhile", value="yes"))


@pytest.fixture
def kept(store, tmp_path):
    """A backup of the cast with one file."""
    with_a_file(store)
    taking.take(tmp_path / "kept", store, **QUIET)
    return tmp_path / "kept"


def flipped(path):
    path.chmod(0o600)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("spoil", ["table", "file", "gone", "manifest", "revision", "another"])
def test_what_was_spoilt_is_named_and_nothing_is_written(kept, place, spoil):
    told = manifests.read(kept)
    file = path_of_file(kept, next(iter(told.files)))
    if spoil == "table":
        flipped(path_of_table(kept, "unit"))
    elif spoil == "file":
        flipped(file)
    elif spoil == "gone":
        file.unlink()
    elif spoil == "manifest":
        (kept / manifests.NAME).write_text("{}")
    else:
        was = told.revision if spoil == "revision" else '"format": 1'
        path = kept / manifests.NAME
        now = "0001_first" if spoil == "revision" else '"format": 9'
        path.write_text(path.read_text().replace(was, now))

    words = {"table": "unit", "revision": "相同的版本", "another": "格式", "manifest": "不是备份"}
    with nothing_there(place) as store:
        refused(kept, store, words.get(spoil, "材料"))
        assert not of_the_product()
        assert not list(store.digests())


def test_what_is_not_empty_is_left_alone(kept, place, store):
    refused(kept, store, "数据库不是空的")
    db.session.rollback()
    with nothing_there(place, EMPTY) as empty:
        empty.put(io.BytesIO(b"x"), limit=LARGEST)
        refused(kept, empty, "存储不是空的")
    assert not quarantine.is_on()


def test_a_restore_that_breaks_off_leaves_nothing_and_is_begun_again(kept, place, monkeypatch):
    with nothing_there(place) as store:
        with monkeypatch.context() as broken:
            broken.setattr(putting_back, "_search", lambda: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                putting_back.put_back(kept, store, MIGRATIONS, **QUIET)
        db.session.rollback()
        assert not any(contents(standing(of_the_product())).values())
        putting_back.put_back(kept, store, MIGRATIONS, **QUIET)
        assert quarantine.is_on()


def test_rows_that_come_back_otherwise_are_found(kept, place, monkeypatch):
    """The sums are of the database, not of the file."""
    load = rows.load

    def changed(table, path):
        load(table, path)
        if table.name == "unit":
            db.session.execute(text("UPDATE unit SET name = '另一个单位' WHERE id = 1"))

    monkeypatch.setattr(putting_back.rows, "load", changed)
    with nothing_there(place) as store:
        refused(kept, store, "数据表 unit")


def test_a_backup_that_breaks_off_leaves_nothing(store, tmp_path, monkeypatch):
    monkeypatch.setattr(taking, "_files", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        taking.take(tmp_path / "in" / "kept", store, **QUIET)

    assert not list((tmp_path / "in").iterdir())


def test_a_folder_that_is_there_is_not_written_into(app, kept):
    ran = app.test_cli_runner().invoke(args=["backup", str(kept)])

    assert ran.exit_code == 1
    assert "已经存在" in ran.output


def test_a_file_that_is_missing_is_named_and_all_else_is_kept(app, store, kept, tmp_path):
    (sha256,) = manifests.read(kept).files
    shutil.rmtree(store.root)

    ran = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "second")])

    assert ran.exit_code == 1
    assert sha256 in ran.output
    assert manifests.read(tmp_path / "second").missing == [sha256]


def test_what_an_earlier_backup_holds_is_linked_and_still_compared(app, store, kept, tmp_path):
    second = tmp_path / "second"
    ran = app.test_cli_runner().invoke(args=["backup", str(second), "--since", str(kept)])

    assert ran.exit_code == 0, ran.output
    (sha256,) = manifests.read(second).files
    assert path_of_file(second, sha256).samefile(path_of_file(kept, sha256))
    flipped(path_of_file(kept, sha256))
    ran = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "x"), "--since", str(kept)])
    assert ran.exit_code == 1
    assert "已损坏" in ran.output
    assert not (tmp_path / "x").exists()


def test_a_table_nobody_knows_stops_it(app, store, tmp_path):
    with db.engine.begin() as connection:
        connection.execute(text("CREATE TABLE of_somebody (id INTEGER)"))

    with pytest.raises(BackupRefused, match="of_somebody"):
        taking.take(tmp_path / "kept", store, **QUIET)
