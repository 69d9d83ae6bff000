"""The steps from nothing to today's tables, both ways, on both databases, with rows in them."""

import itertools
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import JSON, column, inspect, select, table, text, update
from tables import (
    BEYOND_MODELS,
    contents,
    fill,
    of_the_product,
    standing,
    structure,
    triggers,
)

from extensions import db
from issues.models import Issue
from issues.vocabulary import Truth

ROOT = Path(__file__).parents[2]
MIGRATIONS = ROOT / "migrations"
FIRST = "0001_first_tables"
NUMBERED = re.compile(r"(\d{4})_[a-z0-9_]+")

FAILING_STEP = '''"""A step that breaks half way."""

from alembic import op

revision = "9999_breaks"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade():
    op.execute("CREATE TABLE half_made (id INTEGER PRIMARY KEY)")
    op.execute("UPDATE unit SET name = 'half'")
    {fault}


def downgrade():
    op.execute("DROP TABLE half_made")
'''


def steps():
    """The revisions from the first to the last."""
    directory = ScriptDirectory(str(MIGRATIONS))
    return [step.revision for step in reversed(list(directory.walk_revisions()))]


def test_the_steps_are_numbered_without_gap_and_named_as_their_files():
    names = sorted(path.stem for path in (MIGRATIONS / "versions").glob("*.py"))

    assert names == steps()
    assert [int(NUMBERED.fullmatch(name)[1]) for name in names] == [*range(1, len(names) + 1)]
    assert all(len(name) <= 32 for name in names), "alembic keeps 32 characters of a name"


def test_the_steps_stand_in_one_line():
    directory = ScriptDirectory(str(MIGRATIONS))
    steps_before = {step.revision: step.down_revision for step in directory.walk_revisions()}

    assert steps_before == dict(zip(steps(), [None, *steps()], strict=False))


@pytest.mark.both
def test_a_comparison_of_tables_and_models_finds_nothing(empty_app):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: (
                    kind != "table" or not name.startswith(BEYOND_MODELS)
                ),
            },
        )
        assert compare_metadata(context, db.metadata) == []


@pytest.mark.both
def test_migrated_tables_refuse_what_the_models_refuse(empty_app, place):
    """A comparison by alembic overlooks checks, names of constraints and partial indexes."""
    migrated = structure()
    with place.fresh():
        db.create_all()
        modelled = structure()

    for name in modelled | migrated:
        assert migrated[name] == modelled[name], name


@pytest.mark.both
def test_every_constraint_and_index_has_a_name_the_databases_can_hold(empty_app):
    for called, held in structure().items():
        named = [held["primary key"], *itertools.chain(*list(held.values())[2:])]
        for one in named:
            assert one["name"], (called, one)
            assert len(one["name"]) <= 60, one


@pytest.mark.both
def test_of_two_processes_that_migrate_at_once_one_waits(blank_app, tmp_path):
    settings = blank_app.extensions["settings"]
    environ = {
        "DATABASE_URL": settings.database_url,
        "EVIDENCE_URL": tmp_path.as_uri(),
        "SECRET_KEY": settings.secret_key,
    }
    command = (sys.executable, "-m", "flask", "--app", "app", "db", "upgrade")
    both = [subprocess.Popen(command, cwd=ROOT, env=environ) for _ in "12"]  # noqa: S603 - ours

    assert [process.wait(timeout=60) for process in both] == [0, 0]
    assert _standing_at() == steps()[-1]


@pytest.mark.both
def test_every_step_down_and_up_keeps_the_rows_of_every_table(blank_app):
    upgrade(MIGRATIONS, FIRST)
    first = standing(fill())
    before = contents(first)

    upgrade(MIGRATIONS)
    assert contents(first) == before

    for step in reversed(steps()[:-1]):
        downgrade(MIGRATIONS, step)
        assert contents(first) == before, step
    upgrade(MIGRATIONS)
    assert contents(first) == before


@pytest.mark.postgresql
def test_what_followed_a_complaint_becomes_fields_and_what_cannot_be_read_stays(blank_app):
    upgrade(MIGRATIONS, "0043_likeness")
    fill()
    read = {
        "是否属实": "部分属实", "罚款（万元）": "12.50", "责令整改": "2", "拘留": "0",
        "调查核实情况": "现场有积水。", "责任人被处理情况": "诫勉谈话1人。",
    }  # fmt: skip
    unread = {"约谈": "两人", "问责": "-1", "立案处罚": ["1"], "立案侦查": "９" * 3, "备用栏": "1"}
    issue = table("issue", column("source"), column("extra", JSON))
    with db.engine.begin() as connection:
        connection.execute(update(issue).values(source="YX", extra=read | unread))

    upgrade(MIGRATIONS)
    row = db.session.execute(select(Issue)).scalar_one()
    assert (row.verified, row.fine) == (Truth.PARTLY, Decimal("12.50"))
    assert (row.ordered, row.detained, row.findings) == (2, 0, "现场有积水。")
    assert (row.summoned, row.punished, row.extra) == (None, "诫勉谈话1人。", unread)
    db.session.remove()

    downgrade(MIGRATIONS, "0043_likeness")
    with db.engine.connect() as connection:
        assert connection.execute(select(issue.c.extra)).scalar_one() == read | unread


@pytest.mark.both
def test_every_table_takes_a_row(empty_app):
    filled = fill()

    assert sorted(filled) == sorted(of_the_product())
    assert all(len(rows) == 1 for rows in contents(standing(filled)).values())


@pytest.mark.both
def test_a_full_database_goes_down_to_nothing_and_up_again(empty_app):
    whole, guards = structure(), triggers()
    fill()

    downgrade(MIGRATIONS, "base")
    assert inspect(db.engine).get_table_names() == ["alembic_version"]
    assert triggers() == []
    upgrade(MIGRATIONS)

    assert (structure(), triggers()) == (whole, guards)
    assert not any(contents(standing(of_the_product())).values())


@pytest.mark.both
@pytest.mark.parametrize("fault", ["raise ArithmeticError", 'op.execute("SELECT nonsense")'])
def test_a_step_that_breaks_leaves_the_database_as_it_was(people, tmp_path, fault):
    steps_and_one = _with_a_further_step(tmp_path, fault)

    with pytest.raises(Exception, match=r"nonsense|^$"):
        upgrade(steps_and_one)

    assert "half_made" not in inspect(db.engine).get_table_names()
    assert people.unit("511902").name == "巴州区"
    assert _standing_at() == steps()[-1]


def test_on_sqlite_a_step_that_leaves_orphans_is_taken_back(people, tmp_path, caplog):
    orphans = "op.execute(\"DELETE FROM unit WHERE code = '511902'\")"
    steps_and_one = _with_a_further_step(tmp_path, orphans)

    with pytest.raises(SystemExit):
        upgrade(steps_and_one)

    assert people.unit("511902").name == "巴州区"
    assert "account" in caplog.text
    assert db.session.scalar(text("PRAGMA foreign_keys")) == 1


def _with_a_further_step(folder, fault):
    copy = shutil.copytree(MIGRATIONS, folder / "migrations")
    text = FAILING_STEP.format(head=steps()[-1], fault=fault)
    (copy / "versions" / "9999_breaks.py").write_text(text)
    return copy


def _standing_at():
    with db.engine.connect() as connection:
        return connection.scalar(text("SELECT version_num FROM alembic_version"))
