"""An empty place beside the live one, where a backup is put back only to see that it can be.

Of the same kind: a file beside a file, a database on the same server, a store in the same bucket.
Where the server lets nobody make a database it is a file. Nothing of it is left at the end, and
what one that was killed has left goes first.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import URL, Engine, text
from sqlalchemy.exc import ProgrammingError

from extensions import db, migrate, open_safely
from issues.evidence.storage.local import LocalStore
from issues.evidence.storage.s3 import BucketStore
from issues.evidence.storage.store import Store

FOLDER = ".drill"
POSTGRESQL = "postgresql"
NOT_ALLOWED = "42501"
"""PostgreSQL's word for it."""
NAME_LENGTH = 40


@contextmanager
def beside(folder: Path, store: Store, migrations: str) -> Iterator[Store]:
    """Within, the session speaks to the scratch database; yields the store beside `store`.

    `folder` holds the backups. Raises OSError, SQLAlchemyError, StoreUnavailable.
    """
    live = db.engine
    with (
        _cleared(home_of_rows(folder)) as home,
        _cleared(folder / FOLDER) as place,
        _database(live, home) as url,
        _store(store, place) as kept,
        app_on(url, migrations).app_context(),
    ):
        try:
            yield kept
        finally:
            db.session.remove()
            db.engine.dispose()


def home_of_rows(folder: Path) -> Path:
    """Beside a file that is a database, which is on no disk of another machine."""
    url = db.engine.url
    is_file = db.engine.dialect.name != POSTGRESQL and url.database
    return Path(url.database or "").parent / FOLDER if is_file else folder / f"{FOLDER}-rows"


@contextmanager
def _cleared(place: Path) -> Iterator[Path]:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def app_on(url: URL, migrations: str) -> Flask:
    """No page and no settings: a database and its steps."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"hide_parameters": True}
    db.init_app(app)
    migrate.init_app(app, db, directory=migrations)
    with app.app_context():
        open_safely(db.engine)
    return app


@contextmanager
def _database(live: Engine, place: Path) -> Iterator[URL]:
    file = URL.create("sqlite", database=str(place / "drill.db"))
    if live.dialect.name != POSTGRESQL:
        yield file
        return
    name = name_beside(live)
    try:
        on_server(live, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        on_server(live, f'CREATE DATABASE "{name}" TEMPLATE template0')
    except ProgrammingError as wrong:
        if getattr(wrong.orig, "sqlstate", "") != NOT_ALLOWED:
            raise
        yield file
        return
    try:
        yield live.url.set(database=name)
    finally:
        on_server(live, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def name_beside(live: Engine) -> str:
    """With the number of the live one: no other city's, and nothing that a person has named."""
    asked = text("SELECT datname, oid FROM pg_database WHERE datname = current_database()")
    with live.connect() as connection:
        name, number = connection.execute(asked).one()
    return f"{name[:NAME_LENGTH]}_drill_{number}".replace('"', "")


def on_server(live: Engine, words: str) -> None:
    """Outside any transaction, as the server wants it."""
    with live.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(words)


@contextmanager
def _store(live: Store, place: Path) -> Iterator[Store]:
    if not isinstance(live, BucketStore):
        yield LocalStore(place / "evidence", reserve=live.reserve)
        return
    kept = live.scratch(place / "spool")
    kept.empty()
    try:
        yield kept
    finally:
        kept.empty()
