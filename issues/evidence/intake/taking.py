"""Bytes taken in: received, proven to be what they say, kept durably. No row is touched here."""

from dataclasses import dataclass
from typing import IO

from issues.evidence.decoding.photos import PhotoFacts
from issues.evidence.decoding.previews import AT_ONCE
from issues.evidence.intake import proof as files
from issues.evidence.refusals import Altered
from issues.evidence.storage.store import Store
from issues.ground.refusals import Incomplete
from issues.ground.secrecy import marking


@dataclass(frozen=True, slots=True)
class Proven:
    """A file whose bytes were proven and are kept; sealed ones with the digest they had plain."""

    name: str
    sha256: str
    size: int
    media_type: str
    facts: PhotoFacts | None
    has_preview: bool = False
    plain_sha256: str = ""
    has_odd_end: bool = False
    place: tuple[float, float] | None = None
    """Longitude and latitude (WGS-84) as the sender's device told them with this very file."""


def take_in(
    stream: IO[bytes],
    filename: str,
    *,
    store: Store,
    declared: int | None = None,
    sha256: str | None = None,
) -> Proven:
    """Receive, prove, and keep durably. Touches no row. Raises EvidenceRefused, Marked.

    `declared` and `sha256` are what the sender says of the bytes. A picture's previews are made
    when somebody first looks at it, so that nobody waits for them with a file in hand.
    """
    if not filename.strip():
        raise Incomplete({"file": ["请选择要上传的文件"]})
    claimed = files.named_type(filename)
    with store.receive(stream, limit=claimed.limit, declared=declared) as incoming:
        if sha256 is not None and incoming.sha256 != sha256:
            raise Altered
        of_page = AT_ONCE if claimed is files.FileType.PDF else ()
        found = files.examine(incoming.path, filename, edges=of_page)
        marking.refuse([("file", f"{filename.rpartition('.')[0]}\n{found.words}")])
        kept = incoming.keep()
    for edge, picture in found.previews.items():
        store.put_preview(kept.sha256, edge, picture)
    name = files.safe_name(filename)
    media_type, shown = found.file_type.media_type, found.facts is not None or bool(found.previews)
    return Proven(
        name, kept.sha256, kept.size, media_type, found.facts, shown,
        has_odd_end=found.has_odd_end,
    )  # fmt: skip
