"""By what likely duplicates of a ticket are found, and which tickets a person has tied together."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from extensions import Model
from issues.ground.columns import word
from issues.models.issue import Issue
from issues.vocabulary import LinkKind

LIVE = text("ended_on IS NULL")
LED = text("ended_on IS NULL AND kind = 'same_problem'")


class LikenessKey(Model):
    """A part of the fingerprint of a problem's pairs of signs: alike problems share some.

    Written by issues/likeness/index.py alone.
    """

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), primary_key=True)

    __table_args__ = (
        Index("ix_likeness_key_issue_id", "issue_id"),
        {"sqlite_with_rowid": False},
    )


class LeadKey(Model):
    """The same of the text of a lead, which never changes."""

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"), primary_key=True)

    __table_args__ = (Index("ix_lead_key_lead_id", "lead_id"), {"sqlite_with_rowid": False})


class IssueLink(Model):
    """What a person said two tickets are to each other; it stays when it is ended.

    Of the same problem `to` leads: its colour alone is counted, from `linked_on` up to, not
    including, `ended_on`. A ticket follows one at most, and one that leads follows none.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True)
    kind: Mapped[LinkKind] = mapped_column(word(LinkKind))
    reason: Mapped[str] = mapped_column(Text)
    linked_on: Mapped[date]
    ended_on: Mapped[date | None]
    end_reason: Mapped[str] = mapped_column(Text, default="")

    issue: Mapped[Issue] = relationship(foreign_keys=issue_id)
    to: Mapped[Issue] = relationship(foreign_keys=to_id)

    __table_args__ = (
        CheckConstraint("reason <> ''", name="with_a_reason"),
        CheckConstraint("(ended_on IS NULL) = (end_reason = '')", name="ended_with_a_reason"),
        CheckConstraint("ended_on IS NULL OR ended_on >= linked_on", name="ended_later"),
        Index(
            "uq_issue_link_pair", "issue_id", "to_id", unique=True,
            sqlite_where=LIVE, postgresql_where=LIVE,
        ),
        Index(
            "uq_issue_link_led", "issue_id", unique=True,
            sqlite_where=LED, postgresql_where=LED,
        ),
    )  # fmt: skip
