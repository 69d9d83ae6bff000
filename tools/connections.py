"""The server: waitress, with its connections watched by the system and bounded in number and time.

waitress by itself asks every connection on every turn, accepts one a turn, accepts nobody at its
limit, and lets a request be sent for ever. Here a turn costs what has happened, whoever says
nothing gives way to whoever comes, and a request has to come at a pace. A whole request is still
received before a thread is given to it, so a slow sender holds none; a whole answer is taken from
the thread before it is read, so a slow reader holds none either.
"""

import contextlib
import selectors
import socket
import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

try:
    import resource
except ImportError:  # Windows: as many as the system gives
    resource = None  # type: ignore[assignment]  # there is no other word for a missing module

MOST = 4096
SPARE = 64
"""Let go at once where nobody else finds a place."""
OTHER_FILES = 1024
"""Open at one time beside the connections: databases, uploads on their way, pipes, archives."""
SILENCE_SECONDS = 120
HEADER_SECONDS = 30
GRACE_SECONDS = 60
SLOWEST = 500
"""Bytes a second, on the whole, after the grace: a phone at the edge of its net sends more."""
LOOK_EVERY = 5
ACCEPTED_AT_ONCE = 256
LARGEST_ANSWER = 512 * 1024 * 1024
"""Kept for a slow reader, on disk beyond the first megabyte."""
RECEIVING = {"recv_bytes": 64 * 1024, "inbuf_overflow": 2 * 1024 * 1024}
"""Read in larger pieces, and a photo waits for its last byte in memory instead of on disk."""

App = Callable[..., Iterable[bytes]]


class Request(HTTPRequestParser):
    """A request on its way, with the moment its first byte came."""

    def __init__(self, adj: Adjustments) -> None:
        super().__init__(adj)
        self.begun = time.time()

    def is_too_slow(self, now: float) -> bool:
        """A header has a time, and a body a pace."""
        age = now - self.begun
        if not self.headers_finished:
            return age > HEADER_SECONDS
        return self.body_bytes_received < (age - GRACE_SECONDS) * SLOWEST


class Channel(HTTPChannel):
    """A connection that tells its server when a thread has changed what it waits for."""

    parser_class = Request
    server: "Server"

    def service(self) -> None:
        self.server.serving.add(self)
        try:
            super().service()
        finally:
            self.server.serving.discard(self)
            self.server.changed.append(self)
            self.server.pull_trigger()

    def add_channel(self, map: dict | None = None) -> None:  # noqa: A002 - the library's name
        super().add_channel(map)
        self.server.changed.append(self)

    def del_channel(self, map: dict | None = None) -> None:  # noqa: A002 - the library's name
        self.server.forget(self)
        super().del_channel(map)

    @property
    def is_waiting(self) -> bool:
        """Nothing of it is being worked on or sent back."""
        return not (self.requests or self.total_outbufs_len or self.will_close)

    @property
    def patience(self) -> tuple[int, float]:
        """Who gives way first: who asks nothing, who has begun to ask, who is sending a body."""
        request = self.request
        stage = 0 if request is None else 1 + bool(request.headers_finished)
        return stage, self.last_activity


class Server(TcpWSGIServer):
    """Every method but `stop` and `pull_trigger` belongs to the thread that turns."""

    channel_class = Channel

    def __init__(self, app: App, door: socket.socket, threads: int, **adjusted: Any) -> None:
        adj = Adjustments(
            sockets=[door],
            threads=threads,
            ident=None,
            backlog=MOST,
            connection_limit=room_for(MOST),
            channel_timeout=SILENCE_SECONDS,
            cleanup_interval=LOOK_EVERY,
            outbuf_high_watermark=LARGEST_ANSWER,
            **RECEIVING,
            **adjusted,
        )
        self.serving: set[Channel] = set()
        self.changed: deque[wasyncore.dispatcher] = deque()
        self._is_over = False
        self._selector = selectors.DefaultSelector()
        dispatcher = ThreadedTaskDispatcher()
        dispatcher.set_thread_count(threads)
        address = (door.family, door.type, door.proto, door.getsockname())
        super().__init__(
            app, {}, True, door, dispatcher=dispatcher, adj=adj, sockinfo=address,
            bind_socket=False,
        )  # fmt: skip

    def run(self) -> None:
        """Until SystemExit, Ctrl+C or `stop()`; requests under way are finished first."""
        self.changed.extend(self._map.values())
        try:
            while not self._is_over:
                self._turn()
        except (SystemExit, KeyboardInterrupt):
            pass
        self.task_dispatcher.shutdown()
        for one in list(self.active_channels.values()):
            one.handle_close()
        self.close()
        self._selector.close()

    def stop(self) -> None:
        """From another thread."""
        self._is_over = True
        self.pull_trigger()

    def _turn(self) -> None:
        for one in (self, *list(self.serving)):
            self._watch(one)
        while self.changed:
            self._watch(self.changed.popleft())
        for key, events in self._selector.select(1.0):
            one = key.data
            if events & selectors.EVENT_READ and self._map.get(key.fd) is one:
                wasyncore.read(one)
            if events & selectors.EVENT_WRITE and self._map.get(key.fd) is one:
                wasyncore.write(one)
            self._watch(one)

    def _watch(self, one: wasyncore.dispatcher) -> None:
        """Have the system wait for what it waits for now."""
        if self._map.get(one._fileno) is not one:  # noqa: SLF001 - how the library knows them
            return
        wanted = selectors.EVENT_READ if one.readable() else 0
        if one.writable() and not one.accepting:
            wanted |= selectors.EVENT_WRITE
        known = self._selector.get_map().get(one._fileno)  # noqa: SLF001 - how the library knows them
        if not wanted:
            self.forget(one)
        elif known is None:
            self._selector.register(one._fileno, wanted, one)  # noqa: SLF001 - how the library knows them
        elif known.events != wanted:
            self._selector.modify(one._fileno, wanted, one)  # noqa: SLF001 - how the library knows them

    def forget(self, one: wasyncore.dispatcher) -> None:
        with contextlib.suppress(KeyError, ValueError):
            self._selector.unregister(one._fileno)  # noqa: SLF001 - how the library knows them

    def handle_accept(self) -> None:
        """Everybody at the door, so that one honest caller does not queue a turn for each other."""
        for _ in range(ACCEPTED_AT_ONCE):
            before = len(self.active_channels)
            if len(self._map) + SPARE > self.adj.connection_limit:
                self._make_room()
            super().handle_accept()
            if len(self.active_channels) <= before:
                return

    def _make_room(self) -> None:
        waiting = [one for one in self.active_channels.values() if one.is_waiting]
        for one in sorted(waiting, key=lambda one: one.patience)[:SPARE]:
            one.handle_close()

    def maintenance(self, now: float) -> None:
        """Beside those that are silent, close those whose request does not get anywhere."""
        super().maintenance(now)
        for one in self.active_channels.values():
            if one.is_waiting and one.request is not None and one.request.is_too_slow(now):
                one.will_close = True
            if one.will_close:
                self.changed.append(one)


def reserve(host: str, port: int) -> socket.socket:
    """The address to serve on, taken first: a long load must not end at an occupied port.

    Nobody can connect before the server listens.
    """
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    door = socket.socket(family, socket.SOCK_STREAM)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host, port))
    except OSError:
        door.close()
        raise
    return door


def room_for(most: int) -> int:
    """How many connections may be open; asks the system for as many files as it allows."""
    if resource is None:
        return most
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = most + OTHER_FILES
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    if soft == resource.RLIM_INFINITY:
        return most
    return max(SPARE, min(most, soft - min(OTHER_FILES, soft // 2)))
