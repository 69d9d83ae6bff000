"""SQL beside the product on any row that states a fact is found, on either database."""

import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import tables
import tally
from flask import current_app
from rows import an_issue, save
from sqlalchemy import (
    Boolean,
    Date,
    Enum,
    Float,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError

from extensions import db, one_moment, rehearsal, transaction
from issues import audit
from issues.ground import clock
from issues.ground.columns import Exact, Instant
from issues.imprints import checking, covering, facts, keys, writing
from issues.imprints.chain import Line, digest_of_lines
from issues.models import Event, Imprint, ImprintRow, Issue, Setting
from issues.vocabulary import Action, Subject

pytestmark = pytest.mark.both

SECRET = "known to every test and to nobody else"


def found(only=None):
    faults = list(checking.faults(only))
    db.session.rollback()
    return faults


def lift_the_guards():
    """What holds rows together and the history fast, as the database's owner can switch it off."""
    connection = db.session.connection()
    if db.engine.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        return
    names = connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
    for name in names.all():
        connection.execute(text(f"DROP TRIGGER {name}"))


@contextlib.contextmanager
def beside_the_product():
    """A transaction of plain SQL, taken back: the session's own statements name no rows."""
    with rehearsal():
        if db.engine.dialect.name == "sqlite":
            db.session.connection().execute(text("PRAGMA defer_foreign_keys = ON"))
        lift_the_guards()
        yield db.session.connection()


@pytest.fixture
def filled(empty_app):
    """One row in every table, covered as a database from before imprints is."""
    tables.fill()
    with transaction():
        lift_the_guards()
        for table in ("imprint_row", "imprint"):
            db.session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - two names of ours
    assert [fault.sentence for fault in found()] == [checking.UNCOVERED]
    with transaction():
        assert covering.is_due()
        assert covering.cover_all() == len(facts.fact_tables())
    assert found() == [], "an untouched database holds"


def other(column, value):
    """Another value of the same kind."""
    kind = column.type
    if isinstance(kind, Enum):
        return next(one for one in kind.enums if one != value)
    if isinstance(kind, Boolean):
        return not value
    if isinstance(kind, Instant | Date):
        return (value or tables.value_of(column)) - timedelta(days=3)
    if isinstance(kind, Exact | Integer | Float):
        return (value or 1) + 7
    if isinstance(kind, LargeBinary):
        return b"other"
    return "8" if isinstance(kind, String) else {"another": value}


def stated(table):
    left = facts.UNSTATED_COLUMNS.get(table.name, ())
    return [column for column in table.columns if column.name not in left]


def updates(table, row):
    """An UPDATE of each column of the row, and the column."""
    same = [column == row[column.name] for column in table.primary_key.columns]
    for column in stated(table):
        yield column, update(table).where(*same).values({column: other(column, row[column.name])})


FOLLOWS = {
    "region": {"path": "8/"}, "polluter": {"code": ""}, "keeping": {"region": ""},
    "score_quarter": {"quarter": 2}, "score_sheet": {"quarter": 2},
    "score_entry": {"turn": 0},
}  # fmt: skip
"""What a check wants of a row under its other key."""


def copy_of(table, row):
    """A second row: another key, and another value wherever one may stand once."""
    single = {column.name for column in table.primary_key.columns}
    single |= {column.name for index in table.indexes if index.unique for column in index.columns}
    single |= {column.name for column in table.columns if column.unique}
    for one in table.constraints:
        if isinstance(one, UniqueConstraint):
            single |= {column.name for column in one.columns}
    changed = {name: other(table.c[name], row[name]) for name in single if row[name] is not None}
    return insert(table).values(row | changed | FOLLOWS.get(table.name, {}))


def test_sql_on_a_row_of_any_table_is_found(filled, database):
    """Every column that the database itself lets be changed, a row taken out, a row put in."""
    enough = 100 if database == "sqlite" or tally.FULL else 2
    tried, unseen = 0, []
    for table in facts.fact_tables():
        row, changed = tables.row_of(table), 0
        for column, statement in updates(table, row):
            if changed >= enough:
                break
            with beside_the_product() as connection, contextlib.suppress(IntegrityError):
                connection.execute(statement)
                changed += 1
                if not list(checking.faults([table])):
                    unseen.append((table.name, column.name))
        assert changed, table.name
        for statement in (delete(table), copy_of(table, row)):
            with beside_the_product() as connection:
                connection.execute(statement)
                if table.name not in [fault.table for fault in checking.faults([table])]:
                    unseen.append((table.name, str(statement)))
        tried += changed + 2
    assert found() == []
    tally.tell(27, f"篡改数据行（{len(facts.fact_tables())} 张表）", tried, unseen, database)


def test_every_column_of_a_row_is_under_its_digest(empty_app):
    for table in facts.fact_tables():
        row = tables.row_of(table)
        whole = facts.digest_of(b"key", table, tuple(row.values()))
        for column in stated(table):
            changed = row | {column.name: other(column, row[column.name])}
            assert facts.digest_of(b"key", table, tuple(changed.values())) != whole, column


def test_without_the_key_no_row_can_be_given_an_imprint_that_holds(filled):
    """Whoever knows the code but not the key writes the digests anew."""
    table = db.metadata.tables["issue"]
    with beside_the_product() as connection:
        connection.execute(update(table).values(title="改过的标题"))
        row = connection.execute(select(table)).one()
        forged = facts.digest_of(b"another key", table, row)
        of_it = (ImprintRow.table == "issue") & (ImprintRow.key == "1")
        connection.execute(update(ImprintRow).where(of_it).values(digest=forged))
        lines = [Line(*one) for one in connection.execute(_lines(1))]
        connection.execute(update(Imprint).values(digest=digest_of_lines(lines)))
        assert len(list(checking.faults())) >= 2


def _lines(seq):
    named = (ImprintRow.table, ImprintRow.key, ImprintRow.digest, ImprintRow.is_forced)
    return select(*named).where(ImprintRow.seq == seq)


ON_IMPRINTS = (
    "DELETE FROM imprint_row WHERE seq = 1",
    "DELETE FROM imprint",
    "DELETE FROM imprint_row",
    "UPDATE imprint SET mac = digest",
    "UPDATE imprint SET previous = mac",
    "UPDATE imprint SET note = ''",
    "UPDATE imprint_row SET is_forced = true",
    "UPDATE imprint SET key_id = 'x'",
    "UPDATE imprint SET rows = rows - 1",
    "UPDATE imprint_row SET digest = NULL WHERE key = '1'",
)


def test_sql_on_the_imprints_themselves_is_found(filled, database):
    unseen = []
    for statement in ON_IMPRINTS:
        with beside_the_product() as connection:
            connection.execute(text(statement))
            if not list(checking.faults()):
                unseen.append(statement)
    assert found() == []
    tally.tell(27, "篡改数据印记", len(ON_IMPRINTS), unseen, database)


def test_the_database_refuses_to_change_an_imprint(people):
    save(an_issue("BZ-AF-2025-001"))
    for statement in ("UPDATE imprint SET note = 'x'", "DELETE FROM imprint_row"):
        with pytest.raises(IntegrityError, match="append-only"):
            db.session.execute(text(statement))
        db.session.rollback()


def test_a_change_beside_the_product_is_not_washed_out_by_the_next_act(people):
    """The row is marked as the act writes it: an honest imprint over it would hide the change."""
    save(an_issue("BZ-AF-2025-001"), an_issue("BZ-AF-2025-002"))
    issue = db.session.scalars(select(Issue).order_by(Issue.id)).first()
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE issue SET deadline = '2099-12-31'"))
    db.session.rollback()
    with transaction():
        issue.title = "改个标题"
    told = [fault.sentence for fault in found()]
    assert any(f"issue {issue.id} 在数据印记第" in one for one in told)
    assert len(told) == 2, "the other row differs from its imprint"


def test_acts_and_rolled_back_acts_hold(people):
    """Positive control over every way of writing; what is taken back leaves nothing."""
    save(an_issue("BZ-AF-2025-001"))
    issue = db.session.scalars(select(Issue)).one()
    with contextlib.suppress(ZeroDivisionError), transaction():
        issue.title = "不会留下"
        db.session.flush()
        raise ZeroDivisionError
    before = db.session.scalar(select(func.max(Imprint.seq)))
    with rehearsal():
        db.session.get_one(Issue, issue.id).title = "也不会留下"
    with transaction():
        db.session.get_one(Issue, issue.id).title = "在保存点之前写下"
        db.session.flush()
        with contextlib.suppress(ZeroDivisionError), db.session.begin_nested():
            db.session.get_one(Issue, issue.id).title = "退回到保存点"
            db.session.flush()
            raise ZeroDivisionError
    assert found() == []
    with transaction():
        db.session.add(Setting(key="示例", value=1))
    with transaction():
        db.session.delete(db.session.get_one(Setting, "示例"))
    assert db.session.scalar(select(func.max(Imprint.seq))) > before
    assert found() == []


def test_another_key_says_so_and_accuses_no_row(filled):
    try:
        keys.use_secret("a secret of another installation")
        told = [fault.sentence for fault in found()]
    finally:
        keys.use_secret(SECRET)
    assert len(told) == 1
    assert "另一把密钥" in told[0]


def test_what_was_written_under_an_earlier_key_holds(people):
    try:
        keys.use_secret("the secret after a rotation", earlier=[SECRET])
        save(an_issue("BZ-AF-2025-901"))
        assert found() == []
    finally:
        keys.use_secret(SECRET)


def test_two_processes_that_write_at_once_leave_one_chain(people):
    def write(place):
        with people_app.app_context():
            save(an_issue(f"BZ-AF-2025-{place:03}"))

    people_app = current_app._get_current_object()  # noqa: SLF001 - the proxy's documented way out
    with ThreadPoolExecutor(6) as pool:
        writers = [pool.submit(write, place) for place in range(24)]
        while not all(one.done() for one in writers):
            with one_moment():
                assert list(checking.faults()) == [], "it holds while others go on writing"
        assert [one.result() for one in writers] == [None] * 24
    assert db.session.scalar(select(func.count()).select_from(Issue)) == 24
    seqs = list(db.session.scalars(select(Imprint.seq).order_by(Imprint.seq)))
    assert seqs == list(range(1, len(seqs) + 1))
    assert found() == []


def command(*arguments):
    db.session.remove()
    return current_app.test_cli_runner().invoke(args=arguments)


def test_a_database_from_before_imprints_is_covered_as_it_stands_and_the_history_says_when(people):
    save(an_issue("BZ-AF-2025-001"))
    with transaction():
        audit.record(Subject.TICKET, 1, Action.COMMENT, people.sun, at=clock.now())
    with transaction():
        lift_the_guards()
        db.session.execute(text("DELETE FROM imprint_row"))
        db.session.execute(text("DELETE FROM imprint"))
    told = command("audit", "verify")
    assert (told.exit_code, checking.UNCOVERED in told.output) == (1, True)
    save(an_issue("BZ-AF-2025-002"))
    assert checking.UNCOVERED in command("audit", "verify").output

    assert "行数据纳入核验" in command("ledger", "backfill").output

    assert command("audit", "verify").exit_code == 0
    event = db.session.scalars(select(Event).where(Event.subject == "record")).one()
    assert event.detail["rows"] > 20
    assert "纳入核验" not in command("ledger", "backfill").output
    save(an_issue("BZ-AF-2025-003"))
    assert found() == []


def test_tables_that_an_upgrade_changed_are_covered_anew(people):
    save(an_issue("BZ-AF-2025-001"))
    with beside_the_product() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'later'"))
        assert covering.is_due()
    assert not covering.is_due()


def test_imprints_that_are_gone_are_not_made_anew(people):
    save(an_issue("BZ-AF-2025-001"))
    with transaction():
        audit.record(Subject.TICKET, 1, Action.COMMENT, people.sun, at=clock.now())
    with transaction():
        audit.anchor(SECRET, clock.now())
    with beside_the_product() as connection:
        connection.execute(delete(ImprintRow))
        connection.execute(delete(Imprint))
        assert not covering.is_due()


def test_a_row_has_the_same_digest_on_either_database_and_as_it_was_given(filled):
    """A copy moved to another kind of database, or brought back from a backup, verifies."""
    for table in facts.fact_tables():
        given = facts.digest_of(b"key", table, tuple(tables.row_of(table).values()))
        row = db.session.execute(select(table)).one() if table.name != "event" else None
        assert row is None or facts.digest_of(b"key", table, row) == given, table.name


def test_an_act_that_another_overtakes_between_two_looks_is_not_accused(people, monkeypatch):
    """The row is read, another process writes it with its imprint, the imprint is read."""
    save(an_issue("BZ-AF-2025-001"))
    app, read = current_app._get_current_object(), writing.last_digests  # noqa: SLF001 - as above
    overtaken = []

    def overtaking(connection, name, found):
        if name == "issue" and not overtaken:
            overtaken.append(name)
            with ThreadPoolExecutor(1) as pool:
                pool.submit(elsewhere).result()
        return read(connection, name, found)

    def elsewhere():
        with app.app_context(), transaction():
            db.session.scalars(select(Issue)).one().remark = "另一个进程"

    monkeypatch.setattr(writing, "last_digests", overtaking)
    if db.engine.dialect.name == "sqlite":
        overtaken.append("its writers wait for each other")
    with transaction():
        db.session.scalars(select(Issue)).one().title = "这个进程"
    assert overtaken
    assert found() == []
