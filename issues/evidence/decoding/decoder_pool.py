"""A few processes that decode one photo after another, for the kinds whose decoders are simplest.

Forking a process for each photo costs half as much again as decoding it. Those of a crew limit
themselves anew before each file, and are replaced after FILES_EACH of them, and at once after
anything but a plain answer: a file that broke, a decoder that fell over, a wait that was too long.
The other kinds, whose decoders are larger, keep a process to each file; see decoder_fork.py.
"""

import atexit
import json
import os
import socket
import time
from contextlib import suppress
from threading import Lock

from issues.evidence.decoding.decoder_fork import NURSERY, Nursery, is_ready

KINDS = frozenset({"JPEG", "PNG"})
FILES_EACH = 200
LENGTH = 4
PLAIN = frozenset({0, 10, 11})  # decoder.Exit but for BROKEN, whose import is slow


class Crew:
    """Those of this process, begun when first asked; a forked server begins its own."""

    def __init__(self, nursery: Nursery) -> None:
        self._nursery = nursery
        self._lock = Lock()
        self._free: list[tuple[socket.socket, int]] = []
        self._owner = 0

    def ask(self, arguments: list[str], seconds: float) -> bytes:
        """What was written of the file; nothing where the process fell over or was slow."""
        until = time.monotonic() + seconds
        door, files = self._taken()
        said, is_whole = b"", False
        try:
            said, is_whole = _answer(door, json.dumps(arguments).encode() + b"\n", until)
        finally:
            if is_whole and said[:1] and said[0] in PLAIN and files + 1 < FILES_EACH:
                self._put_back(door, files + 1)
            else:
                door.close()  # at which the process ends, or its own alarm ends it
        return said

    def end(self) -> None:
        """Let everybody go."""
        with self._lock:
            while self._free:
                self._free.pop()[0].close()

    def _taken(self) -> tuple[socket.socket, int]:
        with self._lock:
            if self._owner != os.getpid():
                for door, _ in self._free:  # those of the process this one was forked from
                    door.close()
                self._free, self._owner = [], os.getpid()
            while self._free:
                door, files = self._free.pop()
                if not is_ready(door.fileno(), 0):
                    return door, files
                door.close()  # it has ended meanwhile
        return self._nursery.hire(), 0

    def _put_back(self, door: socket.socket, files: int) -> None:
        with self._lock:
            self._free.append((door, files))


def _answer(door: socket.socket, asked: bytes, until: float) -> tuple[bytes, bool]:
    """The bytes, and whether all that were announced have come."""
    with suppress(OSError):
        door.sendall(asked)
        head = _exactly(door, LENGTH, until)
        size = int.from_bytes(head, "big")
        said = _exactly(door, size, until) if len(head) == LENGTH else b""
        if size and len(said) == size:
            return said, True
    return b"", False


def _exactly(door: socket.socket, size: int, until: float) -> bytes:
    parts, missing = [], size
    while missing and (left := until - time.monotonic()) > 0:
        if not is_ready(door.fileno(), left):
            break
        part = door.recv(missing)
        if not part:
            break
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


CREW = Crew(NURSERY) if NURSERY else None
if CREW is not None:
    atexit.register(CREW.end)
