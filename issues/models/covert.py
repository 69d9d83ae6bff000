"""What inspectors found on unannounced visits (暗访), with photos. Units never see any of it."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import User
from extensions import Model
from issues.ground.columns import Instant
from issues.models.issue import Issue


class CovertNote(Model):
    """One visit to one place. `issue` is the ticket it became."""

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    findings: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)
    region: Mapped[str] = mapped_column(String(12))
    place: Mapped[str] = mapped_column(Text, default="")
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    subject_firm: Mapped[str] = mapped_column(String(120), default="")
    inspector_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("issue.id"), index=True)

    inspector: Mapped[User] = relationship()
    issue: Mapped[Issue | None] = relationship()
    photos: Mapped[list["CovertPhoto"]] = relationship(order_by="CovertPhoto.id")


class CovertPhoto(Model):
    """A file of a note, its bytes under their digest as those of evidence."""

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("covert_note.id"))
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(100))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    taken_at: Mapped[str | None] = mapped_column(String(32))
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    software: Mapped[str] = mapped_column(String(120), default="")
    dhash: Mapped[str | None] = mapped_column(String(16))
    uploaded_at: Mapped[datetime] = mapped_column(Instant)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    __table_args__ = (Index("uq_covert_photo_bytes", "note_id", "sha256", unique=True),)
