"""What keeps acts single: one-time keys, job leases and marks, long work; imports; complainants.

Beside them, which rows are the example's own.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import User
from extensions import Model
from issues.ground.columns import Instant, word
from issues.vocabulary import WorkKind, WorkState


class OnceKey(Model):
    """An act already done: a form's own key or an Idempotency-Key, with the first answer."""

    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    request: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    answer: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant, index=True)


class JobLease(Model):
    """Who runs the jobs now. `fence` grows with each holder, so an old one can be told."""

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(80))
    fence: Mapped[int]
    until: Mapped[datetime] = mapped_column(Instant)


class JobMark(Model):
    """The last business date a job has done whole."""

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    done_through: Mapped[date]


class JobFailure(Model):
    """A unit of work that failed and was set aside, so that the rest could go on."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    unit: Mapped[str] = mapped_column(String(80))
    on: Mapped[date]
    message: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (Index("uq_job_failure_unit", "name", "unit", "on", unique=True),)


class JobRun(Model):
    """What a job did the last time it had anything to do, or was looked at for a day.

    `well_at` is the end of the last run without a failure. Runs of before have no `began_at`.
    """

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    on: Mapped[date]
    began_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime] = mapped_column(Instant)
    well_at: Mapped[datetime | None] = mapped_column(Instant)
    done: Mapped[int]
    failed: Mapped[int]


class LedgerImport(Model):
    """An uploaded workbook: kept by digest until confirmed, and after.

    `user` is None where it was imported on the command line. The bytes are sealed, with the key of
    `key_id`; where that is empty they came in before and lie plain. One that was taken back keeps
    its report: which tickets it had brought.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    key_id: Mapped[str] = mapped_column(String(16), default="", server_default="", index=True)
    uploaded_at: Mapped[datetime] = mapped_column(Instant)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict[str, Any])
    taken_back_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    taken_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    taken_back_reason: Mapped[str] = mapped_column(Text, default="", server_default="")

    user: Mapped[User | None] = relationship(foreign_keys=user_id)
    taken_back_by: Mapped[User | None] = relationship(foreign_keys=taken_back_by_id)

    __table_args__ = (
        CheckConstraint(
            "(taken_back_at IS NULL) = (taken_back_reason = '')", name="taken_back_why"
        ),
        CheckConstraint(
            "taken_back_at IS NULL OR confirmed_at IS NOT NULL", name="taken_back_came_in"
        ),
    )


class LongWork(Model):
    """What one person asked for. `same` is a digest of it: it is under way once at a time.

    `holder` is who does it, `beat_at` when they were last heard of; `key` says what the result was
    made of. The result is kept sealed under `sha256`; `name` is what its file is called.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[WorkKind] = mapped_column(word(WorkKind))
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_import.id"), index=True)
    asked: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict[str, Any])
    same: Mapped[str] = mapped_column(String(64))
    state: Mapped[WorkState] = mapped_column(word(WorkState), default=WorkState.QUEUED)
    words: Mapped[str] = mapped_column(String(80), default="", server_default="")
    done: Mapped[int] = mapped_column(default=0, server_default="0")
    total: Mapped[int] = mapped_column(default=0, server_default="0")
    made_at: Mapped[datetime] = mapped_column(Instant)
    started_at: Mapped[datetime | None] = mapped_column(Instant)
    beat_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    told_at: Mapped[datetime | None] = mapped_column(Instant)
    holder: Mapped[str] = mapped_column(String(32), default="", server_default="")
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    error: Mapped[str] = mapped_column(Text, default="", server_default="")
    key: Mapped[str] = mapped_column(String(64), default="", server_default="")
    name: Mapped[str] = mapped_column(String(200), default="", server_default="")
    sha256: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int | None] = mapped_column(BigInteger)

    user: Mapped[User] = relationship()
    upload: Mapped[LedgerImport | None] = relationship()

    __table_args__ = (
        CheckConstraint(
            "(ended_at IS NULL) = (state IN ('queued', 'running'))", name="ended_when_over"
        ),
        CheckConstraint(
            "state <> 'running' OR (holder <> '' AND beat_at IS NOT NULL)", name="running_is_held"
        ),
        CheckConstraint("(sha256 IS NULL) = (size IS NULL)", name="kept_with_its_size"),
        CheckConstraint("done >= 0 AND done <= total", name="within_its_total"),
        Index(
            "uq_long_work_same", "same", unique=True,
            sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL"),
        ),
    )  # fmt: skip


class LedgerLayout(Model):
    """What the columns of one kind of sheet are, as somebody matched them once.

    `headings` are those of the sheet it was made from, `document` a profile's text: the columns
    and the constants beside them. One that is ended recognises nothing any more.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    headings: Mapped[list[str]] = mapped_column(JSON)
    document: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    made_by: Mapped[User | None] = relationship()

    __table_args__ = (
        Index(
            "uq_ledger_layout_name", "name", unique=True,
            sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL"),
        ),
    )  # fmt: skip


class ImportIdentity(Model):
    """Which problem a workbook brought in as this ticket, by a digest of its text and place."""

    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), index=True)


class Complainant(Model):
    """Who complained, encrypted. No role reads it without a clearance.

    `key_id` is empty where it was sealed before keys had ids.
    """

    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    key_id: Mapped[str] = mapped_column(String(16), default="", server_default="", index=True)


class Clearance(Model):
    """The head's word that one person may read who complained of one ticket, until a day.

    Those without a ticket are of the time when one opened every ticket; all of them are ended.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("issue.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    until: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    granted_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    revoke_reason: Mapped[str] = mapped_column(Text, default="", server_default="")

    __table_args__ = (
        Index("ix_clearance_issue", "issue_id", "user_id"),
        CheckConstraint("issue_id IS NOT NULL OR revoked_at IS NOT NULL", name="of_a_ticket"),
        CheckConstraint("granted_by_id <> user_id OR revoked_at IS NOT NULL", name="not_to_self"),
    )


class ExampleMark(Model):
    """Rows of a table that the example wrote, by their keys from first to last."""

    table_name: Mapped[str] = mapped_column(String(60), primary_key=True)
    first: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]

    __table_args__ = (CheckConstraint("first <= last", name="in_order"),)
