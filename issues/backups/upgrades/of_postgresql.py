"""A database on a server: each table as the server writes it, put back in one transaction.

The structure is made anew by the steps up to the one it had.
"""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from alembic import command
from flask import current_app
from psycopg import Connection as Driver, sql
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from extensions import writing
from issues.backups.manifest import BackupRefused
from issues.backups.putting_back import FOREIGN
from issues.backups.rows import Sum
from issues.ground.present import present

NAME = "tables.json"
PACKED = 1
OWN = "alembic_version"
BUSY = "数据库正被使用，请先停止网页进程和 jobs run。"
PATIENCE = "SET LOCAL lock_timeout = '30s'"
COLUMNS = text(
    "SELECT table_name, array_agg(column_name::text ORDER BY ordinal_position) AS names"
    " FROM information_schema.columns JOIN information_schema.tables USING"
    " (table_schema, table_name) WHERE table_schema = current_schema()"
    " AND table_type = 'BASE TABLE' GROUP BY table_name ORDER BY table_name"
)
COUNTERS = text(
    "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()"
    " AND last_value IS NOT NULL"
)
FUNCTIONS = text(
    "SELECT p.oid::regprocedure::text FROM pg_proc p WHERE pronamespace ="
    " current_schema()::regnamespace AND NOT EXISTS"
    " (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
)


def take(live: Engine, folder: Path) -> None:
    """Of one moment."""
    moment = live.connect().execution_options(isolation_level="REPEATABLE READ")
    with moment as connection:
        tables = {}
        for table, names in _columns(connection).items():
            with gzip.GzipFile(folder / f"{table}.gz", "wb", PACKED, mtime=0) as file:
                found = Sum()
                for line in _lines(connection, table, names):
                    file.write(line)
                    found = found.plus(line)
            tables[table] = {"columns": names, "rows": found.rows, "sum": str(found)}
        counters = {row.sequencename: row.last_value for row in connection.execute(COUNTERS)}
    told = {"tables": tables, "counters": counters}
    (folder / NAME).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def put_back(live: Engine, folder: Path, revision: str, migrations: str) -> None:
    """Raises BackupRefused where what came back is not what was taken."""
    told = json.loads((folder / NAME).read_text(encoding="utf-8"))
    live.dispose()
    try:
        with writing(), live.begin() as connection:
            connection.exec_driver_sql(PATIENCE)
            _clear(connection)
            _make(connection, revision, migrations)
            _fill(connection, folder, told["tables"])
            for name, last in told["counters"].items():
                counted = text("SELECT setval(quote_ident(:name)::regclass, :last)")
                connection.execute(counted, {"name": name, "last": last})
            _compare(connection, told["tables"])
    except OperationalError as wrong:
        raise BackupRefused(BUSY) from wrong


def _columns(connection: Connection) -> dict[str, list[str]]:
    found = connection.execute(COLUMNS).all()
    return {row.table_name: list(row.names) for row in found if row.table_name != OWN}


def _lines(connection: Connection, table: str, names: list[str]) -> Iterator[bytes]:
    """A row is one line: the server writes a line break of a text as two signs."""
    words = _worded("COPY {} ({}) TO STDOUT", table, names)
    left = b""
    with _driver(connection).cursor().copy(words) as copy:
        for part in copy:
            *lines, left = (left + bytes(part)).split(b"\n")
            yield from (line + b"\n" for line in lines)


def _worded(words: str, table: str, names: list[str]) -> sql.Composed:
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    return sql.SQL(words).format(sql.Identifier(table), columns)


def _driver(connection: Connection) -> Driver[Any]:
    return present(connection.connection.driver_connection, "the driver's own connection")


def _clear(connection: Connection) -> None:
    tables = ", ".join(f'"{name}"' for name in [*_columns(connection), OWN])
    connection.exec_driver_sql(f"DROP TABLE {tables} CASCADE")
    for function in connection.scalars(FUNCTIONS).all():
        connection.exec_driver_sql(f"DROP FUNCTION {function} CASCADE")


def _make(connection: Connection, revision: str, migrations: str) -> None:
    """By the steps, within this transaction."""
    config = current_app.extensions["migrate"].migrate.get_config(migrations)
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _fill(connection: Connection, folder: Path, tables: dict[str, Any]) -> None:
    """A row may come before the one it names; at the end every one of them is checked."""
    held = connection.execute(FOREIGN).all()
    for one in held:
        connection.exec_driver_sql(f'ALTER TABLE {one.told} DROP CONSTRAINT "{one.conname}"')
    for table, said in tables.items():
        words = _worded("COPY {} ({}) FROM STDIN", table, said["columns"])
        if connection.exec_driver_sql(f'SELECT 1 FROM "{table}" LIMIT 1').first():  # noqa: S608 - our own names
            connection.exec_driver_sql(f'DELETE FROM "{table}"')  # noqa: S608 - rows of the steps
        with (
            gzip.open(folder / f"{table}.gz", "rb") as file,
            _driver(connection).cursor().copy(words) as copy,
        ):
            while part := file.read(1024 * 1024):
                copy.write(part)
    for one in held:
        connection.exec_driver_sql(
            f'ALTER TABLE {one.told} ADD CONSTRAINT "{one.conname}" {one.words}'
        )


def _compare(connection: Connection, tables: dict[str, Any]) -> None:
    for table, said in tables.items():
        found = Sum()
        for line in _lines(connection, table, said["columns"]):
            found = found.plus(line)
        if (found.rows, str(found)) != (said["rows"], said["sum"]):
            raise BackupRefused(f"数据表 {table} 退回后与副本不一致，没有退回。")
