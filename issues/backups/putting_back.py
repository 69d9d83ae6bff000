"""A backup put back where nothing is, compared, and held in quarantine."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import flask_migrate
from alembic.script import ScriptDirectory
from sqlalchemy import Table, delete, func, inspect, select, text

from auth.actor import SYSTEM
from extensions import db, transaction
from issues import audit, quarantine
from issues.backups import course, manifest as manifests, rows
from issues.backups.manifest import BackupRefused, Manifest, path_of_file, path_of_table
from issues.evidence.storage.store import Store
from issues.ground import clock
from issues.models import SearchText
from issues.search.index import enter
from issues.vocabulary import RecordAct, Subject

Say = Callable[[str], None]
Tables = Mapping[str, tuple[int, str]]
"""Of each table how many rows, and what they come to."""
AT_ONCE = 500
FIRST_OF_ALL = ("account", "unit", "event")
"""Where these are empty, nobody has entered anything."""
RECORD = 0
POSTGRESQL = "postgresql"
FOREIGN = text(
    "SELECT conrelid::regclass::text AS told, conname, pg_get_constraintdef(oid) AS words"
    " FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
    " ORDER BY conname"
)


def put_back(folder: Path, store: Store, migrations: str, say: Say = print) -> Manifest:
    """Raises BackupRefused, before anything is written where it can be known by then.

    The files come first: those without a row harm nobody. Then all rows in one transaction.
    """
    told = manifests.read(folder)
    refuse_other_structure(
        told.revision, migrations, "备份的数据库版本是“{}”，本程序是“{}”："
        "请用与备份相同的版本恢复，再升级。",
    )  # fmt: skip
    refuse_filled(told.tables, told.files, store)
    say("核对备份")
    manifests.refuse_faults(folder, told, "备份已损坏，没有恢复：")
    _files(folder, store, told, say)
    build(migrations)
    with transaction():
        enter_rows(folder, told.tables, say)
        quarantine.begin(told.taken_at)
        audit.record(
            Subject.RECORD, RECORD, RecordAct.RESTORE, SYSTEM,
            at=clock.now(), detail={"taken_at": told.taken_at, "rows": told.rows},
        )  # fmt: skip
    return told


def refuse_other_structure(revision: str, migrations: str, sentence: str) -> None:
    """Raises BackupRefused with the sentence, which names both, where they differ."""
    head = ScriptDirectory(migrations).get_current_head()
    if revision != head:
        raise BackupRefused(sentence.format(revision, head))


def refuse_filled(tables: Collection[str], files: Collection[str], store: Store | None) -> None:
    """A target that holds anything but what an attempt broken off has left there."""
    there = set(inspect(db.engine).get_table_names())
    if "event" in there and not there.issuperset(tables):
        raise BackupRefused("目标数据库的结构不完整，请换用空的数据库。")
    for name in FIRST_OF_ALL if "event" in there else ():
        if _count(db.metadata.tables[name]):
            raise BackupRefused("目标数据库不是空的，请换用空的数据库。")
    if store and any(sha256 not in files for sha256 in store.digests()):
        raise BackupRefused("目标材料存储不是空的，请换用空的文件夹或前缀。")


def build(migrations: str) -> None:
    """Every table, where there is none yet."""
    db.session.rollback()
    if not inspect(db.engine).has_table("event"):
        flask_migrate.upgrade(directory=migrations)


def _count(table: Table) -> int:
    return db.session.scalar(select(func.count()).select_from(rows.plain(table))) or 0


def _files(folder: Path, store: Store, told: Manifest, say: Say) -> None:
    for sha256 in course.counted("恢复材料", told.files):
        size = told.files[sha256]
        with path_of_file(folder, sha256).open("rb") as file:
            kept = store.put(file, limit=size, declared=size)
        if kept.sha256 != sha256:
            raise BackupRefused(f"材料 {sha256} 恢复后不一致。")
    say(f"材料 {len(told.files)} 份")


def enter_rows(folder: Path, tables: Tables, say: Say) -> None:
    """As they were, and compared before anything is added. Never commits."""
    with _references_later():
        for name in course.counted("写入数据表", dict.fromkeys(tables, 0)):
            table = db.metadata.tables[name]
            if _count(table):
                db.session.connection().execute(delete(rows.plain(table)))  # of the migrations
            rows.load(table, path_of_table(folder, name))
    _search()
    for name in course.counted("比对数据表", dict.fromkeys(tables, 0)):
        table = db.metadata.tables[name]
        found = rows.sum_of(rows.lines_of(table))
        if (found.rows, str(found)) != tables[table.name]:
            raise BackupRefused(f"数据表 {table.name} 写入后与原来的不一致，没有写入。")
    say(f"数据表 {len(tables)} 张，{sum(count for count, _ in tables.values())} 行，逐表核对一致")


@contextmanager
def _references_later() -> Iterator[None]:
    """Within, a row may come before the one it names; at the end every one of them is checked."""
    connection = db.session.connection()
    if connection.dialect.name != POSTGRESQL:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        yield
        return
    held = connection.execute(FOREIGN).all()
    for one in held:
        connection.exec_driver_sql(f'ALTER TABLE {one.told} DROP CONSTRAINT "{one.conname}"')
    yield
    for one in held:
        connection.exec_driver_sql(
            f'ALTER TABLE {one.told} ADD CONSTRAINT "{one.conname}" {one.words}'
        )
    _count_on(db.metadata.sorted_tables)


def _count_on(tables: list[Table]) -> None:
    """The numbers the database gives itself go on behind the highest."""
    for table in tables:
        for one in table.primary_key.columns:
            name = db.session.scalar(select(func.pg_get_serial_sequence(table.name, one.name)))
            if name and (last := db.session.scalar(select(func.max(one)))):
                db.session.execute(select(func.setval(name, last)))


def _search() -> None:
    """What is searched in, of the texts that came back."""
    texts = select(SearchText.id, SearchText.body).order_by(SearchText.id)
    found = db.session.connection().execute(texts, execution_options={"yield_per": AT_ONCE})
    for some in found.partitions(AT_ONCE):
        enter([(row.id, row.body) for row in some])
