"""How far a backup has come, in files and bytes, told to whoever listens around it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple


class Step(NamedTuple):
    """Of one stage: files and bytes done, and of how many. Tables count as files without bytes."""

    stage: str
    files: int
    all_files: int
    size: int = 0
    all_size: int = 0


Listener = Callable[[Step], None]
_listeners: ContextVar[tuple[Listener, ...]] = ContextVar("listeners", default=())


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Beside those that listen already."""
    token = _listeners.set((*_listeners.get(), listener))
    try:
        yield
    finally:
        _listeners.reset(token)


def counted(stage: str, sizes: Mapping[str, int]) -> Iterator[str]:
    """The names one by one; each is told once it is done with."""
    all_size, size = sum(sizes.values()), 0
    _tell(Step(stage, 0, len(sizes), 0, all_size))
    for files, (name, own) in enumerate(sizes.items(), 1):
        yield name
        size += own
        _tell(Step(stage, files, len(sizes), size, all_size))


def _tell(step: Step) -> None:
    for listener in _listeners.get():
        listener(step)
