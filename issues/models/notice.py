"""Notices, the tickets they press, and the counters numbers are taken from."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import Unit, User
from extensions import Model
from issues.ground.columns import Instant, word
from issues.models.issue import Issue
from issues.vocabulary import NoticeKind, NoticeStatus


class Notice(Model):
    """One document to one unit. `facts` are what it says; signing freezes them with the PDF.

    `occurrence` names the unbroken time in which the trigger holds: one trigger drafts once in it.
    `centre_id`: the county's centre that issues it; the city's own has none, and moves colours.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    kind: Mapped[NoticeKind] = mapped_column(word(NoticeKind))
    status: Mapped[NoticeStatus] = mapped_column(word(NoticeStatus))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    centre_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("issue.id"), index=True)
    trigger: Mapped[str] = mapped_column(String(40))
    occurrence: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    drafted_at: Mapped[datetime] = mapped_column(Instant)
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    number: Mapped[str | None] = mapped_column(String(60), unique=True)
    signed_on: Mapped[date | None]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    sign_due: Mapped[date | None]
    reply_due: Mapped[date | None]
    acknowledged_at: Mapped[datetime | None] = mapped_column(Instant)
    acknowledged_name: Mapped[str] = mapped_column(String(40), default="")
    acknowledged_phone: Mapped[str] = mapped_column(String(40), default="")
    replied_at: Mapped[datetime | None] = mapped_column(Instant)
    reply: Mapped[str] = mapped_column(Text, default="")
    reply_evidence: Mapped[list[Any]] = mapped_column(JSON, default=list[Any])
    reply_points: Mapped[list[Any]] = mapped_column(JSON, default=list[Any], server_default="[]")
    void_reason: Mapped[str] = mapped_column(Text, default="")
    sha256: Mapped[str | None] = mapped_column(String(64))
    token: Mapped[str | None] = mapped_column(String(43), unique=True)

    unit: Mapped[Unit] = relationship(foreign_keys=unit_id)
    issues: Mapped[list[Issue]] = relationship(
        secondary="notice_issue", order_by="Issue.number", viewonly=True
    )

    copy: Mapped["NoticeCopy | None"] = relationship(viewonly=True)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("uq_notice_trigger", "issue_id", "trigger", "occurrence", unique=True),
        CheckConstraint("status <> 'draft' OR number IS NULL", name="draft_unnumbered"),
        CheckConstraint(
            "status <> 'signed' OR (number IS NOT NULL AND signed_on IS NOT NULL"
            " AND sha256 IS NOT NULL)",
            name="signed_is_frozen",
        ),
    )


class NoticeIssue(Model):
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), primary_key=True, index=True)


class NoticeCopy(Model):
    """The same paper as OFD, kept when it was signed."""

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))


class NoticeRecipient(Model):
    """A unit that a signed paper names as addressee, in the paper's order, and its receipt."""

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True, index=True)
    position: Mapped[int]
    acknowledged_at: Mapped[datetime | None] = mapped_column(Instant)
    acknowledged_name: Mapped[str] = mapped_column(String(40), default="")
    acknowledged_phone: Mapped[str] = mapped_column(String(40), default="")

    unit: Mapped[Unit] = relationship()


class Counter(Model):
    """The last number taken in a series: a row, so that a number is taken or nothing is."""

    series: Mapped[str] = mapped_column(String(60), primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class NoticeTemplate(Model):
    """One version of a template's text; the highest number is in force, none means the shipped."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(20))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(Instant)
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    saved_by: Mapped[User] = relationship()

    __table_args__ = (Index("uq_notice_template_number", "name", "number", unique=True),)


class ReplyReview(Model):
    """What the office said of a unit's answer, with the answer as it was then.

    `points`: the numbers of the requirements that are to be answered anew; none named means all.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    replied_at: Mapped[datetime] = mapped_column(Instant)
    reply: Mapped[str] = mapped_column(Text)
    reply_evidence: Mapped[list[Any]] = mapped_column(JSON)
    reply_points: Mapped[list[Any]] = mapped_column(JSON, default=list[Any], server_default="[]")
    points: Mapped[list[Any]] = mapped_column(JSON, default=list[Any], server_default="[]")
    is_accepted: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="")
    reviewed_at: Mapped[datetime] = mapped_column(Instant)
    reviewed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    __table_args__ = (CheckConstraint("is_accepted OR reason <> ''", name="returned_with_reason"),)


class ReplyDraft(Model):
    """An answer that a unit has begun and not given: one a notice, gone once the answer is given.

    `words` are the fields of the form as they were read, the files among them by their ids.
    """

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    words: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(Instant)
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    saved_by: Mapped[User] = relationship()

    __mapper_args__ = {"version_id_col": version}


class Outbox(Model):
    """A line to be told outside, once on each channel: of a notice, a message, an event.

    `channel` is a digest of an address of the settings, or names the address or webhook that it is
    for. `about` is what the line is, where it is of no notice: of a webhook the occasion. One that
    is ended is sent no more; `fault` says why.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    address_id: Mapped[int | None] = mapped_column(ForeignKey("address.id"), index=True)
    webhook_id: Mapped[int | None] = mapped_column(ForeignKey("webhook.id"), index=True)
    about: Mapped[str] = mapped_column(String(80), default="", server_default="")
    channel: Mapped[str] = mapped_column(String(16))
    line: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    fault: Mapped[str] = mapped_column(String(200), default="")

    __table_args__ = (
        Index("uq_outbox_notice", "notice_id", "channel", unique=True),
        Index("uq_outbox_message", "message_id", "channel", unique=True),
        Index("uq_outbox_webhook", "webhook_id", "about", unique=True),
        Index("ix_outbox_waiting", "channel", "sent_at", "next_at"),
        Index(
            "ix_outbox_open",
            "written_at",
            sqlite_where=text("sent_at IS NULL AND ended_at IS NULL"),
            postgresql_where=text("sent_at IS NULL AND ended_at IS NULL"),
        ),
        CheckConstraint(
            "(CASE WHEN notice_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN address_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN webhook_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_channel",
        ),
        CheckConstraint("message_id IS NULL OR address_id IS NOT NULL", name="message_to_address"),
        CheckConstraint("sent_at IS NULL OR ended_at IS NULL", name="sent_or_ended"),
    )
