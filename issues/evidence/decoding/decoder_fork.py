"""A process with the decoders loaded, from which those that decode are forked.

Loading Python and Pillow anew costs more than decoding a photo. The nursery opens no file itself:
each child limits itself, decodes one picture, writes what it is to a pipe of its own, and ends. A
child hired for a crew goes on with the next picture instead; see decoder_pool.py. It is told
nothing of our secrets, and ends when its socket closes.
"""

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Lock

ROOT = Path(__file__).resolve().parents[3]
MODULE = "issues.evidence.decoding.decoder_fork"
MOST_ASKED = 8192
HIRED = b"[]"
CHUNK = 1 << 16
KINDER = 10
"""Who waits for a page goes before who waits for a file to be decoded."""


def environ() -> dict[str, str]:
    """All that a decoder is told."""
    return {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


class Nursery:
    """The nursery of this process, begun when first asked; a forked server begins its own."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None
        self._owner = 0

    def ask(self, arguments: list[str], seconds: float) -> bytes:
        """What the child wrote; nothing where it fell over or was slow."""
        reading, writing = os.pipe()
        try:
            try:
                self._send(json.dumps(arguments).encode(), writing)
            finally:
                os.close(writing)
            return _all_of(reading, time.monotonic() + seconds)
        finally:
            os.close(reading)

    def hire(self) -> socket.socket:
        """A socket to a new process that decodes one file after another."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs:
            self._send(HIRED, theirs.fileno())
        return ours

    def end(self) -> None:
        """Let the nursery go; the next who asks begins a new one."""
        with self._lock:
            if self._socket is not None and self._owner == os.getpid():
                self._socket.close()
                if self._process is not None:
                    self._process.wait()
            self._process = self._socket = None

    def _send(self, asked: bytes, pipe: int) -> None:
        with self._lock:
            alive = self._socket if self._is_alive() else None
            try:
                socket.send_fds(alive or self._begin(), [asked], [pipe])
            except OSError:  # it ended between the look and the word
                socket.send_fds(self._begin(), [asked], [pipe])

    def _is_alive(self) -> bool:
        return (
            self._process is not None
            and self._owner == os.getpid()
            and (self._process.poll() is None)
        )

    def _begin(self) -> socket.socket:
        if self._socket is not None:
            self._socket.close()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, no words of a stranger
                [sys.executable, "-m", MODULE, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environ(),
                cwd="/",
            )
        self._socket, self._owner = ours, os.getpid()
        return ours


def is_ready(number: int, seconds: float) -> bool:
    """Whether there is something to read, or an end, within so many seconds.

    `select` knows no file numbered beyond a thousand, which a server with many connections has.
    """
    waiting = select.poll()
    waiting.register(number, select.POLLIN)
    return bool(waiting.poll(seconds * 1000))


def _all_of(pipe: int, until: float) -> bytes:
    parts: list[bytes] = []
    while (left := until - time.monotonic()) > 0:
        if is_ready(pipe, left):
            part = os.read(pipe, CHUNK)
            if not part:
                return b"".join(parts)
            parts.append(part)
    return b""


def serve(door: socket.socket) -> None:
    """Fork a child for each request, until nobody can ask any more."""
    import pypdfium2  # noqa: F401, PLC0415 - loaded here once, as Pillow is

    for reader in ("decoding.pdf_objects", "intake.office"):
        import_module(f"issues.evidence.{reader}")
    from issues.evidence.decoding.decoder import main, many  # noqa: PLC0415 - in the nursery alone

    os.nice(KINDER)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children that ended are not waited for
    while True:
        asked, pipes, _, _ = socket.recv_fds(door, MOST_ASKED, 1)
        if not asked:
            return
        if os.fork() == 0:
            try:
                door.close()
                if asked == HIRED:
                    many(socket.socket(fileno=pipes[0]))
                else:
                    path, kind, *edges = json.loads(asked)
                    _write(pipes[0], main(path, kind, [int(edge) for edge in edges]))
            finally:  # whatever happens, a child never goes on as a nursery
                os._exit(0)
        for pipe in pipes:
            os.close(pipe)


def _write(pipe: int, said: bytes) -> None:
    with suppress(BrokenPipeError):  # who asked has given up
        while said:
            said = said[os.write(pipe, said) :]


NURSERY = Nursery() if hasattr(os, "fork") and hasattr(socket, "send_fds") else None

if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
elif NURSERY is not None:
    atexit.register(NURSERY.end)
