"""Points booked to units, appeals against them, and the quarters that were published."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import Unit, User
from extensions import Model
from issues.ground.columns import Exact, Instant, word
from issues.models.issue import Issue
from issues.vocabulary import EntryKind, ScoreRule, ScoreShare, ScoreState


class ScoreEntry(Model):
    """One line of a unit's book: what it bears of one event. Written once, never changed.

    `key` names the event for ever and `turn` the line of it; `on` is its day, `year` and `quarter`
    where the line counts: that day's, or the running one where that day's is published. Value =
    base × share % × weight. A line after the first is `of` it, with a `reason`.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    turn: Mapped[int]
    kind: Mapped[EntryKind] = mapped_column(word(EntryKind))
    rule: Mapped[ScoreRule] = mapped_column(word(ScoreRule))
    share_as: Mapped[ScoreShare] = mapped_column(word(ScoreShare))
    on: Mapped[date] = mapped_column(index=True)
    year: Mapped[int]
    quarter: Mapped[int]
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"))
    because: Mapped[str] = mapped_column(String(200), default="")
    base: Mapped[Decimal] = mapped_column(Exact)
    share: Mapped[Decimal] = mapped_column(Exact)
    weight: Mapped[Decimal] = mapped_column(Exact)
    value: Mapped[Decimal] = mapped_column(Exact)
    policy: Mapped[int]
    booked_at: Mapped[datetime] = mapped_column(Instant)
    booked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    of_id: Mapped[int | None] = mapped_column(ForeignKey("score_entry.id"), index=True)
    reason: Mapped[str] = mapped_column(String(500), default="")

    unit: Mapped[Unit] = relationship()
    issue: Mapped[Issue] = relationship()
    of: Mapped["ScoreEntry | None"] = relationship(remote_side=id)

    __table_args__ = (
        Index("uq_score_entry_turn", "key", "unit_id", "turn", unique=True),
        Index("ix_score_entry_book", "year", "quarter", "unit_id"),
        CheckConstraint("quarter BETWEEN 1 AND 4", name="quarter"),
        CheckConstraint("turn >= 0 AND (turn = 0) = (of_id IS NULL)", name="first_is_of_none"),
        CheckConstraint("(kind = 'booking') = (of_id IS NULL)", name="booking_is_first"),
        CheckConstraint("kind = 'booking' OR reason <> ''", name="later_with_reason"),
    )


class ScoreAppeal(Model):
    """What a unit's leader says against a point, and the ruling. One a point; never removed.

    `evidence`: ids of files on the ticket.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("score_entry.id"), unique=True)
    state: Mapped[ScoreState] = mapped_column(word(ScoreState))
    text: Mapped[str] = mapped_column(String(2000))
    evidence: Mapped[list[Any]] = mapped_column(JSON, default=list[Any])
    appealed_at: Mapped[datetime] = mapped_column(Instant)
    appealed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    ruling: Mapped[str] = mapped_column(String(2000), default="")
    ruled_at: Mapped[datetime | None] = mapped_column(Instant)
    ruled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    entry: Mapped[ScoreEntry] = relationship()
    appealed_by: Mapped[User] = relationship(foreign_keys=appealed_by_id)
    ruled_by: Mapped[User | None] = relationship(foreign_keys=ruled_by_id)

    __table_args__ = (
        CheckConstraint("state IN ('appealed', 'upheld', 'rejected')", name="of_appeals"),
        CheckConstraint("text <> ''", name="says_something"),
        CheckConstraint(
            "(state = 'appealed') = (ruled_at IS NULL) AND (state = 'appealed') = (ruling = '')"
            " AND (state = 'appealed') = (ruled_by_id IS NULL)",
            name="ruled_with_reason",
        ),
    )


class ScoreQuarter(Model):
    """A quarter's scores as they were published; never changed. `document` is what it says."""

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    quarter: Mapped[int]
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime] = mapped_column(Instant)
    published_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    published_by: Mapped[User] = relationship()

    __table_args__ = (
        Index("uq_score_quarter_of_year", "year", "quarter", unique=True),
        CheckConstraint("quarter BETWEEN 1 AND 4", name="quarter"),
    )


class ScoreSheet(Model):
    """A unit's published quarter as a signed paper; `facts` are what it says, frozen with it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    quarter: Mapped[int]
    number: Mapped[str] = mapped_column(String(60), unique=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64))
    signed_at: Mapped[datetime] = mapped_column(Instant)
    signed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    unit: Mapped[Unit] = relationship()
    signed_by: Mapped[User] = relationship()

    __table_args__ = (
        Index("uq_score_sheet_of_quarter", "year", "quarter", "unit_id", unique=True),
        CheckConstraint("quarter BETWEEN 1 AND 4", name="quarter"),
    )
