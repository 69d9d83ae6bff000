"""Where evidence is kept: one interface over a local folder and an object store.

Bytes live under their SHA-256 and never change in place. Nothing here gives out unchecked bytes.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, Protocol
from urllib.parse import urlsplit
from urllib.request import url2pathname

from issues.evidence.intake.incoming import Incoming, Stored
from issues.evidence.storage.local import LocalStore
from issues.evidence.storage.s3 import BucketStore

RESERVE = 256 * 1024 * 1024


class Store(Protocol):
    """What both stores promise. Every digest is lower-case hexadecimal, else ValueError.

    `waiting` is the local folder of files on their way; `reserve` bytes of its disk stay free.
    """

    waiting: Path
    reserve: int

    def receive(self, stream: IO[bytes], *, limit: int, declared: int | None = None) -> Incoming:
        """Take bytes in without keeping them yet. Raises TooLarge, NoSpace, CutShort."""

    def put(self, stream: IO[bytes], *, limit: int, declared: int | None = None) -> Stored:
        """Receive and keep at once; the same bytes twice are one file."""

    def exists(self, sha256: str) -> bool: ...

    def size(self, sha256: str) -> int:
        """Bytes kept. Raises Missing."""

    def verify(self, sha256: str) -> None:
        """Raise Damaged (or Missing) where the kept bytes do not hold their digest."""

    def read_verified(self, sha256: str) -> IO[bytes]:
        """All bytes, checked before the first is given, seekable. Raises Damaged, Missing."""

    def digests(self) -> Iterator[str]:
        """Every digest kept."""

    def remove_orphan(self, sha256: str, *, older_than: datetime) -> bool:
        """For the sweep: remove bytes no row names, unless put since that instant."""

    def sweep_temp(self, *, older_than: datetime) -> int:
        """Remove what broken-off uploads left before that instant."""

    def put_preview(self, sha256: str, edge: int, data: bytes) -> None: ...

    def preview(self, sha256: str, edge: int) -> bytes | None: ...


def open_store(
    evidence_url: str,
    s3_options: Mapping[str, str],
    *,
    reserve: int = RESERVE,
    spool: Path | None = None,
) -> Store:
    """The store a setting names: `file:///folder` or `s3://bucket/prefix`.

    `s3_options` holds the usual AWS_* names. `spool` is where uploads to an object store wait.
    Raises ValueError, naming the setting, where the address or an option is wrong.
    """
    url = urlsplit(evidence_url)
    if url.scheme == "file" and not url.netloc and url.path not in ("", "/"):
        return LocalStore(Path(url2pathname(url.path)), reserve=reserve)
    if url.scheme == "s3" and url.netloc:
        prefix = url.path.strip("/")
        return BucketStore(url.netloc, prefix, s3_options, reserve=reserve, spool=spool)
    message = "EVIDENCE_URL must be file:///folder or s3://bucket/prefix"
    raise ValueError(message)
