"""Evidence in a local folder: `root/ab/cd/<sha256>`, durable against crash and power loss."""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

from issues.evidence.intake.incoming import (
    Incoming,
    Stored,
    key_of,
    no_space_refused,
    preview_key_of,
    receive,
    seal,
    sweep,
    unseal,
)
from issues.evidence.refusals import Damaged, Missing

try:
    import fcntl
except ImportError:  # Windows: one process only
    fcntl = None  # type: ignore[assignment]  # there is no other word for a missing module

READ_ONLY = 0o400


class LocalStore:
    """A folder on a local disk. `reserve` bytes stay free for the database and the history."""

    def __init__(self, root: Path, *, reserve: int) -> None:
        self.root = root
        self.reserve = reserve
        self.incoming = self.waiting = root / "incoming"
        self._durable: set[Path] = set()

    def receive(self, stream: IO[bytes], *, limit: int, declared: int | None = None) -> Incoming:
        return receive(
            stream,
            self.incoming,
            self._keep,
            limit=limit,
            reserve=self.reserve,
            declared=declared,
        )

    def put(self, stream: IO[bytes], *, limit: int, declared: int | None = None) -> Stored:
        with self.receive(stream, limit=limit, declared=declared) as incoming:
            return incoming.keep()

    def _keep(self, temporary: Path, stored: Stored) -> None:
        """Sync the bytes, rename them to their digest, sync every folder on the way.

        An older copy is replaced even though its name says the bytes are the same: that mends a
        damaged one and makes the file young, so that a sweep under way leaves it alone.
        """
        target = self.root / key_of(stored.sha256)
        temporary.chmod(READ_ONLY)
        _sync(temporary)
        with self._lock(exclusive=False):
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary.replace(target)
        _sync_folder(target.parent)
        # Another process may have made a folder a moment ago and not synced it yet, so its name is
        # synced too, unless this one did so already: no folder of ours ever goes away.
        for folder in (target.parent, target.parent.parent):
            if folder not in self._durable:
                _sync_folder(folder.parent)
                self._durable.add(folder)

    def exists(self, sha256: str) -> bool:
        return (self.root / key_of(sha256)).is_file()

    def size(self, sha256: str) -> int:
        with _missing_named(sha256):
            return (self.root / key_of(sha256)).stat().st_size

    def verify(self, sha256: str) -> None:
        """Raise Damaged (or Missing) where the kept bytes do not hold their digest."""
        self.read_verified(sha256).close()

    def read_verified(self, sha256: str) -> IO[bytes]:
        """The bytes from the start, seekable, after all of them were checked. Raises Damaged."""
        with _missing_named(sha256):
            file = (self.root / key_of(sha256)).open("rb")
        try:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:  # the disk itself cannot read them
            file.close()
            raise Damaged(sha256) from error
        if digest != sha256:
            file.close()
            raise Damaged(sha256)
        file.seek(0)
        return file

    def digests(self) -> Iterator[str]:
        """Every digest kept, in order. Does not read the bytes."""
        for path in sorted(self.root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]")):
            for name in sorted(entry.name for entry in path.iterdir()):
                with contextlib.suppress(ValueError):
                    if key_of(name) == f"{path.parent.name}/{path.name}/{name}":
                        yield name

    def remove_orphan(self, sha256: str, *, older_than: datetime) -> bool:
        """Remove bytes that no row names, unless they were put since. True if removed.

        The lock keeps an upload of the same bytes from slipping in between look and removal.
        """
        path = self.root / key_of(sha256)
        with self._lock(exclusive=True), contextlib.suppress(FileNotFoundError):
            if path.stat().st_mtime >= older_than.timestamp():
                return False
            path.unlink()
            for preview in path_of_previews(self.root, sha256):
                preview.unlink(missing_ok=True)
            return True
        return False

    def sweep_temp(self, *, older_than: datetime) -> int:
        return sweep(self.incoming, older_than)

    def put_preview(self, sha256: str, edge: int, data: bytes) -> None:
        """Keep a preview. It can always be made again, so it is not synced."""
        path = self.root / preview_key_of(sha256, edge)
        with no_space_refused():
            path.parent.mkdir(parents=True, exist_ok=True)
            self.incoming.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.incoming, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(seal(data))
                Path(name).replace(path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise

    def preview(self, sha256: str, edge: int) -> bytes | None:
        """A kept preview, or None where there is none or it is damaged."""
        with contextlib.suppress(FileNotFoundError):
            return unseal((self.root / preview_key_of(sha256, edge)).read_bytes())
        return None

    @contextlib.contextmanager
    def _lock(self, *, exclusive: bool) -> Iterator[None]:
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / ".lock").open("a") as file:
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH)
            yield


def path_of_previews(root: Path, sha256: str) -> list[Path]:
    smallest = root / preview_key_of(sha256, 0)
    return list(smallest.parent.glob(f"{sha256}-*.jpg"))


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # elsewhere a folder cannot be opened
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _missing_named(sha256: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise Missing(sha256) from error
