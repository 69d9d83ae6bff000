"""A child process of `make run-scale`: begun, heard until it is ready, ended with all its own."""

import os
import re
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from tools.commands import ROOT, Failed

STARTS_WITHIN = 120.0
ENDS_WITHIN = 30.0
"""Requests under way and the unit of a job in hand are finished first."""
LEFT_ENDS_WITHIN = 10.0
LOOK_EVERY = 0.1
SECONDS, DEATHS = 60.0, 5
"""One that dies so often within so many seconds is not begun again."""
TAIL = 8


class Child:
    """`output` is where all that it says goes; `says` is in what it says once it is ready."""

    def __init__(
        self,
        label: str,
        command: Sequence[str],
        environ: Mapping[str, str],
        output: Path,
        says: re.Pattern[str],
        *,
        user: str = "",
        home: Path = ROOT,
        ends_by: int = signal.SIGTERM,
        doors: Sequence[int] = (),
    ) -> None:
        self.label, self.output, self.says = label, output, says
        self._command, self._environ = (user, str(home), *command), environ
        self._home = home
        self._ends_by, self._doors = ends_by, doors
        self._deaths: deque[float] = deque(maxlen=DEATHS)
        self._begun: set[int] = set()
        self._heard = self._asked = 0
        self.process: subprocess.Popen[bytes] | None = None
        output.unlink(missing_ok=True)

    def begin(self) -> None:
        """From the main thread alone: it ends with the thread that began it."""
        with self.output.open("ab") as out:
            self._heard = out.tell()
            self.process = subprocess.Popen(
                [sys.executable, "-u", "-m", "tools.scale.tied", *self._command],
                cwd=ROOT,
                env={**os.environ, **self._environ},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=self._doors,
            )
        self._begun.add(self.process.pid)

    def ready(self) -> str:
        """Wait for its word; answers it. Raises Failed where it ends before, or never says it."""
        end = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < end:
            if word := self.word():
                return word
            if not self.is_alive:
                break
            time.sleep(LOOK_EVERY)
        raise Failed(f"{self.label}没有启动：\n{self.tail()}")

    def word(self) -> str:
        """What it said when it was ready; empty before."""
        found = self.says.search(self._said())
        return found[0] if found else ""

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def note_death(self) -> bool:
        """Whether it may be begun again."""
        self._deaths.append(time.monotonic())
        return len(self._deaths) < DEATHS or self._deaths[-1] - self._deaths[0] > SECONDS

    def ask_to_end(self) -> None:
        """Once: asked again while it finishes, it would break off."""
        if self.process is not None and self._asked != self.process.pid:
            self._asked = self.process.pid
            self.process.send_signal(self._ends_by)

    def end(self) -> bool:
        """It first, then whatever it began and left behind. False where one had to be killed."""
        if self.process is None:
            return True
        self.ask_to_end()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(ENDS_WITHIN)
        self._send(signal.SIGTERM)
        is_killed = self._send(signal.SIGKILL)
        self.process.kill()  # where it has ended, nothing is sent
        self.process.wait()
        return not is_killed

    def _send(self, number: int) -> bool:
        """To all that is left of it, and wait; whether anything was left."""
        left = _sessions(self._begun, self._home)
        for one in left:
            with suppress(psutil.NoSuchProcess):
                one.send_signal(number)
        end = time.monotonic() + LEFT_ENDS_WITHIN
        while any(map(_lives, left)) and time.monotonic() < end:
            self.is_alive  # noqa: B018 - asks after it, so that it is listed no more
            time.sleep(LOOK_EVERY)
        return bool(left)

    def tail(self) -> str:
        said = self._said().splitlines()[-TAIL:]
        return "\n".join([*(f"      | {line}" for line in said), f"      全部输出：{self.output}"])

    def _said(self) -> str:
        with self.output.open("rb") as file:
            file.seek(self._heard)
            return file.read().decode("utf-8", "replace")


def _sessions(leaders: set[int], home: Path) -> list[psutil.Process]:
    """All that live in the sessions these began; nothing of another folder, whatever its number."""
    found = []
    for one in psutil.process_iter():
        with suppress(psutil.Error, ProcessLookupError):
            if os.getsid(one.pid) in leaders and _lives(one) and one.cwd() == str(home):
                found.append(one)
    return found


def _lives(one: psutil.Process) -> bool:
    """One that has ended and that nobody has asked about is still listed."""
    try:
        return one.is_running() and one.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
