"""Files as proof, their doubts, readings of monitoring, and where sources contradict each other."""

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
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import Unit, User
from extensions import Model
from issues.ground.columns import Exact, Instant, word
from issues.vocabulary import ContradictionKind, EvidenceKind, FlagKind, Ruling, Verdict


class Evidence(Model):
    """`is_covert` files are not for units. `taken_at` is the camera's local time, as text.

    `is_place_told`: the place is what the sender's device said, not the photo. `dhash_inner` is
    the hash of the picture without its edge. `has_odd_end`: whole, but without the mark of its
    end, or padded behind it. A withdrawn row stays, with the reason.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"))
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"))
    kind: Mapped[EvidenceKind] = mapped_column(word(EvidenceKind))
    version: Mapped[int] = mapped_column(default=1)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(100))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    note: Mapped[str] = mapped_column(Text, default="")
    is_covert: Mapped[bool] = mapped_column(default=False)
    taken_at: Mapped[str | None] = mapped_column(String(32))
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    software: Mapped[str] = mapped_column(String(120), default="")
    dhash: Mapped[str | None] = mapped_column(String(16))
    dhash_inner: Mapped[str | None] = mapped_column(String(16))
    is_place_told: Mapped[bool] = mapped_column(default=False, server_default=false())
    has_preview: Mapped[bool] = mapped_column(default=False, server_default=false())
    has_odd_end: Mapped[bool] = mapped_column(default=False, server_default=false())
    uploaded_at: Mapped[datetime] = mapped_column(Instant)
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    withdraw_reason: Mapped[str] = mapped_column(Text, default="", server_default="")

    uploaded_by: Mapped[User | None] = relationship(foreign_keys=uploaded_by_id)
    withdrawn_by: Mapped[User | None] = relationship(foreign_keys=withdrawn_by_id)
    unit: Mapped[Unit | None] = relationship()

    __table_args__ = (Index("ix_evidence_issue", "issue_id", "kind"),)


class EvidenceBand(Model):
    """A quarter of a picture's hash as a key: alike pictures share one, or nearly. See twins.py."""

    band: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    value: Mapped[int] = mapped_column(primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), primary_key=True)
    bits: Mapped[int] = mapped_column(BigInteger, primary_key=True)

    __table_args__ = (
        Index("ix_evidence_band_evidence_id", "evidence_id"),
        {"sqlite_with_rowid": False},
    )


class EvidenceTwin(Model):
    """Two pictures found nearly the same when the later one came. `distance`: of 64 bits."""

    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), primary_key=True)
    twin_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), primary_key=True, index=True)
    distance: Mapped[int] = mapped_column(SmallInteger)


class FlagRuling(Model):
    """What a reviewer found of one flag. The latest of a flag stands; earlier ones remain.

    The flag is of a file or of a progress report; `twin_id` is the other file or report.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True)
    kind: Mapped[FlagKind] = mapped_column(word(FlagKind))
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    report_id: Mapped[int | None] = mapped_column(ForeignKey("progress_report.id"))
    twin_id: Mapped[int | None]
    ruling: Mapped[Ruling] = mapped_column(word(Ruling))
    reason: Mapped[str] = mapped_column(Text)
    ruled_at: Mapped[datetime] = mapped_column(Instant)
    ruled_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    ruled_by: Mapped[User] = relationship()

    __table_args__ = (
        CheckConstraint("(evidence_id IS NULL) <> (report_id IS NULL)", name="of_one_thing"),
        CheckConstraint("reason <> ''", name="with_a_reason"),
    )


class Contradiction(Model):
    """Where two sources of a ticket differ: found by a rule when one of them was written.

    `one`, `other`: {source, id, name, text, start, end}. `gone_at`: since when the sources, which
    were changed, no longer differ there; the row stays with what was ruled.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"))
    kind: Mapped[ContradictionKind] = mapped_column(word(ContradictionKind))
    digest: Mapped[str] = mapped_column(String(64))
    because: Mapped[str] = mapped_column(Text)
    one: Mapped[dict[str, Any]] = mapped_column(JSON)
    other: Mapped[dict[str, Any]] = mapped_column(JSON)
    found_at: Mapped[datetime] = mapped_column(Instant)
    gone_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (Index("uq_contradiction_digest", "issue_id", "digest", unique=True),)


class ContradictionRuling(Model):
    """What a person found of one. The latest stands; earlier ones remain."""

    id: Mapped[int] = mapped_column(primary_key=True)
    contradiction_id: Mapped[int] = mapped_column(ForeignKey("contradiction.id"), index=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True)
    verdict: Mapped[Verdict] = mapped_column(word(Verdict))
    reason: Mapped[str] = mapped_column(Text)
    ruled_at: Mapped[datetime] = mapped_column(Instant)
    ruled_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    ruled_by: Mapped[User] = relationship()

    __table_args__ = (CheckConstraint("reason <> ''", name="with_a_reason"),)


class Reading(Model):
    """One measured value against its limit: at least `low`, at most `high`, or both.

    `evidence` is the report it stands in, `target` what it is held against. `entered_by` is nobody
    where the command line brought it with a ledger. `confirmed_by` is
    another person than entered it, nobody where a ledger brought it as confirmed. `corrects` is
    the reading that this one stands for from now on; both stay. A withdrawn one stays, too.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True)
    pollutant: Mapped[str] = mapped_column(String(40))
    value: Mapped[Decimal] = mapped_column(Exact)
    unit_of_value: Mapped[str] = mapped_column(String(20))
    low: Mapped[Decimal | None] = mapped_column(Exact)
    high: Mapped[Decimal | None] = mapped_column(Exact)
    sampled_on: Mapped[date]
    point: Mapped[str] = mapped_column(String(80))
    laboratory: Mapped[str] = mapped_column(String(80))
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    entered_at: Mapped[datetime] = mapped_column(Instant)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    withdraw_reason: Mapped[str] = mapped_column(Text, default="")
    target_id: Mapped[int | None] = mapped_column(ForeignKey("target.id"), index=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("reading.id"), index=True)

    evidence: Mapped[Evidence | None] = relationship()
    entered_by: Mapped[User | None] = relationship(foreign_keys=entered_by_id)
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=confirmed_by_id)
    unit: Mapped[Unit | None] = relationship()

    __table_args__ = (
        CheckConstraint("(withdrawn_at IS NULL) = (withdraw_reason = '')", name="withdrawn_why"),
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_at IS NOT NULL", name="confirmed_at"),
        CheckConstraint("confirmed_by_id <> entered_by_id", name="confirmed_by_another"),
        CheckConstraint("corrects_id <> id", name="corrects_another"),
    )


class Waiver(Model):
    """The head's word that a ticket goes on although required readings are missing or outside.

    For one passage to closure: it ends where the claim is sent back. `lacks` is what lacked then.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True)
    round: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(Text)
    lacks: Mapped[list[str]] = mapped_column(JSON)
    ended_on: Mapped[date | None]

    by: Mapped[User] = relationship()

    __table_args__ = (CheckConstraint("reason <> ''", name="with_a_reason"),)
