"""Where the processes of one machine count: each in a mapped file of its own, its slot.

A slot belongs to who holds the lock of its file, and a process that begins goes on in the first one
nobody holds: what was counted before it is kept, no count ever goes back, and there are never more
files than there were processes at one time. Nothing is left to clean up after one that was killed.
"""

import contextlib
import logging
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from weakref import finalize

from prometheus_client.mmap_dict import MmapedDict

try:
    import fcntl
except ImportError:  # Windows: one process only
    fcntl = None  # type: ignore[assignment]  # there is no other word for a missing module

SUFFIX = ".counts"
MOST = 256
SIZE = 4 * 1024 * 1024
"""About 2,500 routes by method and class. Written out whole: a hole of a mapped file that a full
disk cannot fill ends the process, and a full disk is no reason to stop answering."""
HEAD = 8
BETWEEN = "\x1f"
"""Stands in no name of a route, a lane, a job."""
EACH = 32
"""Bytes that an entry takes beside its name, at most."""
WRONG = (RuntimeError, ValueError, TypeError, struct.error)
"""What reading a file raises that was cut by a crash of the machine; also where a name is none."""
Key = tuple[str, ...]
logger = logging.getLogger(__name__)


class Slot:
    """One process's own. What finds no room in it any more is not kept.

    `close` leaves it to the next process; so does the end of this one, however it comes.
    """

    def __init__(self, folder: Path) -> None:
        """Raises OSError, also where MOST processes are at it."""
        folder.mkdir(parents=True, exist_ok=True)
        self.path, self._door = _claim(folder)
        try:
            _check_head(self._door)
            self.earlier = dict(entries(self.path))
        except WRONG:
            logger.warning("the counts of %s are cut and begin anew", self.path)
            _write_out(self._door)
            self.earlier = {}
        self._file = MmapedDict(str(self.path))
        self.close = finalize(self, _close, self._file, self._door)
        self._names: dict[Key, str] = {}
        self._room = SIZE - HEAD
        for key in self.earlier:
            self._name(key)

    def write(self, key: Key, value: float) -> None:
        if name := self._names.get(key) or self._name(key):
            self._file.write_value(name, value, 0.0)

    def _name(self, key: Key) -> str:
        name = BETWEEN.join(key)
        cost = len(name.encode()) + EACH
        if cost > self._room:
            return ""
        self._room -= cost
        self._names[key] = name
        return name


def _close(file: MmapedDict, door: int) -> None:
    file.close()
    os.close(door)


def _claim(folder: Path) -> tuple[Path, int]:
    for number in range(MOST):
        path = folder / f"{number}{SUFFIX}"
        door = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if _lock(door):
                if os.fstat(door).st_size != SIZE:
                    _write_out(door)
                return path, door
        except OSError:
            os.close(door)
            raise
        os.close(door)
    raise OSError("too many processes count here")


def _write_out(door: int) -> None:
    os.ftruncate(door, 0)
    os.lseek(door, 0, os.SEEK_SET)
    left = SIZE
    while left:
        left -= os.write(door, bytes(min(left, 1 << 20)))


def _check_head(door: int) -> None:
    """Raises ValueError where the file says of itself what cannot be; of a new one it is 0."""
    (used,) = struct.unpack("i", os.pread(door, 4, 0))
    if used and used not in range(HEAD, SIZE + 1):
        raise ValueError(f"{used} bytes of {SIZE} are said to be in use")


def _lock(door: int) -> bool:
    if fcntl is None:
        return True
    try:
        fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{SUFFIX}"))


def entries(path: Path) -> Iterator[tuple[Key, float]]:
    """Raises one of WRONG, or OSError."""
    for name, value, _at, _place in MmapedDict.read_all_values_from_file(str(path)):
        yield tuple(name.split(BETWEEN)), value


def is_held(path: Path) -> bool:
    """Whether a process that lives counts in it."""
    if fcntl is None:
        return True
    with contextlib.suppress(OSError), path.open("rb") as door:
        try:
            fcntl.flock(door, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
