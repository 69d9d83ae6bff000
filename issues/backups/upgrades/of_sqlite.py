"""A database that is a file, copied by SQLite itself, and put back in one of its transactions."""

import sqlite3
from contextlib import closing
from pathlib import Path
from time import monotonic

from sqlalchemy import Engine

from issues.backups.manifest import BackupRefused
from issues.ground.present import present

FILE = "database.db"
PATIENCE = 30.0
"""Seconds to wait for who is at the database."""
BUSY = "数据库正被使用，请先停止网页进程和 jobs run。"
DAMAGED = "这份副本已损坏，没有退回。"


def take(live: Engine, folder: Path) -> None:
    """Raises BackupRefused where what was written is not whole."""
    with (
        closing(sqlite3.connect(_file(live))) as source,
        closing(sqlite3.connect(folder / FILE)) as target,
    ):
        _copy(source, target)
        if target.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupRefused(DAMAGED)


def put_back(live: Engine, folder: Path, _revision: str, _migrations: str) -> None:
    """All of it or nothing: who is killed within leaves the database as it was."""
    live.dispose()
    with (
        closing(sqlite3.connect(folder / FILE)) as source,
        closing(sqlite3.connect(_file(live), timeout=PATIENCE)) as target,
    ):
        if source.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupRefused(DAMAGED)
        target.execute("PRAGMA synchronous=FULL")
        _copy(source, target)


def _copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """In one step. The library would wait for others without an end."""
    end = monotonic() + PATIENCE

    def wait(_status: int, left: int, _total: int) -> None:
        if left and monotonic() > end:
            raise BackupRefused(BUSY)

    source.backup(target, progress=wait)


def _file(live: Engine) -> str:
    return present(live.url.database, "the file of a database on SQLite")
