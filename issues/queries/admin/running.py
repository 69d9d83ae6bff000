"""What keeps the product running, for its administrator: jobs, what failed, backups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from extensions import db
from issues.ground import clock
from issues.models import BackupRun, JobFailure, JobLease, JobMark, JobRun

MOST_FAILURES = 50
MOST_BACKUPS = 20
SILENT = timedelta(minutes=15)
"""A backup that is not heard of for so long was broken off: one table or file takes less."""
LEASE = "jobs"


@dataclass(frozen=True, slots=True)
class Running:
    """`backups` are the newest with whether each is under way: heard of, and not ended."""

    runs: dict[str, JobRun]
    backups: Sequence[tuple[BackupRun, bool]]
    failures: Sequence[JobFailure]
    is_alive: bool
    done_through: date | None


def running() -> Running:
    """Five statements."""
    runs = {row.name: row for row in db.session.scalars(select(JobRun))}
    failures = select(JobFailure).order_by(JobFailure.id.desc()).limit(MOST_FAILURES)
    return Running(
        runs=runs,
        failures=db.session.scalars(failures).all(),
        backups=_backups(),
        is_alive=is_alive(),
        done_through=db.session.scalar(select(JobMark.done_through).where(JobMark.name == LEASE)),
    )


def _backups() -> list[tuple[BackupRun, bool]]:
    lately = clock.real_now() - SILENT
    rows = select(BackupRun).order_by(BackupRun.id.desc()).limit(MOST_BACKUPS)
    return [
        (row, row.ended_at is None and row.beat_at > lately) for row in db.session.scalars(rows)
    ]


def is_alive() -> bool:
    """Whether a process holds the lease of the jobs now. One statement."""
    until: datetime | None = db.session.scalar(select(JobLease.until).where(JobLease.name == LEASE))
    return until is not None and until > clock.real_now()
