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
PLACES_EACH = 8
WINDOW = 1.0
REREAD_AFTER = 10.0
_HEAD = struct.Struct("<8sQ")
_MOMENT = struct.Struct("<d")


class Tally:
    """For each caller the moments of its last `rate` calls, in a ring. The file never grows.

    A caller has a place of its own among the few where it may stand, taken from one that has been
    quiet for a second. Where all of them are busy it is counted with the caller of the first, so
    that nobody begins anew by making others call.
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
        home = int.from_bytes(mark[8:12], "little")
        places = [(home + step) % SLOTS * self.slot for step in range(PLACES_EACH)]
        with self._lock:
            fcntl.flock(self._door, fcntl.LOCK_EX)
            try:
                return self._count(self._own(places, mark[:8], now), now)
            finally:
                fcntl.flock(self._door, fcntl.LOCK_UN)

    def _own(self, places: list[int], mark: bytes, now: float) -> int:
        """Where this caller is counted."""
        quiet = None
        for place in places:
            kept, calls = _HEAD.unpack_from(self._map, place)
            if kept == mark:
                return place
            if quiet is None and not (calls and self._is_within(place, calls - 1, now)):
                quiet = place
        if quiet is None:
            return places[0]
        self._map[quiet : quiet + self.slot] = _HEAD.pack(mark, 0).ljust(self.slot, b"\0")
        return quiet

    def _count(self, place: int, now: float) -> float:
        mark, calls = _HEAD.unpack_from(self._map, place)
        if calls >= self.rate and self._is_within(place, calls, now):
            return self._moment(place, calls) + WINDOW - now
        _MOMENT.pack_into(self._map, self._ring(place, calls), now)
        _HEAD.pack_into(self._map, place, mark, calls + 1)
        return 0.0

    def _is_within(self, place: int, call: int, now: float) -> bool:
        """Whether it was in the last second; a later one is of a clock since set back."""
        return now - WINDOW < self._moment(place, call) <= now

    def _moment(self, place: int, call: int) -> float:
        return _MOMENT.unpack_from(self._map, self._ring(place, call))[0]

    def _ring(self, place: int, call: int) -> int:
        return place + _HEAD.size + call % self.rate * _MOMENT.size


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
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST:
        return value
    return DEFAULT


def register(app: Flask) -> None:
    app.extensions["api_limit"] = limit = Limit(_folder(app.extensions["settings"].instance))
    app.before_request(limit.admit)


def _folder(instance: Path) -> Path:
    """The machine's temporary folder where the product may not write into its own."""
    with contextlib.suppress(OSError):
        instance.mkdir(parents=True, exist_ok=True)
    return instance if os.access(instance, os.W_OK) else Path(tempfile.gettempdir())
