"""What a machine, a hotline or a person tells of, before anybody says what is to become of it."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import User
from extensions import Model
from issues.ground.columns import Exact, Instant, word
from issues.models.issue import Issue
from issues.vocabulary import LeadOrigin, LeadState


class Lead(Model):
    """One lead. `issue` is the ticket it became or was tied to; nothing of it is ever removed.

    `is_urgent` and `due_at` are worked out when it comes in, by the rules of that day.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    origin: Mapped[LeadOrigin] = mapped_column(word(LeadOrigin))
    origin_ref: Mapped[str | None] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)
    reporter_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    text: Mapped[str] = mapped_column(Text)
    region: Mapped[str] = mapped_column(String(12), default="")
    place: Mapped[str] = mapped_column(Text, default="")
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    subject_firm: Mapped[str] = mapped_column(String(120), default="")
    pollutant: Mapped[str] = mapped_column(String(40), default="")
    value: Mapped[Decimal | None] = mapped_column(Exact)
    measured_in: Mapped[str] = mapped_column(String(20), default="")
    limit_value: Mapped[Decimal | None] = mapped_column(Exact)
    is_urgent: Mapped[bool]
    due_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[LeadState] = mapped_column(word(LeadState), default=LeadState.NEW)
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("issue.id"), index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    triaged_at: Mapped[datetime | None] = mapped_column(Instant)
    triaged_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    reporter: Mapped[User] = relationship(foreign_keys=[reporter_id])
    triaged_by: Mapped[User | None] = relationship(foreign_keys=[triaged_by_id])
    issue: Mapped[Issue | None] = relationship()
    pictures: Mapped[list["LeadPicture"]] = relationship(order_by="LeadPicture.id")

    __table_args__ = (
        CheckConstraint("text <> ''", name="says_something"),
        CheckConstraint("(lon IS NULL) = (lat IS NULL)", name="whole_point"),
        CheckConstraint("(value IS NULL) = (pollutant = '')", name="reading_named"),
        CheckConstraint("limit_value IS NULL OR value IS NOT NULL", name="limit_of_a_reading"),
        CheckConstraint(
            "(state = 'new') = (triaged_at IS NULL)"
            " AND (triaged_at IS NULL) = (triaged_by_id IS NULL)",
            name="triaged",
        ),
        CheckConstraint(
            "(state IN ('ticket', 'linked')) = (issue_id IS NOT NULL)", name="led_to_a_ticket"
        ),
        CheckConstraint("state <> 'dismissed' OR reason <> ''", name="dismissed_with_reason"),
        Index("uq_lead_origin_ref", "origin", "origin_ref", unique=True),
        Index("ix_lead_waiting", "state", "due_at"),
        Index("ix_lead_received_at", "received_at"),
    )


class LeadPicture(Model):
    """A file that came with a lead, its bytes under their digest as those of evidence."""

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"))
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

    __table_args__ = (Index("uq_lead_picture_bytes", "lead_id", "sha256", unique=True),)
