"""Units, accounts, grants of roles, identities outside, sessions, tokens and tries to sign in."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from extensions import Model
from issues.ground.columns import Instant, word
from issues.vocabulary import AliasKind, DoorKind, Role, TokenScope

LIVE_ADMINISTRATOR = text(
    "revoked_at IS NULL AND role IN ('sysadmin', 'secadmin', 'auditor')"
)  # one of the three at most, whichever door it comes through


A_CENTRE = text("kind = '县级指挥中心'")
"""A county has one centre."""
LIVE_ALIAS = text("ended_at IS NULL")


class Unit(Model):
    """A body that can answer for a ticket. A county's own code is also its region code.

    One that was merged or split is ended: its history and what is closed keep it, nothing new does.
    `contact` and `phone` are for who keeps the units; no paper and no list of the API has them.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(24), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    short_name: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(20))
    region: Mapped[str] = mapped_column(String(12), index=True)
    position: Mapped[int]
    contact: Mapped[str] = mapped_column(String(40), default="", server_default="")
    phone: Mapped[str] = mapped_column(String(40), default="", server_default="")
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (
        Index(
            "uq_unit_centre", "region", unique=True, sqlite_where=A_CENTRE,
            postgresql_where=A_CENTRE,
        ),
    )  # fmt: skip


class UnitAlias(Model):
    """What a unit is called besides. One that is ended names nobody; the history knows it.

    `plain` is the spelling that names are compared in: of one live alias at most.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    text: Mapped[str] = mapped_column(String(80))
    plain: Mapped[str] = mapped_column(String(80))
    kind: Mapped[AliasKind] = mapped_column(word(AliasKind))
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    unit: Mapped[Unit] = relationship()
    made_by: Mapped["User | None"] = relationship()

    __table_args__ = (
        Index(
            "uq_unit_alias_plain", "plain", unique=True,
            sqlite_where=LIVE_ALIAS, postgresql_where=LIVE_ALIAS,
        ),
        CheckConstraint("text <> '' AND plain <> ''", name="says_something"),
    )  # fmt: skip


class User(Model):
    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    display_name: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    phone: Mapped[str] = mapped_column(String(40), default="")
    note: Mapped[str] = mapped_column(String(200), default="", server_default="")
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    password_changed_at: Mapped[datetime | None] = mapped_column(Instant)
    must_change_password: Mapped[bool] = mapped_column(default=False)
    password_until: Mapped[datetime | None] = mapped_column(Instant)
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(Instant)

    unit: Mapped[Unit | None] = relationship()
    grants: Mapped[list["Grant"]] = relationship(
        back_populates="user", foreign_keys="Grant.user_id", cascade="all, delete-orphan"
    )


class Grant(Model):
    """One role of one account. Revoked, not removed: the history names it."""

    __tablename__ = "role_grant"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    role: Mapped[Role] = mapped_column(word(Role))
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    granted_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)

    user: Mapped[User] = relationship(back_populates="grants", foreign_keys=user_id)

    __table_args__ = (
        Index(
            "uq_role_grant_live",
            "user_id",
            "role",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
        Index(
            "uq_role_grant_administrator",
            "user_id",
            unique=True,
            sqlite_where=LIVE_ADMINISTRATOR,
            postgresql_where=LIVE_ADMINISTRATOR,
        ),
        CheckConstraint("granted_by_id IS NULL OR granted_by_id <> user_id", name="not_to_self"),
    )


class OutsideIdentity(Model):
    """Who somebody is to another system. It opens the account while it is confirmed and not ended.

    Ended, not removed: the history names it.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    door: Mapped[DoorKind] = mapped_column(word(DoorKind))
    issuer: Mapped[str] = mapped_column(String(300))
    subject: Mapped[str] = mapped_column(String(255))
    shown: Mapped[str] = mapped_column(String(80), default="")
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    linked_at: Mapped[datetime] = mapped_column(Instant)
    linked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (
        Index(
            "uq_outside_identity_live",
            "door",
            "issuer",
            "subject",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(
            "uq_outside_identity_of_user",
            "user_id",
            "door",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )


class SpentProof(Model):
    """A proof of an outside system that was taken once, and is refused the second time."""

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)


class SignIn(Model):
    """One session of one person. Only the digest of its secret is kept.

    `proven_at` is when the person last proved again, within it, that it is still they. `door` is
    empty where it began by the product's own password.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    proven_at: Mapped[datetime | None] = mapped_column(Instant)
    address: Mapped[str] = mapped_column(String(64), default="")
    agent: Mapped[str] = mapped_column(String(200), default="")
    door: Mapped[str] = mapped_column(String(8), default="", server_default="")


class ApiToken(Model):
    """A secret for a program that acts as one account. One of before scopes has no end."""

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    note: Mapped[str] = mapped_column(Text, default="")
    scope: Mapped[TokenScope] = mapped_column(word(TokenScope), default=TokenScope.FULL)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime | None] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)


class LoginAttempt(Model):
    """A wrong try, counted per account and per address over all processes.

    It has no name any more where the account was signed in to from elsewhere since.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (Index(None, "name", "at"), Index(None, "address", "at"))
