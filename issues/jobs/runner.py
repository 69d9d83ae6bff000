"""Runs jobs: one unit a transaction, a failed unit set aside, one runner at a time by a lease.

What is due is computed from dates and the mark of the last day done, never from ticks, so a night
spent down is made up for, and nothing is done twice.
"""

import logging
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy.exc import IntegrityError

from extensions import db, transaction
from issues import quarantine
from issues.dossiers.sealing import Seal
from issues.evidence.storage.store import Store
from issues.ground import clock
from issues.jobs.job import NO_COPIES, NOWHERE, Copies, Job, Outside, Tools
from issues.jobs.lease import NAME as LEASE, Fenced, Lease
from issues.jobs.timetable import TIMETABLE
from issues.models import JobFailure, JobMark, JobRun
from issues.notices.fonts.faces import Faces

DAILY = [job for job in TIMETABLE if not job.is_all_day]
ALL_DAY = [job for job in TIMETABLE if job.is_all_day]
MOST_DAYS_BACK = 400
logger = logging.getLogger(__name__)


class Outcome(NamedTuple):
    done: int
    failed: int


def tools_for(
    on: date,
    store: Store,
    secret: str,
    notify_urls: tuple[str, ...] = (),
    faces: Callable[[], Faces] | None = None,
    seal: Seal | None = None,
    anchors: Outside = NOWHERE,
    copies: Copies = NO_COPIES,
) -> Tools:
    """A copy put back from a backup speaks to nobody, and pushes out no backup of the real one."""
    outward = notify_urls, anchors, copies
    if outward != ((), NOWHERE, NO_COPIES) and quarantine.is_on():
        notify_urls, anchors, copies = (), NOWHERE, NO_COPIES
    moment = clock.local(clock.now())
    at = datetime.combine(on, moment.timetz())
    return Tools(on, at, store, secret, notify_urls, faces, seal, anchors, copies)


def run_once(
    job: Job,
    tools: Tools,
    goes_on: Callable[[], bool] = lambda: True,
    hold: Callable[[], None] = lambda: None,
) -> Outcome:
    """Every unit of a job on a day, each in its own transaction, which `hold` may take back."""
    began = clock.real_now()
    units = list(job.find(tools))
    db.session.rollback()
    done = failed = 0
    for unit in units:
        if not goes_on():
            break
        try:
            with nullcontext() if job.is_all_day else transaction():
                did = job.do(tools, unit)
                if not job.is_all_day:
                    hold()
            done += did
        except Fenced:
            logger.warning("job %s unit %s was taken back: the lease is lost", job.name, unit)
            break
        except IntegrityError:
            logger.info("job %s unit %s was done by another process", job.name, unit)
        except Exception as error:  # the one place where a unit may fail for any reason
            logger.exception("job %s unit %s failed", job.name, unit)
            failed += 1
            _set_aside(job, tools, unit, error)
    if units or not job.is_all_day:
        _note(job, tools, began, Outcome(done, failed))
    return Outcome(done, failed)


def _note(job: Job, tools: Tools, began: datetime, outcome: Outcome) -> None:
    """What the job did last, for the administrator to see; of two at once the faster is told."""
    ended = clock.real_now()
    said = {
        "on": tools.on,
        "began_at": began,
        "ended_at": ended,
        "done": outcome.done,
        "failed": outcome.failed,
    } | ({} if outcome.failed else {"well_at": ended})
    try:
        with transaction():
            db.session.merge(JobRun(name=job.name, **said))
    except IntegrityError:  # both made the first row
        logger.info("job %s was noted by another process", job.name)


def _set_aside(job: Job, tools: Tools, unit: str, error: Exception) -> None:
    """Once a unit and day, for the administrator to see; the rest goes on."""
    try:
        with transaction():
            db.session.add(
                JobFailure(
                    name=job.name,
                    unit=unit[:80],
                    on=tools.on,
                    message=f"{type(error).__name__}: {error}"[:2000],
                    at=clock.real_now(),
                )
            )
    except IntegrityError:
        logger.info("job %s unit %s was set aside before", job.name, unit)


class Runner:
    """One process's try to be the one that runs the jobs."""

    def __init__(
        self,
        store: Store,
        secret: str,
        notify_urls: tuple[str, ...] = (),
        faces: Callable[[], Faces] | None = None,
        seal: Seal | None = None,
        anchors: Outside = NOWHERE,
        copies: Copies = NO_COPIES,
    ) -> None:
        self.store = store
        self.secret = secret
        self.notify_urls = notify_urls
        self.faces = faces
        self.seal = seal
        self.anchors = anchors
        self.copies = copies
        self.lease = Lease()

    def take_lease(self) -> bool:
        """Take or renew the lease; False where another process holds it."""
        return self.lease.take()

    def catch_up(self) -> int:
        """Everything due up to today, day by day; units done. Stops where the lease is lost."""
        done = 0
        days = self._days_due()
        for on in days:
            for job in DAILY:
                if job.is_of_the_last_day and on < days[-1]:
                    continue
                if not self.take_lease():
                    return done
                tools = tools_for(on, self.store, self.secret, anchors=self.anchors)
                outcome = run_once(job, tools, self.take_lease, self.lease.hold)
                done += outcome.done
            if not (self.take_lease() and self._mark(on)):  # one that stops has left units undone
                return done
        return done

    def speak(self) -> int:
        """What is to be told outside now, and what people wait for; units done."""
        urls, faces = self.notify_urls, self.faces
        tools = tools_for(
            clock.today(), self.store, self.secret, urls, faces, self.seal, self.anchors,
            self.copies,
        )  # fmt: skip
        return sum(run_once(job, tools, self.take_lease).done for job in ALL_DAY)

    def _days_due(self) -> list[date]:
        today = clock.today()
        mark = db.session.get(JobMark, LEASE)
        first = today if mark is None else mark.done_through + timedelta(days=1)
        first = max(first, today - timedelta(days=MOST_DAYS_BACK))
        db.session.rollback()
        return [first + timedelta(days=n) for n in range((today - first).days + 1)]

    def _mark(self, on: date) -> bool:
        """Only the holder of the newest lease moves the mark."""
        with transaction():
            try:
                self.lease.hold()
            except Fenced:
                return False
            mark = db.session.get(JobMark, LEASE)
            if mark is None:
                db.session.add(JobMark(name=LEASE, done_through=on))
            else:
                mark.done_through = max(mark.done_through, on)
        return True
