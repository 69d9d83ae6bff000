"""The worker beside a web process: begun when something waits, gone when nothing does any more.

A process of its own, so that pages are not slowed by an hour of reading; it ends its piece even
where the web process stops first. Each web process has one at most, and they share what waits.
"""

import logging
import os
import secrets
import subprocess
import sys
from threading import Lock

from config import ROOT
from issues.works import claiming

COMMAND = ("-m", "flask", "--app", "app", "works", "run", "--holder")
logger = logging.getLogger(__name__)


class Starter:
    """`is_idle`: begins nothing, as where there is no web process."""

    def __init__(self, *, is_idle: bool = False) -> None:
        self._is_idle = is_idle
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self.holder = ""

    def wake(self) -> None:
        """See that a worker is there. What one that died had in hand waits again at once."""
        if self._is_idle:
            return
        with self._lock:
            if self._process is not None and self._owner == os.getpid():
                if self._process.poll() is None:
                    return
                if self._process.returncode:
                    logger.warning("the worker ended with code %d", self._process.returncode)
                claiming.give_back(self.holder)
            self._begin()

    def _begin(self) -> None:
        self.holder, self._owner = secrets.token_hex(8), os.getpid()
        self._process = subprocess.Popen(  # noqa: S603 - our own command, no words of a stranger
            [sys.executable, *COMMAND, self.holder], cwd=ROOT, stdin=subprocess.DEVNULL
        )
