"""Files as proof: one row a version, bytes elsewhere under their digest."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import Unit, User
from extensions import db
from issues.columns import Instant, word
from issues.vocabulary import EvidenceKind


class Evidence(db.Model):
    """`is_covert` files are not for units. `taken_at` is the camera's local time, as text."""

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"))
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"))
    kind: Mapped[EvidenceKind] = mapped_column(word(EvidenceKind))
    version: Mapped[int] = mapped_column(default=1)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(100))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    note: Mapped[str] = mapped_column(Text, default="")
    is_covert: Mapped[bool] = mapped_column(default=False)
    taken_at: Mapped[str | None] = mapped_column(String(32))
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    software: Mapped[str] = mapped_column(String(120), default="")
    dhash: Mapped[str | None] = mapped_column(String(16))
    uploaded_at: Mapped[datetime] = mapped_column(Instant)
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)

    uploaded_by: Mapped[User | None] = relationship()
    unit: Mapped[Unit | None] = relationship()

    __table_args__ = (Index("ix_evidence_issue", "issue_id", "kind"),)
