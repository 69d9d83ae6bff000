"""How far a piece is while its transaction keeps SQLite's one writer: told in a small file.

The row cannot say it then. Nothing in the file is a record: it may be thrown away at any time.
"""

import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from flask import Flask

from extensions import db
from issues.models import LongWork

FOLDER = "works"
EVERY = 0.5
"""Seconds between two words in the file."""


class Said(NamedTuple):
    words: str
    done: int
    total: int


class Aside:
    """What the holder of a piece tells beside its transaction; nothing on another database."""

    def __init__(self, app: Flask, work_id: int, holder: str) -> None:
        self._file = _file(app, work_id) if _has_one_writer() else None
        self._holder, self._told_at = holder, 0.0

    def tell(self, said: Said) -> None:
        if self._file is None or time.monotonic() - self._told_at < EVERY:
            return
        self._told_at = time.monotonic()
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps([self._holder, *said], ensure_ascii=False), "utf-8")
        fresh.replace(self._file)

    def forget(self) -> None:
        if self._file is not None:
            self._file.unlink(missing_ok=True)


def heard(app: Flask, work: LongWork) -> Said:
    """What its holder told last: in the file where there is one, else in its row."""
    if work.holder and _has_one_writer():
        with suppress(OSError, TypeError, ValueError):
            holder, *said = json.loads(_file(app, work.id).read_text("utf-8"))
            if holder == work.holder:
                return Said(*said)
    return Said(work.words, work.done, work.total)


def _has_one_writer() -> bool:
    return db.engine.dialect.name == "sqlite"


def _file(app: Flask, work_id: int) -> Path:
    return Path(app.instance_path) / FOLDER / f"{work_id}.json"
