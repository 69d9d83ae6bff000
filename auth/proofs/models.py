"""Tables of how a person proves who they are, beside the password itself: what is kept of each."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import User
from extensions import Model
from issues.ground.columns import Instant, word
from issues.vocabulary import PairAct, PairOutcome, Role

LIVE_FACTOR = text("ended_at IS NULL AND confirmed_at IS NOT NULL")
BEGUN_FACTOR = text("ended_at IS NULL AND confirmed_at IS NULL")
OPEN = text("decided_at IS NULL")


class PastPassword(Model):
    """One of a person's own earlier passwords, so that it does not come back too soon."""

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    replaced_at: Mapped[datetime] = mapped_column(Instant)


class PasswordLink(Model):
    """A way to set one's password once. Only the digest of its secret is kept."""

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class SecondFactor(Model):
    """A device that shows codes. `last_step` is the newest code that was taken: none before it is.

    The secret is sealed, and wiped when the factor ends.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    key_id: Mapped[str] = mapped_column(String(16))
    made_at: Mapped[datetime] = mapped_column(Instant)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    last_step: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        Index(
            "uq_second_factor_live", "user_id", unique=True,
            sqlite_where=LIVE_FACTOR, postgresql_where=LIVE_FACTOR,
        ),
        Index(
            "uq_second_factor_begun", "user_id", unique=True,
            sqlite_where=BEGUN_FACTOR, postgresql_where=BEGUN_FACTOR,
        ),
    )  # fmt: skip


class RecoveryCode(Model):
    """Stands in for the device once. 120 random bits, so a plain digest is enough."""

    id: Mapped[int] = mapped_column(primary_key=True)
    factor_id: Mapped[int] = mapped_column(ForeignKey("second_factor.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class ProofTry(Model):
    """A try at a code, or at proving oneself again, counted per account over all processes."""

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (Index(None, "user_id", "at"),)


class PairRequest(Model):
    """What takes two persons: asked by one, decided by another, about a third."""

    id: Mapped[int] = mapped_column(primary_key=True)
    act: Mapped[PairAct] = mapped_column(word(PairAct))
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[Role | None] = mapped_column(word(Role))
    reason: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    outcome: Mapped[PairOutcome | None] = mapped_column(word(PairOutcome))

    user: Mapped[User] = relationship(foreign_keys=user_id)
    asked_by: Mapped[User] = relationship(foreign_keys=asked_by_id)

    __table_args__ = (
        Index(
            "uq_pair_request_open", "user_id", "act", unique=True,
            sqlite_where=OPEN, postgresql_where=OPEN,
        ),
        CheckConstraint(
            "outcome IS NULL OR outcome <> 'confirmed' OR (decided_by_id <> asked_by_id"
            " AND decided_by_id <> user_id AND asked_by_id <> user_id)",
            name="two_persons",
        ),
        CheckConstraint("(decided_at IS NULL) = (outcome IS NULL)", name="decided_iff_outcome"),
    )  # fmt: skip
