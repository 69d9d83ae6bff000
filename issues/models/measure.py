"""Measures of a plan and targets, reports on them, requests for acceptance and for more time."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import Unit, User
from extensions import Model
from issues.ground.columns import Exact, Instant, word
from issues.vocabulary import Nature, Sense


class Measure(Model):
    """One step of a plan. `reported` is the unit's word; `confirmed` is a reviewer's.

    `target` is the figure that grows along a line, its sense at least (`ge`) or more (`gt`). What
    is held at a level, or kept, is a Target of the measure.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"))
    round: Mapped[int]
    no: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    person: Mapped[str] = mapped_column(String(40), default="")
    start: Mapped[date | None]
    deadline: Mapped[date | None]
    deadline_text: Mapped[str] = mapped_column(String(120), default="")
    target: Mapped[Decimal | None] = mapped_column(Exact)
    unit_of_target: Mapped[str] = mapped_column(String(20), default="")
    sense_of_target: Mapped[Sense] = mapped_column(
        word(Sense), default=Sense.GE, server_default=Sense.GE.value
    )
    reported: Mapped[Decimal | None] = mapped_column(Exact)
    confirmed: Mapped[Decimal | None] = mapped_column(Exact)
    is_reported_done: Mapped[bool] = mapped_column(default=False)
    is_done: Mapped[bool] = mapped_column(default=False)
    done_on: Mapped[date | None]
    progress: Mapped[str] = mapped_column(Text, default="")
    dropped_at: Mapped[datetime | None] = mapped_column(Instant)
    original: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict[str, Any])

    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (
        CheckConstraint("done_on IS NULL OR is_done", name="done_on_done"),
        CheckConstraint("sense_of_target IN ('ge', 'gt')", name="target_grows"),
        Index("ix_measure_issue", "issue_id", "round", "no"),
        Index("ix_measure_unit", "unit_id"),
    )


class Target(Model):
    """What is to be reached, of a ticket or of one measure: `name` `sense` `value` `unit_of_value`.

    `due` is its day or the last of its period, `start` the first; `source_unit` is whose figures
    count. `is_required`: acceptance asks for it. `basis` says where it comes from, `quote` is the
    wording it was read from. One that holds no more is ended with the reason; the row stays.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True)
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    sense: Mapped[Sense] = mapped_column(word(Sense))
    value: Mapped[Decimal] = mapped_column(Exact)
    unit_of_value: Mapped[str] = mapped_column(String(20), default="")
    nature: Mapped[Nature] = mapped_column(word(Nature))
    start: Mapped[date | None]
    due: Mapped[date | None]
    source_unit: Mapped[str] = mapped_column(String(80), default="")
    is_required: Mapped[bool] = mapped_column(default=False)
    basis: Mapped[str] = mapped_column(String(80), default="")
    quote: Mapped[str] = mapped_column(Text, default="")
    entered_at: Mapped[datetime] = mapped_column(Instant)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_why: Mapped[str] = mapped_column(Text, default="")

    measure: Mapped[Measure | None] = relationship()
    entered_by: Mapped[User | None] = relationship()

    __table_args__ = (
        CheckConstraint("name <> ''", name="named"),
        CheckConstraint("start <= due", name="due_from_start"),
        CheckConstraint("(ended_at IS NULL) = (ended_why = '')", name="ended_why"),
    )


class ProgressReport(Model):
    """What a unit reported once; its lines carry what stood there before.

    `lines`: [{measure, reported, done, before_reported, before_done}].
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True)
    round: Mapped[int]
    on: Mapped[date]
    at: Mapped[datetime] = mapped_column(Instant)
    text: Mapped[str] = mapped_column(Text)
    lines: Mapped[list[Any]] = mapped_column(JSON, default=list[Any])
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    state: Mapped[str] = mapped_column(String(12), default="pending")
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reviewed_on: Mapped[date | None]
    opinion: Mapped[str] = mapped_column(Text, default="")

    reporter: Mapped[User | None] = relationship(foreign_keys=reporter_id)

    __table_args__ = (
        CheckConstraint("state IN ('pending', 'confirmed', 'returned')", name="state"),
        CheckConstraint("(state = 'pending') = (reviewed_on IS NULL)", name="reviewed"),
    )


class ReportKey(Model):
    """A part of a report's fingerprint: reports that say nearly the same share one."""

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    report_id: Mapped[int] = mapped_column(ForeignKey("progress_report.id"), primary_key=True)

    __table_args__ = ({"sqlite_with_rowid": False},)


class ReportTwin(Model):
    """A report and an earlier one it was found to copy when it was written. `share`: per cent."""

    report_id: Mapped[int] = mapped_column(ForeignKey("progress_report.id"), primary_key=True)
    twin_id: Mapped[int] = mapped_column(ForeignKey("progress_report.id"), primary_key=True)
    share: Mapped[int] = mapped_column(SmallInteger)

    __table_args__ = (CheckConstraint("share BETWEEN 1 AND 100", name="share"),)


class Claim(Model):
    """A request for acceptance and what became of it; sent back when `ended_on` is set."""

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True)
    round: Mapped[int]
    claimed_on: Mapped[date]
    text: Mapped[str] = mapped_column(Text, default="")
    first_passed_on: Mapped[date | None]
    checked_on: Mapped[date | None]
    approved_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    is_return: Mapped[bool] = mapped_column(default=False)
    code: Mapped[str] = mapped_column(String(2), default="")
    reason: Mapped[str] = mapped_column(Text, default="")


class Extension(Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True)
    round: Mapped[int]
    asked_on: Mapped[date]
    cause: Mapped[str] = mapped_column(Text)
    progress: Mapped[str] = mapped_column(Text)
    old_deadline: Mapped[date]
    deadline: Mapped[date]
    state: Mapped[str] = mapped_column(String(12), default="pending")
    decided_on: Mapped[date | None]
    opinion: Mapped[str] = mapped_column(Text, default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))

    __table_args__ = (
        CheckConstraint("state IN ('pending', 'granted', 'refused')", name="state"),
        CheckConstraint("deadline > old_deadline", name="later"),
    )


class Objection(Model):
    """An objection in the time of publicity; open until `decided_on`."""

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True)
    who: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    on: Mapped[date]
    is_upheld: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_on: Mapped[date | None]


class PartTaken(Model):
    """Who reported and who accepted on a ticket: nobody may do both."""

    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    part: Mapped[str] = mapped_column(String(8))

    __table_args__ = (CheckConstraint("part IN ('report', 'accept')", name="part"),)
