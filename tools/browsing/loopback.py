"""A real server for a browser, on a free port of this machine, for as long as it is asked for."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import waitress
from flask import Flask
from waitress import wasyncore

CLOSING_SECONDS = 10


@contextmanager
def answering(app: Flask) -> Iterator[str]:
    """The address the application answers on; a RuntimeError if its server does not stop.

    The server is closed by its own thread. Closed by another, its loop may wait on a file number
    that is already somebody else's: it then never ends, or takes what a later server was sent.
    """
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.task_dispatcher.shutdown()
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))  # noqa: SLF001 - no other way
        thread.join(timeout=CLOSING_SECONDS)
        if thread.is_alive():
            raise RuntimeError("浏览器用的服务没有停下")
