"""Cards, exposures, findings, site checks, look-backs and assessment rounds."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import Unit, User
from extensions import Model
from issues.ground.columns import Instant, word
from issues.models.issue import Issue
from issues.vocabulary import Conclusion, ExposureLevel, FindingResult, LookbackResult


class Card(Model):
    """The formal act (挂牌). At most one stands on a ticket at a time.

    `is_watch`: the yellow one a lifted red card leaves behind (黄·观察).
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"))
    round: Mapped[int]
    colour: Mapped[str] = mapped_column(String(8))
    raised_on: Mapped[date]
    raised_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(Text)
    lifted_on: Mapped[date | None]
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    lift_reason: Mapped[str] = mapped_column(Text, default="")
    report_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    check_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    is_watch: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        CheckConstraint("colour IN ('yellow', 'red')", name="colour"),
        Index(
            "uq_card_standing",
            "issue_id",
            unique=True,
            sqlite_where=text("lifted_on IS NULL"),
            postgresql_where=text("lifted_on IS NULL"),
        ),
    )


class Exposure(Model):
    """A bulletin of a higher level or a report of the press (R5), until lifted or closed."""

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True)
    level: Mapped[ExposureLevel] = mapped_column(word(ExposureLevel))
    medium: Mapped[str] = mapped_column(String(120))
    on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    ended_on: Mapped[date | None]


class Finding(Model):
    """False or relapsed rectification (R6), until lifted or a later round's check passes."""

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True)
    round: Mapped[int]
    result: Mapped[FindingResult] = mapped_column(word(FindingResult))
    on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    ended_on: Mapped[date | None]


class SiteCheck(Model):
    """`measures`: [{id, conclusion}]; `photos`: evidence ids."""

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True)
    round: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
    place: Mapped[str] = mapped_column(Text)
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    inspectors: Mapped[list[Any]] = mapped_column(JSON)
    conclusion: Mapped[Conclusion] = mapped_column(word(Conclusion))
    measures: Mapped[list[Any]] = mapped_column(JSON, default=list[Any])
    photos: Mapped[list[Any]] = mapped_column(JSON, default=list[Any])
    code: Mapped[str] = mapped_column(String(2), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime] = mapped_column(Instant)


class Lookback(Model):
    """A planned or done look-back. Units never see it. `inspector`: who is to go."""

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True)
    planned_on: Mapped[date]
    why: Mapped[str] = mapped_column(String(80))
    done_on: Mapped[date | None]
    result: Mapped[LookbackResult | None] = mapped_column(word(LookbackResult))
    at: Mapped[datetime | None] = mapped_column(Instant)
    place: Mapped[str] = mapped_column(Text, default="")
    inspectors: Mapped[list[Any]] = mapped_column(JSON, default=list[Any])
    text: Mapped[str] = mapped_column(Text, default="")
    inspector_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    issue: Mapped[Issue] = relationship()
    inspector: Mapped[User | None] = relationship()

    __table_args__ = (
        Index("uq_lookback_plan", "issue_id", "planned_on", "why", unique=True),
        CheckConstraint("(done_on IS NULL) = (result IS NULL)", name="done_with_result"),
    )


class AssessmentRound(Model):
    """One 调度. `board` and its digest are frozen when the head closes it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date] = mapped_column(unique=True)
    closed_on: Mapped[date | None]
    board: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64), default="")

    items: Mapped[list["RoundItem"]] = relationship(order_by="RoundItem.id")


class RoundItem(Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"))
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"))
    computed: Mapped[str] = mapped_column(String(8))
    card: Mapped[str] = mapped_column(String(8))
    rules: Mapped[list[Any]] = mapped_column(JSON)
    decision: Mapped[str] = mapped_column(String(12), default="")
    colour: Mapped[str] = mapped_column(String(8), default="")
    is_unable: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")

    issue: Mapped[Issue] = relationship()

    __table_args__ = (
        Index("uq_round_item_issue", "round_id", "issue_id", unique=True),
        CheckConstraint("decision IN ('', 'confirm', 'hold', 'raise')", name="decision"),
    )


class Instruction(Model):
    """A leader's written word on a ticket (批示): to a unit, or to the office where `unit` is None.

    Open until it is replied to.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True)
    leader_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    text: Mapped[str] = mapped_column(Text)
    given_on: Mapped[date]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    due_on: Mapped[date]
    reply: Mapped[str] = mapped_column(Text, default="")
    replied_on: Mapped[date | None]
    replied_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    issue: Mapped[Issue] = relationship()
    leader: Mapped[User] = relationship(foreign_keys=leader_id)
    unit: Mapped[Unit | None] = relationship()
    replied_by: Mapped[User | None] = relationship(foreign_keys=replied_by_id)

    __table_args__ = (
        CheckConstraint("due_on >= given_on", name="due_later"),
        CheckConstraint("(replied_on IS NULL) = (reply = '')", name="replied_with_words"),
        Index("ix_instruction_unit_open", "unit_id", "replied_on"),
    )
