"""Parts of bytes that are made as they are asked for, read as a file is."""

import io
from collections.abc import Iterator


class Flowing(io.RawIOBase):
    """Only read, from its beginning to its end."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._left = bytearray()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self._left) < size:
            part = next(self._parts, None)
            if part is None:
                break
            self._left += part
        end = len(self._left) if size < 0 else size
        given = bytes(self._left[:end])
        del self._left[:end]
        return given
