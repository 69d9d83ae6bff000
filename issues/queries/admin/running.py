"""What keeps the product running, for its administrator: jobs, what failed, what is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, union

from extensions import db
from issues.ground import clock
from issues.models import (
    ComplaintOriginal,
    CovertPhoto,
    Evidence,
    JobFailure,
    JobLease,
    JobMark,
    JobRun,
)

MOST_FAILURES = 50
LEASE = "jobs"


@dataclass(frozen=True, slots=True)
class Stored:
    """Distinct originals and their bytes, as rows tell them."""

    files: int
    size: int


@dataclass(frozen=True, slots=True)
class Running:
    runs: dict[str, JobRun]
    failures: Sequence[JobFailure]
    is_alive: bool
    done_through: date | None


def running() -> Running:
    """Four statements."""
    runs = {row.name: row for row in db.session.scalars(select(JobRun))}
    failures = select(JobFailure).order_by(JobFailure.id.desc()).limit(MOST_FAILURES)
    return Running(
        runs=runs,
        failures=db.session.scalars(failures).all(),
        is_alive=is_alive(),
        done_through=db.session.scalar(select(JobMark.done_through).where(JobMark.name == LEASE)),
    )


def is_alive() -> bool:
    """Whether a process holds the lease of the jobs now. One statement."""
    until: datetime | None = db.session.scalar(select(JobLease.until).where(JobLease.name == LEASE))
    return until is not None and until > clock.real_now()


def stored() -> Stored:
    """One statement."""
    tables = (Evidence, CovertPhoto, ComplaintOriginal)
    each = union(*(select(table.sha256, table.size) for table in tables)).subquery()
    files, size = db.session.execute(
        select(func.count(), func.coalesce(func.sum(each.c.size), 0)).select_from(each)
    ).one()
    return Stored(files, int(size))
