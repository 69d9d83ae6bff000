"""What is one person's own: views of the register, its looks, weekly digests, unsent forms."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import User
from extensions import Model
from issues.ground.columns import Instant


class SavedView(Model):
    """A filter of the register under a name. `query` is as it stands in the address."""

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(String(20))
    query: Mapped[str] = mapped_column(Text)
    is_shared: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(Instant)

    user: Mapped[User] = relationship()

    __table_args__ = (
        UniqueConstraint("user_id", "name", name="uq_saved_view_name"),
        CheckConstraint("name <> ''", name="named"),
        Index("ix_saved_view_shared", "is_shared"),
    )


class Preference(Model):
    """One thing a person has chosen, by its key."""

    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class Digest(Model):
    """What a leader was told of one week: frozen on the day it was made. One a person and week."""

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    week_on: Mapped[date]
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(Instant)
    read_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (UniqueConstraint("user_id", "week_on", name="uq_digest_week"),)


class KeptForm(Model):
    """What a person typed into one form and has not sent, sealed; gone after `until`.

    `token` names it in an address and says nothing. `place` is the digest of the path the form is
    sent to, `page` that of its page's; `size` the bytes of what is sealed.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    token: Mapped[str] = mapped_column(String(24), unique=True)
    place: Mapped[str] = mapped_column(String(64))
    page: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    key_id: Mapped[str] = mapped_column(String(16), index=True)
    size: Mapped[int]
    begun_at: Mapped[datetime] = mapped_column(Instant)
    kept_at: Mapped[datetime] = mapped_column(Instant)
    until: Mapped[datetime] = mapped_column(Instant, index=True)

    __table_args__ = (
        Index("ix_kept_form_page", "user_id", "page"),
        Index("ix_kept_form_place", "user_id", "place"),
        CheckConstraint("size > 0", name="says_something"),
    )
