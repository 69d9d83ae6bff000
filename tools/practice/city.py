"""`python -m tools.practice.city DOOR`: the practice city's own process, begun by the real city's.

DOOR is the number of the open socket it listens at; its standard input is a pipe that nothing is
written into: when it is shut, the real city is gone. Whoever comes before the example is all there
gets a page that says so.
"""

import contextlib
import html
import logging
import os
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import flask_migrate
from flask import Flask

from app import create_app
from config import ROOT, Config
from extensions import db
from issues.ground import practice
from issues.practice.keeper import AGAIN, HELD
from issues.practice.place import PREPARING, Place, Standing
from issues.practice.settings import practice_of
from issues.web.door import turns
from seed import example
from tools.connections import Server
from tools.serve import stop

LOOK_EVERY = 0.3
GRACE = 5.0
TRIES = 24
PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="refresh" content="2">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title></head>
<body><h1>{title}</h1><p>{note}。</p><p>{step}，约需半分钟，本页会自动刷新。</p></body></html>"""
Start = Callable[..., Any]


def main() -> int:
    signal.signal(signal.SIGTERM, stop)
    config = Config.from_env()
    told = practice_of(config)
    if not told.is_one:
        raise SystemExit("练习城市由正式系统启动，不单独运行。")
    place = Place(told.folder)
    with socket.socket(fileno=int(sys.argv[1])) as door, _alone(place) as mine:
        if not mine:
            return HELD
        _serve(config, place, door)
        return 0 if place.filled() else AGAIN


@contextlib.contextmanager
def _alone(place: Place) -> Iterable[bool]:
    """The one before may still be ending."""
    for left in reversed(range(TRIES)):
        with place.held() as mine:
            if mine or not left:
                yield mine
                return
        time.sleep(LOOK_EVERY)


def _watch(place: Place, is_made: threading.Event) -> None:
    """End where the real city is gone, or where what was made is to be made anew."""
    waiting = select.poll()
    waiting.register(sys.stdin.fileno(), select.POLLIN | select.POLLHUP)
    while not waiting.poll(LOOK_EVERY * 1000):
        if is_made.is_set() and not place.filled():
            break
    os.killpg(0, signal.SIGTERM)  # the workers it began as well
    time.sleep(GRACE)
    os.killpg(0, signal.SIGKILL)


def _serve(config: Config, place: Place, door: socket.socket) -> None:
    stage = Stage(place, config.public_url)
    stage.tell(PREPARING)
    is_made = threading.Event()
    if place.filled():
        is_made.set()
    else:
        place.empty()
    threading.Thread(target=_watch, args=(place, is_made), daemon=True).start()
    app = create_app(config)
    threading.Thread(target=_prepare, args=(app, place, stage, is_made), daemon=True).start()
    logging.getLogger("waitress").setLevel(logging.WARNING)
    server = Server(
        stage, door, config.workers + turns.most_inside(),
        clear_untrusted_proxy_headers=False,  # requests.BehindProxies does, once it has seen them
    )  # fmt: skip
    server.run()


def _prepare(app: Flask, place: Place, stage: "Stage", is_made: threading.Event) -> None:
    """What fails here ends the process: it is begun anew, and thrown away before."""
    try:
        with app.app_context():
            flask_migrate.upgrade(directory=str(ROOT / "migrations"))
        if not is_made.is_set():
            example.load(app, stage.tell)
            place.fill()
            is_made.set()
        with app.app_context():
            db.engine.dispose()
        stage.open(app)
    except BaseException:
        logging.getLogger(__name__).exception("the practice city could not be made")
        os._exit(1)


class Stage:
    """What answers: a page to wait on, then the city."""

    def __init__(self, place: Place, address: str) -> None:
        self._place, self._address = place, address
        self._step = PREPARING
        self._app: Flask | None = None

    def tell(self, step: str) -> None:
        self._step = step.strip()
        self._place.tell(Standing(self._address, step=self._step, process=os.getpid()))

    def open(self, app: Flask) -> None:
        self._app = app
        self._place.tell(Standing(self._address, is_ready=True, step="", process=os.getpid()))

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if self._app is not None:
            return self._app(environ, start)
        page = PAGE.format(title=practice.NAME, note=practice.NOTE, step=html.escape(self._step))
        body = page.encode()
        start("503 Service Unavailable", [
            ("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body))),
            ("Retry-After", "2"), ("Cache-Control", "no-store"),
        ])  # fmt: skip
        return [body]


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)  # whatever thread is still at the example is not waited for
