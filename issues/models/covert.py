"""What inspectors found on unannounced visits (暗访), with photos. Units never see any of it.

And what a phone told of where and when something was written down on the spot.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import User
from extensions import Model
from issues.ground.columns import Instant
from issues.models.issue import Issue


class CovertNote(Model):
    """One visit to one place. `issue` is the ticket it became, `concerns` the one it was about.

    `inspectors`: the names of those who were there.
    """

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
    concerns_id: Mapped[int | None] = mapped_column(ForeignKey("issue.id"), index=True)
    inspectors: Mapped[list[Any]] = mapped_column(JSON, default=list[Any])

    inspector: Mapped[User] = relationship()
    issue: Mapped[Issue | None] = relationship(foreign_keys=issue_id)
    concerns: Mapped[Issue | None] = relationship(foreign_keys=concerns_id)
    capture: Mapped["Capture | None"] = relationship(back_populates="note")
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


class Capture(Model):
    """What a phone told when a record was made on the spot: told, never corrected.

    `device_at` is its clock when the place was taken, `device_off` the seconds its clock was ahead
    of the server's when it sent, `accuracy` the metres of its position. `key` is the one-time key
    of the form: the same one is never recorded twice, however late it comes again; `request` is the
    digest of what was sent with it. One of the two records is named.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    key: Mapped[str | None] = mapped_column(String(120))
    request: Mapped[str] = mapped_column(String(64), default="")
    device_at: Mapped[datetime | None] = mapped_column(Instant)
    device_off: Mapped[int | None]
    accuracy: Mapped[int | None]
    received_at: Mapped[datetime] = mapped_column(Instant)
    note_id: Mapped[int | None] = mapped_column(ForeignKey("covert_note.id"), index=True)
    check_id: Mapped[int | None] = mapped_column(ForeignKey("site_check.id"), index=True)

    note: Mapped[CovertNote | None] = relationship(back_populates="capture")

    __table_args__ = (
        Index("uq_capture_key", "user_id", "key", unique=True),
        CheckConstraint(
            "note_id IS NOT NULL OR check_id IS NOT NULL",
            name="of_a_record",
        ),
    )
