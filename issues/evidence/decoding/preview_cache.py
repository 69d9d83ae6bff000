"""The small pictures of kept files: looked up, or made from the original again."""

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import IO

from issues.evidence.decoding.decode import study
from issues.evidence.decoding.previews import EDGES
from issues.evidence.intake import proof as files
from issues.evidence.refusals import EvidenceRefused
from issues.evidence.rows import Proven
from issues.evidence.storage.store import Store
from issues.models import Evidence, LeadPicture


def preview_of(row: Evidence, edge: int, store: Store) -> bytes | None:
    """A JPEG at most `edge` long; None where the file has no face. Raises Damaged.

    One that is lost, damaged or was never asked for is made anew and kept.
    """
    if not row.has_preview:
        return None
    return store.preview(row.sha256, edge) or _made_anew(row, edge, store)


def picture_of(row: LeadPicture, edge: int, store: Store) -> bytes | None:
    """As `preview_of`, of a file that came with a lead: None where it is no picture."""
    if not files.of_media_type(row.media_type).is_picture:
        return None
    return store.preview(row.sha256, edge) or _made_anew(row, edge, store)


def _made_anew(row: Evidence | LeadPicture, edge: int, store: Store) -> bytes | None:
    """None for a film, whose still came from the sender's browser."""
    with tempfile.NamedTemporaryFile() as copy:
        with store.read_verified(row.sha256) as kept:
            shutil.copyfileobj(kept, copy)
        copy.flush()
        kind = files.of_media_type(row.media_type)
        picture = files.make_preview(Path(copy.name), kind, edge=edge)
    if picture is not None:
        store.put_preview(row.sha256, edge, picture)
    return picture


def keep_still(proven: Proven, still: IO[bytes], store: Store) -> Proven:
    """A film's still, drawn by the browser it was sent with; a film without one where it is none.

    Decoded and drawn anew, so nothing of the sender's bytes is kept.
    """
    with tempfile.NamedTemporaryFile() as copy:
        shutil.copyfileobj(still, copy)
        copy.flush()
        try:
            previews = study(Path(copy.name), "JPEG", EDGES).previews
        except EvidenceRefused:
            return proven
    for edge, picture in previews.items():
        store.put_preview(proven.sha256, edge, picture)
    return replace(proven, has_preview=True)
