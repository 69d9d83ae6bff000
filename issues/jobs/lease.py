"""Who runs the jobs: one process at a time, by a row that it renews and that runs out.

Who is not heard of for LEASE_FOR is taken for dead, and the next one's fence is higher. The old
one, frozen and awake again, finds that in the very transaction that it would commit.
"""

import logging
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from flask import Flask
from sqlalchemy import ColumnElement, select, update
from sqlalchemy.exc import IntegrityError, OperationalError

from extensions import db, transaction
from issues.ground import clock
from issues.models import JobLease

NAME = "jobs"
LEASE_FOR = timedelta(seconds=30)
"""With a look each 5 seconds a killed one is followed within the 40 that are promised."""
RENEWED_EVERY = 6.0
"""Seconds, while a unit goes on that takes longer than the lease."""
logger = logging.getLogger(__name__)


class Fenced(Exception):
    """Another process has the lease by now: what was done is taken back."""


class Lease:
    """One process's try to be the one. `fence` grows with each holder."""

    def __init__(self) -> None:
        self.holder = secrets.token_hex(8)
        self.fence = 0
        self._stopping = threading.Event()

    def take(self) -> bool:
        """Take or renew it; False where another process holds it, or this one is to stop."""
        if self._stopping.is_set():
            return False
        now = clock.real_now()
        try:
            with transaction():
                row = db.session.scalars(
                    select(JobLease).where(JobLease.name == NAME).with_for_update()
                ).first()
                if row is None:
                    row = JobLease(name=NAME, holder="", fence=0, until=now - LEASE_FOR)
                    db.session.add(row)
                if row.holder != self.holder:
                    if row.until > now:
                        row.until = min(row.until, now + LEASE_FOR)  # the clock was put back
                        return False
                    row.holder, row.fence = self.holder, row.fence + 1
                row.until = now + LEASE_FOR
                self.fence = row.fence
        except IntegrityError:  # two made the first row at once
            return False
        return True

    def hold(self) -> None:
        """Within a transaction, to its end nobody else takes it. Raises Fenced."""
        found = select(JobLease.name).where(*self._own()).with_for_update()
        if db.session.scalar(found) is None:
            raise Fenced

    def _own(self) -> tuple[ColumnElement[bool], ...]:
        own = JobLease.holder == self.holder, JobLease.fence == self.fence
        return JobLease.name == NAME, *own

    def _renew(self) -> bool:
        """Of what is still this one's; nothing is taken over in the middle of a unit."""
        until = clock.real_now() + LEASE_FOR
        with transaction():
            found = update(JobLease).where(*self._own()).values(until=until)
            return db.session.scalar(found.returning(JobLease.name)) is not None

    def give_up(self) -> None:
        """Whoever looks next has it."""
        with transaction():
            row = db.session.get(JobLease, NAME)
            if row is not None and row.holder == self.holder:
                row.until = clock.real_now()

    def stop(self) -> None:
        """Nothing is begun any more."""
        self._stopping.set()

    @property
    def is_stopping(self) -> bool:
        return self._stopping.is_set()

    @contextmanager
    def renewed(self, app: Flask) -> Iterator[None]:
        """Within, it is renewed beside what goes on."""
        over = threading.Event()

        def renew() -> None:
            with app.app_context():
                while not over.wait(RENEWED_EVERY):
                    try:
                        if not self._renew():
                            return
                    except OperationalError:  # SQLite's one writer is at it: nobody else gets it
                        logger.info("the lease could not be renewed yet")
                    finally:
                        db.session.remove()

        thread = threading.Thread(target=renew, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()
