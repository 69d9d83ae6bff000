"""A backup each day in one folder, under the day's date, and so many of them kept."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from issues.backups import runs, taking
from issues.backups.manifest import NAME, Manifest
from issues.evidence.storage.store import Store
from issues.ground import clock
from issues.vocabulary import BackupKind

try:
    import fcntl
except ImportError:  # Windows: one process only
    fcntl = None  # type: ignore[assignment]  # there is no other word for a missing module

LOCK = ".lock"
GONE = ".gone"
OLDEST = timedelta(days=1)
NONE_YET = "BACKUP_DIR 中还没有备份，请确认 jobs run 在运行。"
TOO_OLD = "最近的备份是 {}，已超过一天，请确认 jobs run 在运行，或在“后台和存储”中查看失败的原因。"


def today() -> date:
    """By the real clock: an example that stands still is backed up each day too."""
    return clock.day_of(clock.real_now())


def days(folder: Path) -> list[date]:
    """Those that have a whole backup, the newest last."""
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        with contextlib.suppress(ValueError):
            if (path / NAME).is_file():
                found.append(date.fromisoformat(path.name))
    return sorted(found)


def newest_at(folder: Path) -> datetime | None:
    """When the newest whole backup was ended; None where there is none."""
    known = days(folder)
    if not known:
        return None
    ended = (folder / known[-1].isoformat() / NAME).stat().st_mtime
    return datetime.fromtimestamp(ended, clock.SHANGHAI)


def take(folder: Path, kept: int, store: Store, say: Callable[[str], None]) -> Manifest | None:
    """Today's, unless it is there or being taken; older ones than so many go."""
    with alone(folder) as mine:
        known = days(folder)
        if not mine or today() in known:
            return None
        for left in (*folder.glob(f"*{taking.UNFINISHED}-*"), *folder.glob(f"*{GONE}")):
            shutil.rmtree(left, ignore_errors=True)
        earlier = folder / known[-1].isoformat() if known else None
        target = folder / today().isoformat()
        with runs.noted(BackupKind.TAKE, target.name) as run:
            made = taking.take(target, store, earlier=earlier, say=say)
            run.result = made.summary
        for day in days(folder)[:-kept]:
            old = folder / day.isoformat()
            shutil.rmtree(old.rename(old.with_suffix(GONE)), ignore_errors=True)
        return made


def faults(folder: Path | None) -> Iterator[str]:
    """A sentence where the newest is too old."""
    if folder is None:
        return
    known = days(folder)
    if not known:
        yield NONE_YET
    elif today() - known[-1] > OLDEST:
        yield TOO_OLD.format(known[-1])


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Whether nobody else writes backups there now, and none of them is put back."""
    with (folder / LOCK).open("w") as door:
        try:
            if fcntl is not None:
                fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
