"""What the database tells of how the product is run: work that waits, jobs, and of itself.

Each function is one statement or two, whatever stands in the rows.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import and_, case, func, select, text

from extensions import db
from issues.models import JobLease, JobMark, JobRun, LongWork, Outbox
from issues.notices.delivery.outbox import is_waiting
from issues.queries.admin.running import LEASE
from issues.vocabulary import WorkState

LATELY = timedelta(days=7)
"""A piece of work that was broken off before has been asked for again, or is not missed."""
ACTIVITY = text(
    "SELECT coalesce(state, 'other') AS state, count(*) AS many,"
    " coalesce(max(extract(epoch FROM clock_timestamp() - xact_start)), 0) AS longest"
    " FROM pg_stat_activity"
    " WHERE datname = current_database() AND backend_type = 'client backend'"
    " AND pid <> pg_backend_pid() GROUP BY 1"
)
STATES = {"active": "active", "idle": "idle"}
IN_TRANSACTION = "in_transaction"
"""What PostgreSQL calls `idle in transaction`, aborted or not, and anything else it is at."""


@dataclass(frozen=True, slots=True)
class Works:
    queued: int
    running: int
    broken: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Lines that are to be told outside; `failing` have been tried in vain."""

    lines: int
    failing: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Jobs:
    runs: list[JobRun]
    until: datetime | None
    done_through: date | None


@dataclass(frozen=True, slots=True)
class Engine:
    """`wal` is SQLite's alone; the rest PostgreSQL's."""

    size: int
    schema: str
    wal: int | None = None
    connections: dict[str, int] = field(default_factory=dict[str, int])
    most_connections: int | None = None
    longest: float | None = None


def works(now: datetime) -> Works:
    is_queued, is_running = (
        LongWork.state == state for state in (WorkState.QUEUED, WorkState.RUNNING)
    )
    is_broken = and_(LongWork.state == WorkState.BROKEN, LongWork.ended_at > now - LATELY)
    row = db.session.execute(
        select(
            func.count(case((is_queued, 1))),
            func.count(case((is_running, 1))),
            func.count(case((is_broken, 1))),
            func.min(case((is_queued, LongWork.made_at))),
        )
    ).one()
    return Works(*row)


def waiting() -> Waiting:
    row = db.session.execute(
        select(
            func.count(), func.count(case((Outbox.fault != "", 1))), func.min(Outbox.written_at)
        ).where(is_waiting())
    ).one()
    return Waiting(*row)


def jobs() -> Jobs:
    held = select(JobLease.until).where(JobLease.name == LEASE).scalar_subquery()
    mark = select(JobMark.done_through).where(JobMark.name == LEASE).scalar_subquery()
    until, done_through = db.session.execute(select(held, mark)).one()
    return Jobs(list(db.session.scalars(select(JobRun))), until, done_through)


def engine() -> Engine:
    if db.engine.dialect.name == "sqlite":
        return _of_sqlite()
    size, schema, most = db.session.execute(
        text(
            "SELECT pg_database_size(current_database()),"
            " (SELECT max(version_num) FROM alembic_version),"
            " current_setting('max_connections')::int"
        )
    ).one()
    found = {STATES["active"]: 0, STATES["idle"]: 0, IN_TRANSACTION: 0}
    longest = 0.0
    for row in db.session.execute(ACTIVITY):
        found[STATES.get(row.state, IN_TRANSACTION)] += row.many
        longest = max(longest, float(row.longest))
    return Engine(size, schema or "", None, found, most, longest)


def _of_sqlite() -> Engine:
    row = db.session.execute(
        text(
            "SELECT (SELECT page_count FROM pragma_page_count()) *"
            " (SELECT page_size FROM pragma_page_size()),"
            " (SELECT max(version_num) FROM alembic_version)"
        )
    ).one()
    name = db.engine.url.database
    wal = Path(f"{name}-wal") if name else None
    size = wal.stat().st_size if wal is not None and wal.exists() else 0
    return Engine(row[0], row[1] or "", size)
