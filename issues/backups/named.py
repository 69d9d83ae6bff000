"""Which kept bytes some row names: these are backed up, and the rest may be swept away."""

from typing import Any

from sqlalchemy import CompoundSelect, select, union_all

from issues.dossiers import batches
from issues.evidence.storage.named import NAMING
from issues.works import asking


def digests() -> CompoundSelect[Any]:
    """Each digest, as often as it is named."""
    return union_all(
        *(select(table.sha256).where(table.sha256.is_not(None)) for table in NAMING),
        batches.kept(),
        asking.kept(),
    )
