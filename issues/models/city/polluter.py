"""Pollution sources: firms and facilities, and the tickets and leads tied to them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import User
from extensions import Model
from issues.ground.columns import Instant, word
from issues.models.intake.lead import Lead
from issues.models.issue import Issue
from issues.vocabulary import PolluterKind

STANDING = text("ended_at IS NULL")


class Polluter(Model):
    """A firm or a facility. Ended, not removed. Its point is in WGS-84.

    `code` is its 统一社会信用代码, "" where it has none of its own; `permits` are the numbers of
    its permits with 、 between them.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(18), default="")
    name: Mapped[str] = mapped_column(String(80), index=True)
    kind: Mapped[PolluterKind] = mapped_column(word(PolluterKind))
    region: Mapped[str] = mapped_column(String(24), index=True)
    place: Mapped[str] = mapped_column(String(200), default="")
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    permits: Mapped[str] = mapped_column(String(200), default="")
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (
        Index(
            "uq_polluter_code", "code", unique=True,
            sqlite_where=text("code <> ''"), postgresql_where=text("code <> ''"),
        ),
        Index("ix_polluter_point", "lat", "lon"),
        CheckConstraint("name <> '' AND region <> ''", name="named"),
        CheckConstraint("code = '' OR length(code) = 18", name="whole_code"),
        CheckConstraint("(lon IS NULL) = (lat IS NULL)", name="whole_point"),
    )  # fmt: skip


class PolluterTie(Model):
    """That a ticket is about a pollution source, until it is untied. Kept for good."""

    id: Mapped[int] = mapped_column(primary_key=True)
    polluter_id: Mapped[int] = mapped_column(ForeignKey("polluter.id"), index=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True)
    tied_on: Mapped[date]
    tied_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    polluter: Mapped[Polluter] = relationship()
    issue: Mapped[Issue] = relationship()
    tied_by: Mapped[User | None] = relationship()

    __table_args__ = (
        Index(
            "uq_polluter_tie_standing", "polluter_id", "issue_id", unique=True,
            sqlite_where=STANDING, postgresql_where=STANDING,
        ),
    )  # fmt: skip


class LeadTie(Model):
    """That a lead is about a pollution source, until it is untied. Kept for good."""

    id: Mapped[int] = mapped_column(primary_key=True)
    polluter_id: Mapped[int] = mapped_column(ForeignKey("polluter.id"), index=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"), index=True)
    tied_on: Mapped[date]
    tied_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    polluter: Mapped[Polluter] = relationship()
    lead: Mapped[Lead] = relationship()
    tied_by: Mapped[User | None] = relationship()

    __table_args__ = (
        Index(
            "uq_lead_tie_standing", "polluter_id", "lead_id", unique=True,
            sqlite_where=STANDING, postgresql_where=STANDING,
        ),
    )  # fmt: skip
