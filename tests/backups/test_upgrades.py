"""Rows are copied before the structure changes; what fails changes nothing, and one goes back."""

import shutil

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text
from tables import contents, of_the_product, standing, structure, triggers

from config import ROOT
from extensions import db
from issues.backups.manifest import BackupRefused
from issues.backups.upgrades import going
from issues.commands.upkeep import migrating

pytestmark = pytest.mark.both
MIGRATIONS = ROOT / "migrations"
STEP = '''"""A step for a test."""

from alembic import op

revision = "9999_next"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade():
    op.execute("CREATE TABLE made (id INTEGER PRIMARY KEY)")
    op.execute("UPDATE unit SET name = 'changed'")
    {then}


def downgrade():
    raise NotImplementedError
'''
FAULT = 'raise RuntimeError("half way")'


@pytest.fixture
def step(tmp_path, monkeypatch):
    """Put one more step behind the last; answers the head of before."""
    home = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, home, ignore=shutil.ignore_patterns("__pycache__"))
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    monkeypatch.setattr(migrating, "MIGRATIONS", str(home))

    def put(then="pass"):
        (home / "versions" / "9999_next.py").write_text(STEP.format(head=head, then=then))
        return head

    return put


@pytest.fixture
def run(app, tmp_path, monkeypatch):
    monkeypatch.setattr(migrating, "home", lambda: tmp_path)

    def run(*args, code=0):
        db.session.remove()
        ran = app.test_cli_runner().invoke(args=args)
        assert ran.exit_code == code, ran.output
        return ran.output

    return run


def revision():
    with db.engine.connect() as connection:
        return connection.scalar(text("SELECT version_num FROM alembic_version"))


def everything():
    db.session.rollback()
    return contents(standing(of_the_product()))


def test_a_step_that_fails_half_way_leaves_everything_as_it_was(run, step, make_issue, tmp_path):
    make_issue(title="升级以前的问题", problem="一行\n\\二行\t")
    before, head = everything(), step(FAULT)

    said = run("migrate", code=1)

    assert "数据库没有变化：half way" in said
    assert str(going.copies(tmp_path)[-1]) in said
    assert (revision(), everything()) == (head, before)


def test_one_goes_back_to_what_was_before_and_forward_again(run, step, make_issue, tmp_path):
    make_issue(title="升级以前的问题", problem="一行\n\\二行\t")
    before, shape, head = everything(), (structure(), triggers()), step()
    assert run("migrate").count(str(tmp_path)) == 2
    with db.engine.begin() as connection:
        connection.execute(text("INSERT INTO made VALUES (1)"))
        connection.execute(text("UPDATE unit SET name = 'later'"))
    later = everything()

    assert "已退回" in run("rollback", "--yes")

    assert (revision(), everything()) == (head, before)
    assert (structure(), triggers()) == shape
    make_issue(title="退回以后登记的问题")  # the numbers of the database go on
    db.session.remove()
    undone = next(one for one in going.copies(tmp_path) if going.read(one).revision != head)
    run("rollback", str(undone), "--yes", code=0)
    assert everything() == later
    assert revision() == "9999_next"


def test_a_copy_that_was_spoilt_changes_nothing(run, step, make_issue, tmp_path):
    make_issue()
    step()
    run("migrate")
    before = everything()
    copy = going.copies(tmp_path)[-1]
    name = "unit.gz" if db.engine.dialect.name == "postgresql" else "database.db"
    path = copy / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2 :] = b"\0" * (len(data) - len(data) // 2)
    path.write_bytes(data)

    said = run("rollback", str(copy), "--yes", code=1)

    assert "没有退回" in said
    assert (revision(), everything()) == ("9999_next", before)
    with pytest.raises(BackupRefused, match="不是升级前的副本"):
        going.read(tmp_path)


def test_nothing_is_copied_where_nothing_changes_or_could_be_lost(run, step, tmp_path, place):
    run("migrate")
    assert not (tmp_path / going.FOLDER).exists()
    with place.fresh():
        run("migrate")
        assert not (tmp_path / going.FOLDER).exists()


def test_a_disk_without_room_for_the_copy_holds_the_upgrade(run, step, tmp_path, monkeypatch):
    head = step()
    monkeypatch.setattr(going, "ROOM", 10**12)

    assert "没有升级" in run("migrate", code=1)

    assert revision() == head
    assert going.copies(tmp_path) == []
