"""Rows put by on disk until all of them are known: a register is longer than memory is wide."""

import pickle
from collections.abc import Iterable, Iterator, Mapping
from tempfile import TemporaryFile
from typing import IO, NamedTuple, Protocol, Self

from issues.exchange.writing.figured import Value


class Cells(Protocol):
    """A ticket's own cells by heading, and those of each of its measures."""

    @property
    def cells(self) -> Mapping[str, Value]: ...

    @property
    def measures(self) -> list[dict[str, Value]]: ...


class Kept(NamedTuple):
    cells: dict[str, Value]
    measures: list[dict[str, Value]]


class PutBy:
    """What was seen of the rows on the way, and the rows again, as often as they are asked for.

    The file has no name in any folder, so that nothing is left of it whatever happens. `filled`
    are the headings under which any row says something, `named` all of them.
    """

    def __init__(self, rows: Iterable[Cells]) -> None:
        self._file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed with this
        self._count = 0
        self.named: set[str] = set()
        self.filled: set[str] = set()
        for row in rows:
            pickle.dump((dict(row.cells), row.measures), self._file, pickle.HIGHEST_PROTOCOL)
            self._count += 1
            self.named.update(row.cells)
            self.filled.update(name for name, said in row.cells.items() if said not in (None, ""))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Kept]:
        self._file.seek(0)
        for _ in range(self._count):
            yield Kept(*pickle.load(self._file))  # noqa: S301 - our own, that nobody else can open
