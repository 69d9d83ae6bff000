"""A backup as it is taken, or put back beside to be tried: how far it is, what came of it."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Model
from issues.ground.columns import Instant, word
from issues.vocabulary import BackupKind


class BackupRun(Model):
    """`name` is the folder's, `beat_at` when it was last heard of.

    `files` of `all_files`, and bytes likewise, are of the stage it is in. `fault` is empty where
    it came out well.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[BackupKind] = mapped_column(word(BackupKind))
    name: Mapped[str] = mapped_column(String(200))
    began_at: Mapped[datetime] = mapped_column(Instant)
    beat_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    stage: Mapped[str] = mapped_column(String(40), default="", server_default="")
    files: Mapped[int] = mapped_column(default=0, server_default="0")
    all_files: Mapped[int] = mapped_column(default=0, server_default="0")
    size: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    all_size: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    result: Mapped[str] = mapped_column(Text, default="", server_default="")
    fault: Mapped[str] = mapped_column(Text, default="", server_default="")

    __table_args__ = (
        CheckConstraint("fault = '' OR ended_at IS NOT NULL", name="fails_at_its_end"),
        Index("ix_backup_run_kind", "kind", "began_at"),
    )
