"""What is being done with a backup, and what came of it, as rows that the administrator sees.

They are written on connections of their own: neither the moment that is copied nor the database
that a backup is put back into is touched by them.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic

from sqlalchemy import Engine, insert, update
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from extensions import db, writing
from issues.backups.course import Step, listening
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.models import BackupRun
from issues.vocabulary import BackupKind

EVERY = 1.0
"""Seconds between two words of how far it is."""
LONGEST = 2000
STOPPED = "中途停止"
logger = logging.getLogger(__name__)


class Noted:
    """`result` is what is to be said of it at its end."""

    def __init__(self, engine: Engine, kind: BackupKind, name: str) -> None:
        self._engine, self._last = engine, monotonic()
        self.result = ""
        now = clock.real_now()
        row = insert(BackupRun).values(kind=kind, name=name[:200], began_at=now, beat_at=now)
        with writing(), engine.begin() as connection:
            self.id: int = connection.execute(row.returning(BackupRun.id)).scalar_one()

    def hear(self, step: Step) -> None:
        """Not of every file: of thousands that are linked at once nobody has to be told."""
        is_over = step.files == step.all_files
        if monotonic() - self._last < EVERY and not is_over:
            return
        self._last = monotonic()
        try:
            self._change(**step._asdict())
        except OperationalError:  # the one writer is at it for long: the next word comes after
            logger.info("backup run %d could not tell how far it is", self.id)

    def end(self, fault: str) -> None:
        self._change(ended_at=clock.real_now(), fault=fault[:LONGEST], result=self.result)

    def _change(self, **said: object) -> None:
        row = update(BackupRun).where(BackupRun.id == self.id)
        with writing(), self._engine.begin() as connection:
            connection.execute(row.values(beat_at=clock.real_now(), **said))


@contextmanager
def noted(kind: BackupKind, name: str) -> Iterator[Noted]:
    """Within, it is under way; at the end it went well, or its fault is told and goes on up."""
    run = Noted(db.engine, kind, name)
    try:
        with listening(run.hear):
            yield run
    except BaseException as wrong:
        with suppress(SQLAlchemyError):  # a full disk takes not even this word
            run.end(told(wrong))
        raise
    run.end("")


def told(wrong: BaseException) -> str:
    """In Chinese where it is a refusal; never empty."""
    if isinstance(wrong, Refusal):
        return wrong.sentence
    if isinstance(wrong, Exception):
        return f"{type(wrong).__name__}: {wrong}"
    return STOPPED
