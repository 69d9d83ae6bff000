"""A file on its way in: written to a temporary file and hashed as it arrives."""

import contextlib
import errno
import hashlib
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Self

from issues.evidence.refusals import CutShort, NoSpace, NotWritable, TooLarge

CHUNK = 1024 * 1024
SUFFIX = ".part"
WHOLE = f".whole{SUFFIX}"
"""Of a file that has come and waits for the form it was chosen in."""
WAITS_FOR = timedelta(days=3)
"""A form is gone back to the next morning, or after a weekend, with its files still chosen."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Stored:
    sha256: str
    size: int


class Incoming:
    """Received bytes that may be looked at before they are kept.

    Leaving the `with` block without `keep()` leaves nothing behind.
    """

    def __init__(self, path: Path, stored: Stored, keep: Callable[[Path, Stored], None]) -> None:
        self.path = path
        self.sha256 = stored.sha256
        self.size = stored.size
        self._stored = stored
        self._keep = keep

    def keep(self) -> Stored:
        """Put the bytes under their digest, durably; once it returns a crash does not lose them."""
        with no_space_refused():
            self._keep(self.path, self._stored)
        return self._stored

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.path.unlink(missing_ok=True)


def receive(
    stream: IO[bytes],
    folder: Path,
    keep: Callable[[Path, Stored], None],
    *,
    limit: int,
    reserve: int,
    declared: int | None = None,
) -> Incoming:
    """Write `stream` to a temporary file in `folder`. Raises TooLarge, NoSpace, CutShort."""
    if declared is not None and declared > limit:
        raise TooLarge(limit)
    with no_space_refused():
        folder.mkdir(parents=True, exist_ok=True)
        _leave_room(folder, reserve + (declared or 0))
        temporary = tempfile.NamedTemporaryFile(dir=folder, suffix=SUFFIX, delete=False)  # noqa: SIM115 - outlives this function
        path = Path(temporary.name)
        try:
            with temporary as file:
                stored = _copy(stream, file, limit=limit, reserve=reserve, declared=declared)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return Incoming(path, stored, keep)


def _copy(
    stream: IO[bytes], file: IO[bytes], *, limit: int, reserve: int, declared: int | None
) -> Stored:
    hashed, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise TooLarge(limit)
        _leave_room(Path(file.name).parent, reserve + len(chunk))
        file.write(chunk)
        hashed.update(chunk)
    if declared is not None and size != declared:
        raise CutShort(declared, size)
    return Stored(hashed.hexdigest(), size)


def _leave_room(folder: Path, needed: int) -> None:
    if shutil.disk_usage(folder).free < needed:
        raise NoSpace


@contextlib.contextmanager
def no_space_refused() -> Iterator[None]:
    """Turn a full disk, quota or file-size limit into NoSpace, and a disk that can only be read.

    Raises NoSpace, NotWritable; other errors rise.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise NoSpace from error
        if error.errno == errno.EROFS:
            raise NotWritable from error
        raise


def sweep(folder: Path, older_than: datetime) -> int:
    """Remove what broken-off uploads left in `folder` before an instant; how many were removed."""
    removed = 0
    for path in folder.glob(f"*{SUFFIX}"):
        with contextlib.suppress(FileNotFoundError):
            more = WAITS_FOR if path.name.endswith(WHOLE) else timedelta()
            if path.stat().st_mtime < (older_than - more).timestamp():
                path.unlink()
                removed += 1
    return removed


def key_of(sha256: str) -> str:
    """The place of a digest, `ab/cd/<sha256>`. ValueError for anything that is not a digest."""
    if not _DIGEST.fullmatch(sha256):
        message = "not a SHA-256 digest in lower-case hexadecimal"
        raise ValueError(message)
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def preview_key_of(sha256: str, edge: int) -> str:
    return f"previews/{key_of(sha256)}-{edge}.jpg"


def seal(data: bytes) -> bytes:
    """A preview as it is kept: its own digest first, so that a damaged one is made anew."""
    return hashlib.sha256(data).digest() + data


def unseal(sealed: bytes) -> bytes | None:
    digest, data = sealed[:32], sealed[32:]
    return data if hashlib.sha256(data).digest() == digest else None
