"""What a person or a unit's group is told, and when they want to be."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Model
from issues.ground.columns import Instant, word
from issues.vocabulary import MessageEvent

ONE_OWNER = "(user_id IS NULL) <> (unit_id IS NULL)"


class Message(Model):
    """That something happened: its event, what it is called, where it stands. No contents.

    To one person, or to a unit's group address (then no inbox shows it). `occasion` is what it
    happened by: nobody is told of one twice. `issue_id`, `notice_id` are what the reader must see.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    event: Mapped[MessageEvent] = mapped_column(word(MessageEvent))
    called: Mapped[str] = mapped_column(String(60))
    path: Mapped[str] = mapped_column(String(120))
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("issue.id"), index=True)
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"), index=True)
    is_covert: Mapped[bool] = mapped_column(default=False)
    on: Mapped[date]
    occasion: Mapped[str] = mapped_column(String(80))
    written_at: Mapped[datetime] = mapped_column(Instant, index=True)
    read_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (
        CheckConstraint(ONE_OWNER, name="one_owner"),
        Index("uq_message_person", "user_id", "occasion", unique=True),
        Index("uq_message_unit", "unit_id", "occasion", unique=True),
        Index("ix_message_unread", "user_id", "read_at", "id"),
    )


class MessageChoice(Model):
    """When a person or a unit's group wants to be told: by event, and the hours of quiet."""

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), unique=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), unique=True)
    timings: Mapped[dict[str, Any]] = mapped_column(JSON)
    quiet_from: Mapped[str] = mapped_column(String(5))
    quiet_until: Mapped[str] = mapped_column(String(5))

    __table_args__ = (CheckConstraint(ONE_OWNER, name="one_owner"),)
