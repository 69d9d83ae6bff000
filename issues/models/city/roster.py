"""Workbooks of units and of people, and the roles that one of people asks for."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import User
from extensions import Model
from issues.ground.columns import Instant, word
from issues.vocabulary import Role, RosterKind


class Roster(Model):
    """An uploaded workbook of units, people, sources or leads: kept sealed, confirmed or not.

    `report` is what it would do, row by row, or did. `user` is None on the command line.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[RosterKind] = mapped_column(word(RosterKind))
    name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    key_id: Mapped[str] = mapped_column(String(16), index=True)
    uploaded_at: Mapped[datetime] = mapped_column(Instant)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict[str, Any])
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(String(200), default="")

    user: Mapped[User | None] = relationship()

    __table_args__ = (
        CheckConstraint("(confirmed_at IS NULL) = (reason = '')", name="confirmed_with_a_reason"),
    )


class RoleRequest(Model):
    """A role that who keeps the accounts asks for; who gives roles decides. Kept for good.

    `roster_id` is the workbook it came in with.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[Role] = mapped_column(word(Role))
    roster_id: Mapped[int | None] = mapped_column(ForeignKey("roster.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    is_granted: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(String(200), default="")

    user: Mapped[User] = relationship(foreign_keys=user_id)
    asked_by: Mapped[User] = relationship(foreign_keys=asked_by_id)

    __table_args__ = (
        Index(
            "uq_role_request_waiting", "user_id", "role", unique=True,
            sqlite_where=text("decided_at IS NULL"), postgresql_where=text("decided_at IS NULL"),
        ),
        CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL)"
            " AND (decided_at IS NULL) = (reason = '')",
            name="decided_with_a_reason",
        ),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> user_id", name="not_to_self"),
        CheckConstraint("decided_at IS NOT NULL OR NOT is_granted", name="granted_is_decided"),
    )  # fmt: skip
