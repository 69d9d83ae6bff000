"""How often one token may call: an exact count over the last second.

It is shared by all processes of this machine through a small mapped file; nothing is written to
the database for it.
"""

import contextlib
import fcntl
import hashlib
import mmap
import os
import struct
import tempfile
from pathlib import Path
from threading import Lock

from flask import Flask, request
from werkzeug.exceptions import TooManyRequests

from issues.colour.policies import setting
from issues.ground import clock
from issues.web.door.admission import BEARER

SETTING = "api_calls_a_second"
DEFAULT = 50
MOST = 1000
SLOTS = 1024
WINDOW = 1.0
REREAD_AFTER = 10.0
_HEAD = struct.Struct("<8sQ")
_MOMENT = struct.Struct("<d")


class Tally:
    """For each caller the moments of its last `rate` calls, in a ring.

    A caller whose place another one takes begins anew: the file is small and never grows.
    """

    def __init__(self, folder: Path, rate: int) -> None:
        self.rate = rate
        self.slot = _HEAD.size + rate * _MOMENT.size
        folder.mkdir(parents=True, exist_ok=True)
        self._door = os.open(folder / f"api-calls-{rate}", os.O_RDWR | os.O_CREAT, 0o600)
        os.ftruncate(self._door, SLOTS * self.slot)
        self._map = mmap.mmap(self._door, SLOTS * self.slot)
        self._lock = Lock()

    def wait(self, caller: str, now: float) -> float:
        """Seconds until this caller may call; 0 where it may now, which counts as a call."""
        mark = hashlib.sha256(caller.encode()).digest()
        place = int.from_bytes(mark[8:12], "little") % SLOTS * self.slot
        with self._lock:
            fcntl.flock(self._door, fcntl.LOCK_EX)
            try:
                return self._count(place, mark[:8], now)
            finally:
                fcntl.flock(self._door, fcntl.LOCK_UN)

    def _count(self, place: int, mark: bytes, now: float) -> float:
        kept, calls = _HEAD.unpack_from(self._map, place)
        if kept != mark:
            calls = 0
            self._map[place : place + self.slot] = bytes(self.slot)
        ring = place + _HEAD.size + calls % self.rate * _MOMENT.size
        (oldest,) = _MOMENT.unpack_from(self._map, ring)
        if now - WINDOW < oldest <= now:  # a later one is of a clock since set back
            return oldest + WINDOW - now
        _MOMENT.pack_into(self._map, ring, now)
        _HEAD.pack_into(self._map, place, mark, calls + 1)
        return 0.0


class Limit:
    """The tally at the rate the city has set, looked up again every few seconds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tally: Tally | None = None
        self._read_at = 0.0

    def forget(self) -> None:
        """Look the setting up again at the next call."""
        self._read_at = 0.0

    def admit(self) -> None:
        """Raises TooManyRequests for a token that has called too often within a second."""
        header = request.headers.get("Authorization", "")
        if request.blueprint is None or not header.startswith(BEARER):
            return
        if not request.blueprint.startswith("api."):
            return
        now = clock.real_now().timestamp()
        wait = self._current(now).wait(header, now)
        if wait:
            raise TooManyRequests(retry_after=max(1, round(wait)))

    def _current(self, now: float) -> Tally:
        if self._tally is None or not 0 <= now - self._read_at < REREAD_AFTER:
            rate = rate_of(setting(SETTING, DEFAULT))
            if self._tally is None or self._tally.rate != rate:
                self._tally = Tally(self._folder, rate)  # another thread may still count in the old
            self._read_at = now
        return self._tally


def rate_of(value: object) -> int:
    """The setting as a rate; the default where it is no number from 1 to a thousand."""
    is_sound = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST
    return value if is_sound else DEFAULT


def register(app: Flask) -> None:
    app.extensions["api_limit"] = limit = Limit(_folder(app.extensions["settings"].instance))
    app.before_request(limit.admit)


def _folder(instance: Path) -> Path:
    """The machine's temporary folder where the product may not write into its own."""
    with contextlib.suppress(OSError):
        instance.mkdir(parents=True, exist_ok=True)
    return instance if os.access(instance, os.W_OK) else Path(tempfile.gettempdir())
