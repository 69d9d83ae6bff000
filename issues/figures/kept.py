"""What this process counts, and what all processes of the machine have counted.

Counters last from one process to the next; what stands only while a process lives goes with it.
"""

import logging
import os
import shutil
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from issues.figures import slots
from issues.figures.slots import Key, Slot
from issues.ground import clock

BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper ends of the classes of request times, in seconds; the last class has none."""
TIMES, SUM = "times", "sum"
NOW, SINCE, STARTED = "now", "since", "started"
LAYOUT = "1"
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Totals:
    """Over all processes: counters, what stands now, and how many live.

    `since` is when counting began, `started` when the first of those that live did; seconds since
    1970, None where nobody has.
    """

    counts: Mapping[Key, float]
    now: Mapping[Key, float]
    processes: int
    since: float | None
    started: float | None


class Kept:
    """`home` holds a folder for each build, so that a new one begins anew.

    Nothing is opened before the first count: a command counts nothing and is no process.
    """

    def __init__(self, home: Path, build: str) -> None:
        self.folder = home / f"{build}-{LAYOUT}"
        self._home = home
        self._lock = Lock()
        self.slot: Slot | None = None
        self._owner = 0
        self._counts: dict[Key, float] = defaultdict(float)
        self._now: dict[Key, float] = defaultdict(float)
        self._times: dict[Key, tuple[tuple[Key, ...], Key]] = {}

    def open(self) -> None:
        """Be counted as a process from now on."""
        with self._lock:
            self._own()

    def add(self, *key: str) -> None:
        with self._lock:
            self._add(key, 1.0)

    def time(self, seconds: float, *labels: str) -> None:
        """One request of these labels, by its time."""
        with self._lock:
            known = self._times.get(labels)
            if known is None:
                classes = tuple((TIMES, *labels, str(place)) for place in range(len(BOUNDS) + 1))
                known = self._times[labels] = classes, (SUM, *labels)
            self._add(known[0][bisect_left(BOUNDS, seconds)], 1.0)
            self._add(known[1], seconds)

    def move(self, change: float, *key: str) -> None:
        """Of what stands while this process lives. Opens nothing."""
        self._stand((NOW, *key), change, is_change=True)

    def put(self, value: float, *key: str) -> None:
        self._stand((NOW, *key), value, is_change=False)

    def _stand(self, key: Key, value: float, *, is_change: bool) -> None:
        with self._lock:
            value += self._now[key] if is_change else 0
            self._now[key] = value
            if self.slot is not None and self._owner == os.getpid():
                self.slot.write(key, value)

    def _add(self, key: Key, amount: float) -> None:
        slot = self._own()
        self._counts[key] = value = self._counts[key] + amount
        if slot is not None:
            slot.write(key, value)

    def _own(self) -> Slot | None:
        """Opened once in each process; None where the disk gives no room for it."""
        if self._owner == os.getpid():
            return self.slot
        self._owner, self.slot = os.getpid(), None
        self._counts.clear()
        started = clock.real_now().timestamp()
        self._counts[(SINCE,)], self._now[(STARTED,)] = started, started
        try:
            self.slot = slot = Slot(self.folder)
        except OSError:
            logger.warning("requests of this process are counted for itself alone", exc_info=True)
            return None
        self._counts |= {key: n for key, n in slot.earlier.items() if key[0] not in (NOW, STARTED)}
        for key in slot.earlier:
            if key[0] == NOW:
                slot.write(key, 0.0)
        for key, value in [*self._counts.items(), *self._now.items()]:
            slot.write(key, value)
        self._leave_earlier_builds()
        return slot

    def _leave_earlier_builds(self) -> None:
        for folder in self._home.iterdir():
            is_left = folder != self.folder and folder.is_dir()
            if is_left and not any(map(slots.is_held, slots.files(folder))):
                shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """The slot is free for the next process; a process that ends does the same."""
        with self._lock:
            if self.slot is not None:
                self.slot.close()
            self.slot, self._owner = None, 0

    def totals(self) -> Totals:
        counts: dict[Key, float] = defaultdict(float)
        now: dict[Key, float] = defaultdict(float)
        began, started, processes = [], [], 0
        for entries, is_live in self._read():
            processes += is_live
            for key, value in entries.items():
                if key[0] == SINCE:
                    began.append(value)
                elif key[0] == STARTED:
                    started += [value] if is_live else []
                elif key[0] == NOW:
                    now[key[1:]] += value if is_live else 0.0
                else:
                    counts[key] += value
        return Totals(counts, now, processes, min(began, default=None), min(started, default=None))

    def _read(self) -> list[tuple[dict[Key, float], bool]]:
        found = []
        if self._owner == os.getpid() and self.slot is None:
            found.append(({**self._counts, **self._now}, True))
        for path in slots.files(self.folder):
            try:
                found.append((dict(slots.entries(path)), slots.is_held(path)))
            except (*slots.WRONG, OSError):
                logger.warning("the counts of %s cannot be read", path)
        return found
