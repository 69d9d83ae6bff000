"""The tables whose rows name kept bytes by their digest. One list, for whoever keeps or removes."""

from sqlalchemy import exists, select

from extensions import db
from issues.models import (
    ComplaintOriginal,
    CovertPhoto,
    DraftPicture,
    Evidence,
    LeadPicture,
    LedgerImport,
    Notice,
    NoticeCopy,
    Roster,
    ScoreSheet,
    TextDocument,
)

NAMING = (
    Evidence, CovertPhoto, LeadPicture, ComplaintOriginal, LedgerImport, Roster, TextDocument,
    Notice, NoticeCopy, ScoreSheet, DraftPicture,
)  # fmt: skip


def is_named(sha256: str) -> bool:
    return any(
        db.session.scalar(select(exists().where(table.sha256 == sha256))) for table in NAMING
    )
