"""Turns at what is slow: so many at once, so many waiting, the rest told when to come again.

A password is slow to compare by design, and a file takes the processor for seconds. Where a dozen
of either held every thread, nobody else got a page. Those who wait hold no connection to the
database; the server keeps a thread for each of them, see tools/serve.py. Each process counts its
own; what all of them have waiting is told to who keeps the system, see issues/operations.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import Lock, Semaphore
from time import monotonic

from flask.typing import ResponseReturnValue

from extensions import db
from issues.figures import here
from issues.ground.refusals import Later

View = Callable[..., ResponseReturnValue]
LATEST_SHARE = 0.2
RUNNING, WAITING, PLACES = "lane_running", "lane_waiting", "lane_places"
REFUSED = "lane_refused_total"


class Turns:
    """`sentence` has a place for the seconds; `patience` is how long anybody waits inside.

    `name` is what its figures are called; one without is not told.
    """

    def __init__(
        self,
        at_once: int,
        waiting: int,
        *,
        patience: float,
        usual: float,
        sentence: str,
        name: str = "",
    ) -> None:
        self.name = name
        self.most_inside = at_once + waiting
        self._at_once = at_once
        self._patience = patience
        self.sentence = sentence
        self._usual = usual
        self.inside = 0
        self._count = Lock()
        self._free = Semaphore(at_once)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Raises Later where too many wait already, or the wait was too long."""
        self._enter()
        try:
            db.session.rollback()  # who waits holds no connection
            if not self._free.acquire(timeout=self._patience):
                raise self._later()
            begun = monotonic()
            self._tell(1.0, RUNNING)
            self._tell(-1.0, WAITING)
            try:
                yield
            finally:
                self._tell(-1.0, RUNNING)
                self._tell(1.0, WAITING)
                self._free.release()
                self._usual += LATEST_SHARE * (monotonic() - begun - self._usual)
        finally:
            self._leave()

    def _enter(self) -> None:
        with self._count:
            if self.inside >= self.most_inside:
                raise self._later()
            self.inside += 1
        self._tell(1.0, WAITING)

    def _leave(self) -> None:
        with self._count:
            self.inside -= 1
        self._tell(-1.0, WAITING)

    def begin(self) -> None:
        """Nobody is there, and so many may wait: told before anybody comes."""
        here.put(float(self.most_inside - self._at_once), PLACES, self.name)
        self._tell(0.0, RUNNING)
        self._tell(0.0, WAITING)

    def _tell(self, change: float, what: str) -> None:
        if self.name:
            here.move(change, what, self.name)

    def _later(self) -> Later:
        """When those who are inside now will be through, by what the last ones took."""
        if self.name:
            here.add(REFUSED, self.name)
        wait = max(1, -int(-self._usual * self.most_inside // self._at_once))
        return Later(self.sentence.format(wait), wait)


PASSWORDS = Turns(
    max(2, os.cpu_count() or 2), 24, patience=20, usual=0.2, name="sign_in",
    sentence="同时登录的人过多，这一次没有登录，请约 {} 秒后再试。",
)  # fmt: skip
FILES = Turns(
    2, 10, patience=60, usual=2.0, name="files",
    sentence="同时导出、导入或生成文件的人过多，这一次没有办理，请约 {} 秒后再试。",
)  # fmt: skip
UPLOADS = Turns(
    4, 12, patience=20, usual=1.0, name="uploads",
    sentence="同时上传的人过多，这一次没有保存，请约 {} 秒后再试。",
)  # fmt: skip
"""A file that has come is copied, proven and kept; while it comes nothing of it holds a thread."""


LANES = (PASSWORDS, FILES, UPLOADS)


def begin() -> None:
    for one in LANES:
        one.begin()


def most_inside() -> int:
    """Threads that may be taken up by what is slow, or by waiting for it."""
    return sum(one.most_inside for one in LANES)


def builds_file(view: View) -> View:
    """The view makes a file in its turn. Below what says who may open it, above a transaction."""

    @wraps(view)
    def in_turn(**given: object) -> ResponseReturnValue:
        with FILES.turn():
            return view(**given)

    return in_turn
