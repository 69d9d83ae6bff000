"""Results of long work, kept sealed in the store under their digest, no longer than the piece.

They hold what a ledger says of who complained. What no key opens any more, or nobody can read, is
as if it had never been kept.
"""

import io
import zlib
from collections.abc import Mapping
from typing import Any

from issues.evidence.intake.sealing_in import keep_parts
from issues.evidence.refusals import Damaged
from issues.evidence.storage.store import Store
from issues.exchange.workbook.package import MOST_BYTES
from issues.ground.refusals import Incomplete, NotFound
from issues.ground.secrecy import sealing
from issues.models import LongWork

RESULT = "result of long work"
"""What it is sealed to."""
TOO_LARGE = "结果过大，无法保存，请分成几份办理"
GONE = "结果已不在，请重新开始。"
QUICK = 3


def keep(store: Store, content: bytes) -> Mapping[str, Any]:
    """What the row is to say of it. Raises Incomplete where it is larger than an upload may be."""
    if len(content) > MOST_BYTES:
        raise Incomplete({}, TOO_LARGE)
    parts = sealing.sealing(io.BytesIO(content), RESULT)
    return {"sha256": keep_parts(parts, store, size=len(content)).sha256, "size": len(content)}


def kept(store: Store, work: LongWork) -> bytes:
    """Raises NotFound."""
    if work.sha256 is None:
        raise NotFound(GONE)
    try:
        with store.read_verified(work.sha256) as file:
            return sealing.open_sealed(file.read(), RESULT)
    except (Damaged, sealing.CannotOpen):
        raise NotFound(GONE) from None


def packed(lines: list[str]) -> bytes:
    return zlib.compress("\n".join(lines).encode(), QUICK)


def unpacked(content: bytes) -> list[str]:
    """Only what this product sealed comes here: its size was judged when it was made."""
    return zlib.decompress(content).decode().split("\n")
