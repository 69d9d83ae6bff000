"""The history: append-only rows, one hash chain a subject, and the daily anchor."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, Index, String, Text, and_, event
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Model
from issues.ground.columns import Instant
from issues.ground.secrecy.algorithms import HMAC_SHA256, SHA256
from issues.vocabulary import Subject


class Event(Model):
    """One act: who (as they were called then), what, from, to, why. audit.py alone adds rows."""

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(16))
    subject_id: Mapped[int]
    seq: Mapped[int]
    action: Mapped[str] = mapped_column(String(32))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    actor: Mapped[str] = mapped_column(String(80))
    unit: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Instant)
    on: Mapped[date]
    before: Mapped[str] = mapped_column(String(32), default="")
    after: Mapped[str] = mapped_column(String(32), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict[str, Any])
    is_covert: Mapped[bool] = mapped_column(default=False)
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    algorithm: Mapped[str] = mapped_column(String(16), default=SHA256, server_default=SHA256)

    @classmethod
    def is_about(cls, subject: Subject, subject_id: int) -> ColumnElement[bool]:
        """The condition on Event of one chain."""
        return and_(cls.subject == subject.value, cls.subject_id == subject_id)

    __table_args__ = (
        Index("uq_event_chain", "subject", "subject_id", "seq", unique=True),
        Index("ix_event_on", "on"),
        Index("ix_event_actor", "actor_id"),
    )


class Anchor(Model):
    """One day's signature over the head and length of every chain.

    `imprints` is how far the imprints had come, `imprint_mac` their head; None in older ones.
    """

    on: Mapped[date] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    chains: Mapped[int]
    events: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    signature: Mapped[str] = mapped_column(String(64))
    algorithm: Mapped[str] = mapped_column(
        String(16), default=HMAC_SHA256, server_default=HMAC_SHA256
    )
    imprints: Mapped[int | None]
    imprint_mac: Mapped[str | None] = mapped_column(String(64))


class HistoryIsAppendOnly(RuntimeError):
    pass


@event.listens_for(Event, "before_update")
@event.listens_for(Event, "before_delete")
def refuse_change(_mapper: Any, _connection: Any, row: Event) -> None:
    raise HistoryIsAppendOnly(f"event {row.id}")
