"""Evidence in an object store that speaks S3, by obstore.

Uploads wait in a local temporary file, are hashed there, put under their digest and read back.
"""

import contextlib
import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from issues.evidence.intake.incoming import (
    CHUNK,
    Incoming,
    Stored,
    key_of,
    preview_key_of,
    receive,
    seal,
    sweep,
    unseal,
)
from issues.evidence.refusals import Damaged, Missing, StoreUnavailable

if TYPE_CHECKING:
    from obstore.store import S3Config

READ_BACK_LIMIT = 32 * CHUNK
ORPHANED = "orphaned"
SCRATCH = "drill"
"""Under it nothing is found by digest: what is kept begins with two signs of its own."""
_CREDENTIALS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
_REGIONS = ("AWS_REGION", "AWS_DEFAULT_REGION")


class BucketStore:
    """One bucket, keys `prefix/ab/cd/<sha256>`. A PUT may be repeated: the key is the digest."""

    def __init__(
        self,
        bucket: str,
        prefix: str,
        options: Mapping[str, str],
        *,
        reserve: int,
        spool: Path | None = None,
    ) -> None:
        self.spool = self.waiting = spool or Path(tempfile.gettempdir()) / "evidence-incoming"
        self.reserve = reserve
        self._named = bucket, prefix, options
        self._bucket = _connect(bucket, prefix, options)

    def scratch(self, spool: Path) -> "ScratchStore":
        """A place below this one that is no part of it, for what is only tried."""
        bucket, prefix, options = self._named
        below = f"{prefix}/{SCRATCH}" if prefix else SCRATCH
        return ScratchStore(bucket, below, options, reserve=self.reserve, spool=spool)

    def receive(self, stream: IO[bytes], *, limit: int, declared: int | None = None) -> Incoming:
        return receive(
            stream, self.spool, self._keep, limit=limit, reserve=self.reserve, declared=declared
        )

    def put(self, stream: IO[bytes], *, limit: int, declared: int | None = None) -> Stored:
        with self.receive(stream, limit=limit, declared=declared) as incoming:
            return incoming.keep()

    def _keep(self, temporary: Path, stored: Stored) -> None:
        """PUT, then look at what is there: an answer that was lost may still be a success."""
        failure: BaseError | None = None
        try:
            obstore.put(self._bucket, key_of(stored.sha256), temporary)
        except BaseError as error:
            failure = error
        try:
            self._read_back(stored)
        except Damaged as error:
            raise StoreUnavailable from (failure or error)

    def _read_back(self, stored: Stored) -> None:
        """Small files whole; of a large one the size, and the nightly scrub reads the rest."""
        if stored.size <= READ_BACK_LIMIT:
            self.verify(stored.sha256)
        elif self.size(stored.sha256) != stored.size:
            raise Damaged(stored.sha256)

    def exists(self, sha256: str) -> bool:
        with _unavailable(), contextlib.suppress(FileNotFoundError):
            obstore.head(self._bucket, key_of(sha256))
            return True
        return False

    def size(self, sha256: str) -> int:
        return int(self._head(sha256)["size"])

    def verify(self, sha256: str) -> None:
        """Raise Damaged (or Missing) where the kept bytes do not hold their digest."""
        for _ in self._chunks(sha256):
            pass

    def read_verified(self, sha256: str) -> IO[bytes]:
        """The bytes in a local file that has no name, after all of them were checked."""
        self.spool.mkdir(parents=True, exist_ok=True)
        file = tempfile.TemporaryFile(dir=self.spool)  # noqa: SIM115 - handed to the caller
        try:
            file.writelines(self._chunks(sha256))
            file.seek(0)
        except BaseException:
            file.close()
            raise
        return file

    def digests(self) -> Iterator[str]:
        """Every digest kept. Does not read the bytes."""
        with _unavailable():
            for page in obstore.list(self._bucket, chunk_size=1000):
                for found in page:
                    name = found["path"].rsplit("/", 1)[-1]
                    with contextlib.suppress(ValueError):
                        if key_of(name) == found["path"]:
                            yield name

    def remove_orphan(self, sha256: str, *, older_than: datetime) -> bool:
        """Set bytes aside that no row names, unless they were put since. True if set aside.

        There is no lock over machines, so an upload of the same bytes may slip in just before the
        removal: the copy set aside is found again by the next reader, the nightly scrub included.
        """
        key = key_of(sha256)
        with _unavailable(), contextlib.suppress(FileNotFoundError):
            if obstore.head(self._bucket, key)["last_modified"] >= older_than:
                return False
            obstore.copy(self._bucket, key, f"{ORPHANED}/{key}")
            obstore.delete(self._bucket, key)
            self._forget_previews(sha256)
            return True
        return False

    def _forget_previews(self, sha256: str) -> None:
        folder = preview_key_of(sha256, 0).rsplit("/", 1)[0]
        for page in obstore.list(self._bucket, prefix=folder):
            for found in page:
                if found["path"].rsplit("/", 1)[-1].startswith(sha256):
                    obstore.delete(self._bucket, found["path"])

    def sweep_temp(self, *, older_than: datetime) -> int:
        """Broken-off uploads, and bytes set aside before that instant that nobody asked for."""
        removed = sweep(self.spool, older_than)
        with _unavailable():
            for page in obstore.list(self._bucket, prefix=ORPHANED, chunk_size=1000):
                for found in page:
                    if found["last_modified"] < older_than:
                        obstore.delete(self._bucket, found["path"])
                        removed += 1
        return removed

    def put_preview(self, sha256: str, edge: int, data: bytes) -> None:
        with _unavailable():
            obstore.put(self._bucket, preview_key_of(sha256, edge), seal(data))

    def preview(self, sha256: str, edge: int) -> bytes | None:
        """A kept preview, or None where there is none or it is damaged."""
        with _unavailable(), contextlib.suppress(FileNotFoundError):
            return unseal(bytes(obstore.get(self._bucket, preview_key_of(sha256, edge)).bytes()))
        return None

    def _head(self, sha256: str) -> Any:
        """What is known of an object; one set aside by the sweep is put back first."""
        key, aside = key_of(sha256), f"{ORPHANED}/{key_of(sha256)}"
        with _unavailable():
            with contextlib.suppress(FileNotFoundError):
                return obstore.head(self._bucket, key)
            with contextlib.suppress(FileNotFoundError):
                obstore.head(self._bucket, aside)
                obstore.copy(self._bucket, aside, key)
                return obstore.head(self._bucket, key)
        raise Missing(sha256)

    def _chunks(self, sha256: str) -> Iterator[bytes]:
        """The kept bytes; raises Damaged at their end where they do not hold the digest."""
        self._head(sha256)
        hashed = hashlib.sha256()
        with _unavailable():
            for chunk in obstore.get(self._bucket, key_of(sha256)).stream(min_chunk_size=CHUNK):
                hashed.update(chunk)
                yield bytes(chunk)
        if hashed.hexdigest() != sha256:
            raise Damaged(sha256)


