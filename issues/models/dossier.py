"""Dossiers of many tickets, asked for at once and written one after another by the jobs."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import User
from extensions import Model
from issues.ground.columns import Instant
from issues.models.issue import Issue


class DossierBatch(Model):
    """What one person asked for. A cancelled one keeps what was written, and can go on."""

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    cancelled_at: Mapped[datetime | None] = mapped_column(Instant)

    made_by: Mapped[User] = relationship()
    items: Mapped[list["DossierItem"]] = relationship(order_by="DossierItem.id")


class DossierItem(Model):
    """One ticket's archive: not yet written, written and kept under its digest, or failed."""

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("dossier_batch.id"), index=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"))
    failure: Mapped[str] = mapped_column(Text, default="", server_default="")
    sha256: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int | None] = mapped_column(BigInteger)
    is_inside: Mapped[bool] = mapped_column(default=False, server_default=false())
    done_at: Mapped[datetime | None] = mapped_column(Instant)

    issue: Mapped[Issue] = relationship()

    __table_args__ = (
        CheckConstraint("(sha256 IS NULL) = (done_at IS NULL)", name="written_when"),
        CheckConstraint("sha256 IS NULL OR failure = ''", name="written_or_failed"),
    )
