"""A process of its own that can be killed: forked from one that has the application loaded.

Loading Python and the application anew takes longer than most of what is tried in such a process.
"""

import multiprocessing
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import Any

FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload(["app"])
PATIENCE = 60


class OwnProcess:
    """`act(tells, *given)` runs there; what it sends into `tells` is heard here.

    `act` is a function of a module; `given` is sent over. The environment is not: the process that
    the others are forked from has that of its own beginning.
    """

    def __init__(self, act: Callable[..., None], *given: Any) -> None:
        self.hears, tells = FORKED.Pipe(duplex=False)
        self.process: ForkServerProcess = FORKED.Process(target=_run, args=(act, tells, given))
        self.process.start()
        tells.close()

    def next(self) -> Any:
        """The next it told; a RuntimeError where it ended before, or says nothing for long."""
        if not self.hears.poll(PATIENCE):
            raise RuntimeError("进程没有回音")
        try:
            return self.hears.recv()
        except (EOFError, OSError) as ended:
            raise RuntimeError("进程提前结束") from ended

    def kill(self) -> list[Any]:
        """Kill it now; all that it told whole and nobody has heard."""
        self.process.kill()
        return self.rest()

    def rest(self) -> list[Any]:
        """All that it tells until it ends; a word it was killed in was never told."""
        told = []
        with suppress(EOFError, OSError):
            while self.hears.poll(PATIENCE):
                told.append(self.hears.recv())
        self.process.join(PATIENCE)
        self.hears.close()
        return told

    @property
    def exitcode(self) -> int | None:
        """As of a process of the standard library: below nought by what signal it was killed."""
        return self.process.exitcode


def _run(act: Callable[..., None], tells: Connection, given: tuple[Any, ...]) -> None:
    act(tells, *given)
