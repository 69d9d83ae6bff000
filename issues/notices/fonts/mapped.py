"""A font file mapped into memory instead of read: glyphs are cut from it one by one.

ReportLab slices a whole table of ten megabytes each time it takes a few glyphs from it.
"""

import mmap
from pathlib import Path

LONG = 1 << 20


class Stretch:
    """A long piece of a file, not yet copied: slicing it copies only what is asked for."""

    def __init__(self, data: mmap.mmap, start: int) -> None:
        self._data, self._start = data, start

    def __getitem__(self, part: slice) -> bytes:
        return self._data[self._start + part.start : self._start + part.stop]


class MappedFile:
    """Sliced like bytes; a slice longer than `LONG` stays a stretch of the file."""

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def read(self) -> "MappedFile":
        """As a font reader asks for what it reads."""
        return self

    def __len__(self) -> int:
        return len(self._data)

    def __getitem__(self, part: slice | int) -> "bytes | int | Stretch":
        if isinstance(part, slice) and (part.stop or len(self)) - (part.start or 0) > LONG:
            return Stretch(self._data, part.start or 0)
        return self._data[part]
