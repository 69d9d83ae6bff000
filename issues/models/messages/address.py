"""Where it is sent to besides: mailboxes and robots, calendar feeds, other systems."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import Unit, User
from extensions import Model
from issues.ground.columns import Instant, word
from issues.models.messages.message import ONE_OWNER
from issues.vocabulary import AddressKind

LIVE = text("ended_at IS NULL")


class Address(Model):
    """A mailbox or a robot, sealed with the code that proves it; `shown` is its masked form.

    A person's, or the group address of a unit. Used once it is proven, and not after its end, when
    what was sealed is wiped.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    kind: Mapped[AddressKind] = mapped_column(word(AddressKind))
    shown: Mapped[str] = mapped_column(String(80))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    key_id: Mapped[str] = mapped_column(String(16), index=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    code_until: Mapped[datetime | None] = mapped_column(Instant)
    tries: Mapped[int] = mapped_column(default=0)
    proven_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    user: Mapped[User | None] = relationship(foreign_keys=user_id)
    unit: Mapped[Unit | None] = relationship()

    __table_args__ = (CheckConstraint(ONE_OWNER, name="one_owner"),)


class FeedPass(Model):
    """The address of a person's deadlines. Only its secret's digest is kept; one is live."""

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (
        Index(
            "uq_feed_pass_live", "user_id", unique=True, sqlite_where=LIVE, postgresql_where=LIVE
        ),
    )


class Webhook(Model):
    """Another system that is told of events: address and secret sealed, its host in plain words."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    host: Mapped[str] = mapped_column(String(120))
    events: Mapped[list[Any]] = mapped_column(JSON)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    key_id: Mapped[str] = mapped_column(String(16), index=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    made_by: Mapped[User] = relationship()
