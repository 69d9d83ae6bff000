"""包保: the keepers, and the places and tickets they keep from one day to another."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import User
from extensions import Model
from issues.ground.columns import Instant, word
from issues.models.issue import Issue
from issues.vocabulary import KeeperLevel

IN_USE = text("ended_at IS NULL")
OF_A_PLACE = text("until_on IS NULL AND issue_id IS NULL")
OF_A_TICKET = text("until_on IS NULL AND issue_id IS NOT NULL")


class Keeper(Model):
    """A person, with an account or without. Ended, not removed.

    `body` is the unit as it is told, "" where nobody said it.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), index=True)
    phone: Mapped[str] = mapped_column(String(40), default="")
    body: Mapped[str] = mapped_column(String(80), default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    account: Mapped[User | None] = relationship(foreign_keys=account_id)

    __table_args__ = (
        Index(
            "uq_keeper_account", "account_id", unique=True,
            sqlite_where=IN_USE, postgresql_where=IN_USE,
        ),
        CheckConstraint("name <> ''", name="named"),
    )  # fmt: skip


class Keeping(Model):
    """That a person keeps one place, with all that lies in it, or one ticket. Kept for good.

    `until_on` is the first day on which it is no longer so. `region` is "" for a ticket.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    keeper_id: Mapped[int] = mapped_column(ForeignKey("keeper.id"), index=True)
    level: Mapped[KeeperLevel] = mapped_column(word(KeeperLevel))
    region: Mapped[str] = mapped_column(String(24), default="", index=True)
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("issue.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    keeper: Mapped[Keeper] = relationship()
    issue: Mapped[Issue | None] = relationship()
    given_by: Mapped[User | None] = relationship()

    __table_args__ = (
        Index(
            "uq_keeping_place", "keeper_id", "level", "region", unique=True,
            sqlite_where=OF_A_PLACE, postgresql_where=OF_A_PLACE,
        ),
        Index(
            "uq_keeping_ticket", "keeper_id", "level", "issue_id", unique=True,
            sqlite_where=OF_A_TICKET, postgresql_where=OF_A_TICKET,
        ),
        CheckConstraint("(region = '') = (issue_id IS NOT NULL)", name="of_one_thing"),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="forward"),
    )  # fmt: skip
