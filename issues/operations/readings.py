"""One reading of all figures: what the processes counted, the database, the disks, the dates.

The page and `/metrics` call the same function. SQL: at most 14 statements, whatever stands in the
rows.
"""

import logging
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from config import Config
from extensions import db
from issues.backups import daily, drills
from issues.colour.policies import workdays
from issues.figures import build
from issues.figures.kept import Kept
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.jobs.lease import LEASE_FOR
from issues.notices.pdf.signature import Signer
from issues.operations.families import BY_NAME
from issues.operations.routes import Route, routes_of
from issues.queries.admin import operations as queries
from issues.queries.admin.stored import stored

Signing = Callable[[], Signer | None]
logger = logging.getLogger(__name__)
FURTHEST = 5
"""Years of a calendar that are looked at ahead."""


class Sample(NamedTuple):
    labels: tuple[str, ...]
    value: float


@dataclass(frozen=True, slots=True)
class Readings:
    """`samples` by the name of their family; one that nobody can tell here has none."""

    at: datetime
    routes: list[Route]
    samples: dict[str, list[Sample]]

    @property
    def database(self) -> str:
        """Which kind it is."""
        return db.engine.dialect.name

    def one(self, name: str) -> float | None:
        """Of a family without labels."""
        found = self.samples.get(name, [])
        return found[0].value if found else None


@dataclass(frozen=True, slots=True)
class Ground:
    """What is read: the settings, what was counted, who signs."""

    settings: Config
    kept: Kept
    signer: Signing


Told = Iterator[tuple[str, tuple[str, ...], float | None]]


def readings(ground: Ground) -> Readings:
    """Where the database does not answer, what can be told without it."""
    at = clock.real_now()
    totals = ground.kept.totals()
    samples: dict[str, list[Sample]] = {}
    for name, labels, value in _all(ground, at):
        if value is not None:
            samples.setdefault(name, []).append(Sample(labels, float(value)))
    for key, value in sorted({**totals.counts, **totals.now}.items()):
        if key[0] in BY_NAME:
            samples.setdefault(key[0], []).append(Sample(key[1:], value))
    refused = samples.setdefault("lane_refused_total", [])
    known = {one.labels for one in refused}
    refused += [Sample(own, 0.0) for own, _ in samples.get("lane_places", []) if own not in known]
    samples["web_processes"] = [Sample((), float(totals.processes))]
    for name, moment in (("started", totals.started), ("counted_since", totals.since)):
        if moment is not None:
            samples[f"web_{name}_timestamp_seconds"] = [Sample((), moment)]
    return Readings(at, routes_of(totals.counts), samples)


def _all(ground: Ground, at: datetime) -> Told:
    yield from _disks(ground.settings)
    yield "certificate_until_timestamp_seconds", (), _certificate_until(ground.signer)
    is_up = True
    try:
        yield from _of_rows(ground, at)
    except SQLAlchemyError:
        logger.warning("the database does not answer", exc_info=True)
        db.session.rollback()
        is_up = False
    yield "database_up", (), is_up


def _of_rows(ground: Ground, at: datetime) -> Told:
    yield from _works(at)
    yield from _jobs(at)
    held = stored()
    yield "evidence_files", (), held.files
    yield "evidence_bytes", (), held.size
    yield from _database()
    yield from _backups(ground.settings)
    yield "calendar_until_timestamp_seconds", (), _calendar_until()


def _works(at: datetime) -> Told:
    works, waiting = queries.works(at), queries.waiting()
    yield "works", ("queued",), works.queued
    yield "works", ("running",), works.running
    yield "works_broken", (), works.broken
    yield "works_oldest_wait_seconds", (), _since(works.oldest, at)
    yield "outbox_lines", ("waiting",), waiting.lines - waiting.failing
    yield "outbox_lines", ("failing",), waiting.failing
    yield "outbox_oldest_wait_seconds", (), _since(waiting.oldest, at)


def _since(oldest: datetime | None, at: datetime) -> float:
    """Where nothing waits nobody has waited."""
    return max(0.0, (at - oldest).total_seconds()) if oldest else 0.0


def _jobs(at: datetime) -> Told:
    found = queries.jobs()
    if found.until is not None:
        yield "job_lease_age_seconds", (), (at - (found.until - LEASE_FOR)).total_seconds()
    if found.done_through is not None:
        yield "jobs_days_behind", (), max(0, (clock.today() - found.done_through).days)
    for run in sorted(found.runs, key=lambda run: run.name):
        own = (run.name,)
        yield "job_last_end_timestamp_seconds", own, run.ended_at.timestamp()
        yield (
            "job_last_success_timestamp_seconds", own,
            run.well_at.timestamp() if run.well_at else None,
        )  # fmt: skip
        took = (run.ended_at - run.began_at).total_seconds() if run.began_at else None
        yield "job_last_duration_seconds", own, took
        yield "job_last_done", own, run.done
        yield "job_last_failed", own, run.failed


def _disks(settings: Config) -> Told:
    """Two places on one disk are told of alike."""
    disks: dict[int, tuple[int, int, int]] = {}
    for place, wanted in places(settings):
        path = next(one for one in (wanted, *wanted.parents) if one.exists())
        try:
            total, _, free = disks.setdefault(path.stat().st_dev, shutil.disk_usage(path))
        except OSError:
            continue  # what cannot be read is told by who needs it
        yield "disk_free_bytes", (place,), free
        yield "disk_bytes", (place,), total


def places(settings: Config) -> Iterator[tuple[str, Path]]:
    """The folders of this machine that are written to, by what is kept there."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        yield "database", Path(url.database).parent
    if settings.evidence_url.startswith("file:"):
        yield "evidence", Path(url2pathname(urlsplit(settings.evidence_url).path))
    yield "instance", settings.instance
    yield from (
        (name, path)
        for name, path in (("backup", settings.backup_dir), ("log", settings.log_dir))
        if path is not None
    )


def _database() -> Told:
    found = queries.engine()
    python = ".".join(map(str, sys.version_info[:2]))
    yield "build_info", (build.version(), found.schema, python, db.engine.dialect.name), 1
    yield "database_bytes", (), found.size
    yield "database_wal_bytes", (), found.wal
    yield from (
        ("database_connections", (state,), many) for state, many in found.connections.items()
    )
    yield "database_connections_limit", (), found.most_connections
    yield "database_longest_transaction_seconds", (), found.longest


def _backups(settings: Config) -> Told:
    folder = settings.backup_dir
    made = daily.newest_at(folder) if folder is not None else None
    well = drills.last_well()
    yield "backup_last_success_timestamp_seconds", (), made.timestamp() if made else None
    yield "drill_last_success_timestamp_seconds", (), well.timestamp() if well else None


def _calendar_until() -> float | None:
    """The end of the last year, from this one on without a gap, whose holidays are known."""
    year, days = clock.today().year, workdays()
    end = year
    while end < year + FURTHEST and not days.guessed(date(end, 1, 1), date(end, 1, 1)):
        end += 1
    first = datetime(end, 1, 1, tzinfo=clock.SHANGHAI)
    return (first - timedelta(seconds=1)).timestamp()


def _certificate_until(signer: Signing) -> float | None:
    try:
        found = signer()
        until = found.holds_until() if found else None
    except Refusal:
        return None
    return until.timestamp() if until is not None else None
