"""Bytes taken in that are kept sealed alone: plain they reach neither the store nor a preview."""

from collections.abc import Iterator
from typing import IO, cast

from issues.evidence.intake import proof as files
from issues.evidence.intake.incoming import Stored
from issues.evidence.intake.taking import Proven
from issues.evidence.storage.store import Store
from issues.ground.flowing import Flowing
from issues.ground.refusals import Incomplete
from issues.ground.secrecy import sealing

ROOM_FOR_MARKS = 1 << 20
"""What sealing adds to a file of any size that is taken in."""


WORKBOOK = "ledger workbook"
"""What a ledger is sealed to as it came in: it may have columns that tell who complained."""


def place_of(issue_id: int) -> str:
    """What an original is sealed to."""
    return f"original of ticket {issue_id}"


def take_in_sealed(stream: IO[bytes], filename: str, *, store: Store, issue_id: int) -> Proven:
    """Receive, prove, and keep sealed. Touches no row. Raises EvidenceRefused.

    The plain bytes wait in a temporary file that is gone when this returns.
    """
    if not filename.strip():
        raise Incomplete({"file": ["请选择要上传的文件"]})
    claimed = files.named_type(filename)
    with store.receive(stream, limit=claimed.limit) as incoming:
        found = files.examine(incoming.path, filename, edges=())
        with incoming.path.open("rb") as plain:
            parts = sealing.sealing(plain, place_of(issue_id))
            kept = keep_parts(parts, store, size=incoming.size)
        media_type, name = found.file_type.media_type, files.safe_name(filename)
        return Proven(
            name, kept.sha256, incoming.size, media_type, None, plain_sha256=incoming.sha256
        )


def keep_parts(parts: Iterator[bytes], store: Store, *, size: int) -> Stored:
    """Bytes sealed on their way, of a plain `size`, under the digest of what is kept."""
    return store.put(cast("IO[bytes]", Flowing(parts)), limit=size + ROOM_FOR_MARKS)
