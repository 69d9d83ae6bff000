"""A tried-out database is not run on until the example is taken out, whole, by a command."""

import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import people as cast
import pytest
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from tables import fill, of_the_product, triggers

from auth import people as accounts
from auth.actor import SYSTEM
from extensions import db, transaction
from issues import audit, tried_out
from issues.ground import clock
from issues.models import Event, ExampleMark, Issue, LedgerImport, Polluter
from issues.vocabulary import PolluterKind
from seed import clear, volume
from tools import serve

ROOT = Path(__file__).parents[2]
MIGRATIONS = ROOT / "migrations"
SECRET = "known to every test and to nobody else"
LEFT = {"event": 1, "imprint": 1, "imprint_row": 1}
"""The one act that says it was cleared, under its imprint."""
pytestmark = pytest.mark.both


@pytest.fixture
def tried(empty_app):
    volume.load(3, lambda _line: None, cast.PASSWORD)
    return empty_app


def real(app, **changes):
    """The settings of an installation that is no example."""
    address = {"chosen_url": "https://hjzg.example.gov.cn"}
    return dataclasses.replace(app.extensions["settings"], demo=False, **address | changes)


@pytest.fixture
def as_real(tried, monkeypatch):
    monkeypatch.setitem(tried.extensions, "settings", real(tried))
    return tried


def run(app, *words, **how):
    return app.test_cli_runner().invoke(args=[*words], **how)


def firm():
    kind = PolluterKind.FACTORY
    return Polluter(name="某企业", kind=kind, region="511902", made_at=clock.now())


def counted():
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table))
        for table in db.metadata.sorted_tables
    }


@pytest.mark.sqlite
def test_real_work_does_not_start_on_the_example(as_real, monkeypatch, capsys):
    ran = {words: run(as_real, *words) for words in [("jobs", "run"), ("selfcheck",)]}
    monkeypatch.setattr(serve, "create_app", lambda: as_real)
    monkeypatch.setattr(serve, "serve", lambda *_: pytest.fail("it was served"))

    assert serve.main() == 1
    said = [*(one.output for one in ran.values()), capsys.readouterr().err]
    assert all(one.exit_code == 1 for one in ran.values())
    for told in said:
        assert "示例数据（账号" in told
        assert "问题3个" in told
        assert "seed clear" in told


@pytest.mark.sqlite
def test_the_example_itself_starts_on_it(tried):
    assert list(tried_out.faults(tried.extensions["settings"])) == []
    assert "示例" not in run(tried, "selfcheck").output


def test_without_its_mark_the_example_would_not_be_known(as_real):
    with transaction():
        db.session.execute(delete(ExampleMark))

    assert list(tried_out.faults(real(as_real, tried_password=None))) == []


def test_an_account_with_the_example_password_stops_the_start_by_its_name(app):
    settings = real(app, tried_password=cast.PASSWORD)

    (said,) = tried_out.faults(settings)
    assert said.startswith("账号 lin、lin2、sun、zhou、chen等仍在使用示例密码")
    assert "users password" in said
    assert list(tried_out.faults(real(app, tried_password="Another-2025-one"))) == []


@pytest.mark.postgresql
def test_clearing_empties_every_table_and_says_so_in_the_history(as_real):
    before, guards = counted(), triggers()
    dry = run(as_real, "seed", "clear", "--dry-run")
    unsure = run(as_real, "seed", "clear", input="n\n")
    assert (dry.exit_code, unsure.exit_code) == (0, 1)
    assert "问题3个" in dry.output
    assert counted() == before

    done = run(as_real, "seed", "clear", "--yes")

    assert done.exit_code == 0, done.output
    assert {name: count for name, count in counted().items() if count} == LEFT
    assert triggers() == guards
    told = db.session.scalars(select(Event)).one()
    assert (told.action, told.actor_id) == ("clear_example", None)
    assert told.detail["example"]["问题"] == 3
    assert told.detail["history"]["events"] == before["event"]
    assert list(audit.faults(SECRET)) == []
    assert list(tried_out.faults(real(as_real))) == []
    with pytest.raises(IntegrityError, match="append-only"):
        db.session.execute(delete(Event))
    db.session.rollback()
    volume.load(2, lambda _line: None, cast.PASSWORD)
    assert tried_out.beside() == []
    assert run(as_real, "seed", "clear", "--yes").exit_code == 0


@pytest.mark.sqlite
def test_what_was_entered_beside_stands_in_the_way_and_stays(as_real):
    with transaction():
        accounts.add(SYSTEM, "gao", "高经办", None)
        db.session.add(firm())
    before = counted()

    ran = run(as_real, "seed", "clear", "--yes")

    assert ran.exit_code == 1
    assert "账号1个（gao）" in ran.output
    assert "污染源1个（某企业）" in ran.output
    assert "导出" in ran.output
    assert counted() == before
    assert run(as_real, "seed", "clear", "--yes", "--with-entered").exit_code == 0
    assert counted()["account"] == 0


def test_a_database_without_an_example_is_never_emptied(app):
    before = counted()

    ran = run(app, "seed", "clear", "--yes", "--with-entered")

    assert ran.exit_code == 1
    assert "没有示例数据" in ran.output
    assert counted() == before


def test_every_table_is_emptied_whatever_stands_in_it(empty_app):
    fill()
    with transaction():
        db.session.add(ExampleMark(table_name="issue", first=5, last=6))
        db.session.execute(delete(ExampleMark).where(ExampleMark.table_name != "issue"))
        db.session.add(ExampleMark(table_name="unit", first=1, last=1))
        clear.clear(with_beside=True)

    left = {name: count for name, count in counted().items() if count}
    assert left == LEFT
    assert set(of_the_product()) >= set(left)


KILLED = """
import os
from app import create_app
from issues import audit
from seed import clear
audit.record = lambda *_, **__: os.kill(os.getpid(), 9)
with create_app().app_context():
    clear.clear(with_beside=False)
"""


@pytest.mark.postgresql
def test_killed_half_way_everything_is_still_there(tried, tmp_path):
    settings, before, guards = tried.extensions["settings"], counted(), triggers()
    db.session.remove()
    environ = {
        "DATABASE_URL": settings.database_url, "EVIDENCE_URL": tmp_path.as_uri(),
        "SECRET_KEY": settings.secret_key, "PATH": os.environ["PATH"],
    }  # fmt: skip

    killed = subprocess.run(  # noqa: S603 - ours
        [sys.executable, "-c", KILLED], cwd=ROOT, env=environ, check=False
    )

    assert killed.returncode == -9
    assert counted() == before
    assert triggers() == guards
    assert db.session.scalar(select(func.count()).select_from(Issue)) == 3


STEP = "0016_marks_and_algorithms"


@pytest.mark.postgresql
def test_an_example_loaded_before_there_were_marks_is_known_but_not_cleared_by_itself(tried):
    with transaction():
        names = ("ledger_117.xlsx", "ledger_inspection.xlsx", "complaints_39.xlsx", "own.xlsx")
        for name in names:
            db.session.add(LedgerImport(name=name, sha256="0" * 64, uploaded_at=clock.now()))
    db.session.remove()
    before = ScriptDirectory(str(MIGRATIONS)).get_revision(STEP).down_revision
    downgrade(MIGRATIONS, before)
    upgrade(MIGRATIONS)

    (said,) = tried_out.faults(real(tried, tried_password=None))
    assert "导入的台账3份" in said
    ran = run(tried, "seed", "clear", "--yes")
    assert ran.exit_code == 1
    assert "问题3个" in ran.output
    assert run(tried, "seed", "clear", "--yes", "--with-entered").exit_code == 0
