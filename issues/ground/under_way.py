"""How far a long piece of work has come, told to whoever listens; to nobody where none does.

What works through many rows tells it here. A listener may end the work by raising.
"""

from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol, TypeVar

Listener = Callable[[str, int, int], None]
T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


class Listed(Sized, Iterable[T_co], Protocol[T_co]):
    """What can be counted before it is gone through."""


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def tell(words: str, done: int = 0, total: int = 0) -> None:
    """`words` say what is being done; `total` is 0 where nobody can say of how many."""
    if (listener := _listener.get()) is not None:
        listener(words, done, total)


def counted(words: str, rows: Listed[T]) -> Iterator[T]:
    """The rows one by one, each told as it is begun."""
    total = len(rows)
    for done, row in enumerate(rows):
        tell(words, done, total)
        yield row
