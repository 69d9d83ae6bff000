"""`Crowd`: many connections to a server of this machine that say nothing, or not enough.

Bounded in number by who asks for it, and gone when its `with` block ends.
"""

import contextlib
import selectors
import socket
import time
from collections.abc import Iterator
from threading import Event, Thread
from typing import Self

HEAD = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
BODY = (
    b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 200000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\nusername="
)
EVERY = 1.0
HASTE = 200


class Crowd:
    """`idle` connections never ask; `slow` ones send a byte a second, of a header or of a body."""

    def __init__(self, port: int, *, idle: int, slow: int) -> None:
        self._address = ("127.0.0.1", port)
        self._idle, self._slow = idle, slow
        self._open: list[socket.socket] = []
        self._over = Event()
        self._trickle = Thread(target=self._send_slowly, daemon=True)

    def __enter__(self) -> Self:
        starts = [b""] * self._idle + [HEAD, BODY] * (self._slow // 2)
        for number, start in enumerate(starts):
            one = socket.create_connection(self._address, timeout=10)
            self._open.append(one)
            if start:
                one.sendall(start)
            if number % HASTE == 0:
                time.sleep(0.01)  # a door with a short queue drops who knocks in one instant
        self._trickle.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._trickle.join()
        for one in self._open:
            one.close()

    def _send_slowly(self) -> None:
        slow = self._open[self._idle :]
        while not self._over.wait(EVERY):
            for one in slow:
                with contextlib.suppress(OSError):
                    one.sendall(b"a")

    @property
    def held(self) -> int:
        """How many the server has not closed."""
        return len(self._open) - sum(1 for _ in self._closed())

    def _closed(self) -> Iterator[socket.socket]:
        with selectors.DefaultSelector() as readable:
            for one in self._open:
                readable.register(one, selectors.EVENT_READ)
            for key, _ in readable.select(0):
                with contextlib.suppress(BlockingIOError):
                    if not _peek(key.fileobj):
                        yield key.fileobj


def _peek(one: socket.socket) -> bytes:
    try:
        return one.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except ConnectionError:
        return b""