class ScratchStore(BucketStore):
    """One that may be emptied; no other can."""

    def empty(self) -> None:
        with _unavailable():
            for page in obstore.list(self._bucket, chunk_size=1000):
                for found in page:
                    obstore.delete(self._bucket, found["path"])


def _connect(bucket: str, prefix: str, options: Mapping[str, str]) -> S3Store:
    """Path-style addresses; plain http only where the endpoint itself says so."""
    for name in _CREDENTIALS:
        if not options.get(name):
            message = f"{name} is required by an s3:// EVIDENCE_URL"
            raise ValueError(message)
    config: S3Config = {
        "access_key_id": options["AWS_ACCESS_KEY_ID"],
        "secret_access_key": options["AWS_SECRET_ACCESS_KEY"],
        "region": _first(options, _REGIONS) or "us-east-1",
        "virtual_hosted_style_request": False,
    }
    if endpoint := _first(options, _ENDPOINTS):
        config["endpoint"] = endpoint
    if token := options.get("AWS_SESSION_TOKEN"):
        config["session_token"] = token
    return S3Store(
        bucket,
        prefix=prefix or None,
        config=config,
        client_options={
            "allow_http": endpoint.startswith("http://"),
            "connect_timeout": timedelta(seconds=5),
            "read_timeout": timedelta(seconds=30),
            "timeout": timedelta(minutes=10),
        },
        retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=30)},
    )


def _first(options: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((options[name] for name in names if options.get(name)), "")


@contextlib.contextmanager
def _unavailable() -> Iterator[None]:
    try:
        yield
    except BaseError as error:
        raise StoreUnavailable from error
