"""The shared extensions, and how SQLite and PostgreSQL are opened."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import TYPE_CHECKING, Any

from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, Engine, Executable, MetaData, Result, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase

BUSY_TIMEOUT_MS = 15_000

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)


def in_models(name: str | None, kind: str, _parents: object) -> bool:
    """Leaves out of comparisons what each database keeps for itself: the index searched in."""
    return kind != "table" or name is None or not name.startswith("search_gram")


db = SQLAlchemy(model_class=Base)
if TYPE_CHECKING:
    Model = Base  # the library makes its base while running, which no type checker can follow
else:
    Model = db.Model
migrate = Migrate(render_as_batch=True, compare_type=True, include_name=in_models)
login = LoginManager()
csrf = CSRFProtect()

_turn = Lock()


def _new_turn() -> None:
    """Of a process that was split off while another thread of its parent was writing."""
    global _turn  # noqa: PLW0603 - what the parent holds nobody gives back here
    _turn = Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_new_turn)
_writing: ContextVar[bool] = ContextVar("writing", default=False)


@contextmanager
def writing() -> Iterator[None]:
    """SQLite's transactions that begin inside take the write lock at once, or wait for it."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def is_writing() -> bool:
    """Whether a writing transaction is open around this."""
    return _writing.get()


@contextmanager
def _in_turn() -> Iterator[None]:
    """SQLite's writers of one process wait for each other here, woken as soon as one has ended.

    Left to SQLite they look again after ever longer pauses, and some wait three times as long as
    others. Who waits too long goes on, and is told by SQLite.
    """
    if db.engine.dialect.name != "sqlite":
        yield
        return
    turn = _turn
    is_mine = turn.acquire(timeout=BUSY_TIMEOUT_MS / 1000)
    try:
        yield
    finally:
        if is_mine:
            turn.release()


@contextmanager
def transaction() -> Iterator[None]:
    """One writing transaction: committed at the end, rolled back whole on any error.

    A read transaction already open is ended first, so that what is checked inside is what is
    written upon. Inside another transaction it joins that one.
    """
    if _writing.get():
        yield
        return
    db.session.rollback()
    with _in_turn(), writing():
        try:
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise


@contextmanager
def rehearsal() -> Iterator[None]:
    """A writing transaction whose outcome is looked at and then taken back."""
    db.session.rollback()
    with _in_turn(), writing():
        try:
            yield
        finally:
            db.session.rollback()


@contextmanager
def one_moment() -> Iterator[None]:
    """A reading transaction of which every statement sees the same: others go on writing."""
    db.session.rollback()
    try:
        if db.engine.dialect.name == "postgresql":
            db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield
    finally:
        db.session.rollback()


def plain_rows(statement: Executable, given: Mapping[str, Any] | None = None) -> Result[Any]:
    """What a statement of columns finds, in the session's transaction but past its objects.

    For what every request asks: half the time, and nothing is flushed before.
    """
    return db.session.connection().execute(statement, given)


def open_safely(engine: Engine) -> None:
    """Make SQLite durable and its writers queue.

    With the driver's own transactions two processes that read and then write lose updates without
    any error; BEGIN IMMEDIATE makes the second one wait.
    """
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def configure(connection: DBAPIConnection, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA cache_size=-65536")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
