"""Which kept bytes some row names: these are backed up, and the rest may be swept away."""

from typing import Any

from sqlalchemy import CompoundSelect, select, union_all

from issues.dossiers import batches
from issues.models import (
    ComplaintOriginal,
    CovertPhoto,
    Evidence,
    LeadPicture,
    LedgerImport,
    Notice,
    Roster,
)
from issues.works import asking


def digests() -> CompoundSelect[Any]:
    """Each digest, as often as it is named."""
    return union_all(
        select(Evidence.sha256),
        select(CovertPhoto.sha256),
        select(LeadPicture.sha256),
        select(ComplaintOriginal.sha256),
        select(LedgerImport.sha256),
        select(Roster.sha256),
        select(Notice.sha256).where(Notice.sha256.is_not(None)),
        batches.kept(),
        asking.kept(),
    )
