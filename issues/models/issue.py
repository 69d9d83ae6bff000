"""The ticket, the units it concerns, and the past of its colour."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import Unit, User
from extensions import Model
from issues.ground.columns import Exact, Instant, word
from issues.vocabulary import DeadlineKind, Relation, Rule, Source, Status, Truth

NO_CARD = ""
"""`card` is never NULL: a comparison with NULL would drop rows from the colour ladder."""


class Issue(Model):
    """One problem. Only workflow.py writes its status, dates of closing, thresholds and card."""

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    number: Mapped[str] = mapped_column(String(32), unique=True)
    source: Mapped[Source] = mapped_column(word(Source))
    source_ref: Mapped[str | None] = mapped_column(String(80))
    case_number: Mapped[str | None] = mapped_column(String(32), index=True)
    is_starred: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str] = mapped_column(String(120))
    problem: Mapped[str] = mapped_column(Text)
    goal: Mapped[str] = mapped_column(Text, default="")
    criteria: Mapped[str] = mapped_column(Text, default="")
    region: Mapped[str] = mapped_column(String(12))
    township: Mapped[str] = mapped_column(String(24), default="", server_default="")
    place: Mapped[str] = mapped_column(Text, default="")
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    types: Mapped[list[str]] = mapped_column(JSON, default=list)
    remark: Mapped[str] = mapped_column(Text, default="")
    extra: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict[str, Any])

    primary_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    lead_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    acceptance_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    supervising_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    sponsor: Mapped[str] = mapped_column(String(80), default="")
    sponsor_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    contact: Mapped[str] = mapped_column(String(120), default="")
    subject_firm: Mapped[str] = mapped_column(String(120), default="", server_default="")
    area_keeper: Mapped[str] = mapped_column(String(80), default="", server_default="")
    section_keeper: Mapped[str] = mapped_column(String(80), default="", server_default="")
    household_keeper: Mapped[str] = mapped_column(String(80), default="", server_default="")
    verified: Mapped[Truth | None] = mapped_column(word(Truth))
    findings: Mapped[str] = mapped_column(Text, default="", server_default="")
    ordered: Mapped[int | None]
    penalised: Mapped[int | None]
    fine: Mapped[Decimal | None] = mapped_column(Exact)
    investigated: Mapped[int | None]
    detained: Mapped[int | None]
    summoned: Mapped[int | None]
    held_to_account: Mapped[int | None]
    punished: Mapped[str] = mapped_column(Text, default="", server_default="")
    inspector_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    deadline: Mapped[date | None]
    deadline_text: Mapped[str] = mapped_column(String(120), default="")
    deadline_kind: Mapped[DeadlineKind] = mapped_column(word(DeadlineKind))
    first_deadline: Mapped[date | None]
    first_assigned_on: Mapped[date | None]
    assigned_on: Mapped[date | None]
    round: Mapped[int] = mapped_column(default=1)
    declined_round: Mapped[int] = mapped_column(default=0)
    status: Mapped[Status] = mapped_column(word(Status))
    claimed_on: Mapped[date | None]
    publicity_from: Mapped[date | None]
    publicity_until: Mapped[date | None]
    interim_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    imported_on: Mapped[date | None]
    reporting_from: Mapped[date | None]
    last_report_on: Mapped[date | None]
    cleared_at: Mapped[datetime | None] = mapped_column(Instant)
    unlawful: Mapped[bool] = mapped_column(default=False)

    yellow_from: Mapped[date]
    red_from: Mapped[date]
    card: Mapped[str] = mapped_column(String(8), default=NO_CARD)
    policy: Mapped[int]
    firings: Mapped[list[Any]] = mapped_column(JSON, default=list[Any])
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("issue.id"))

    primary_unit: Mapped[Unit | None] = relationship(foreign_keys=primary_unit_id)
    lead_unit: Mapped[Unit | None] = relationship(foreign_keys=lead_unit_id)
    acceptance_unit: Mapped[Unit | None] = relationship(foreign_keys=acceptance_unit_id)
    supervising_unit: Mapped[Unit | None] = relationship(foreign_keys=supervising_unit_id)
    sponsor_account: Mapped[User | None] = relationship(foreign_keys=sponsor_account_id)
    inspector: Mapped[User | None] = relationship(foreign_keys=inspector_id)
    merged_into: Mapped["Issue | None"] = relationship(remote_side=id)
    reaches: Mapped[list["IssueUnit"]] = relationship(
        back_populates="issue", cascade="all, delete-orphan", order_by="IssueUnit.position"
    )

    # Counted by the acts, one for each, however often an act writes the row.
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}
    __table_args__ = (
        CheckConstraint(
            "(status IN ('closed', 'standing')) = (closed_on IS NOT NULL)", name="closed_on_iff"
        ),
        CheckConstraint("status <> 'draft' OR assigned_on IS NULL", name="draft_unassigned"),
        CheckConstraint(
            "status IN ('draft', 'withdrawn', 'merged', 'taken_back') OR assigned_on IS NOT NULL",
            name="open_is_assigned",
        ),
        CheckConstraint(
            "status NOT IN ('first_acceptance', 'site_check', 'approval', 'publicity')"
            " OR claimed_on IS NOT NULL",
            name="checked_is_claimed",
        ),
        CheckConstraint(
            "status <> 'publicity' OR publicity_from IS NOT NULL", name="publicity_dated"
        ),
        CheckConstraint("(status = 'merged') = (merged_into_id IS NOT NULL)", name="merged_into"),
        CheckConstraint(
            "acceptance_unit_id IS NULL OR acceptance_unit_id <> primary_unit_id",
            name="accepts_not_itself",
        ),
        CheckConstraint("card IN ('', 'yellow', 'red')", name="card"),
        CheckConstraint("round >= 1", name="round"),
        Index("ix_issue_board", "status", "red_from", "yellow_from", "card", "primary_unit_id"),
        Index(
            "ix_issue_tally",
            "primary_unit_id",
            "region",
            "source",
            "status",
            "card",
            "red_from",
            "yellow_from",
        ),
        Index("ix_issue_deadline", "deadline", "id"),
        Index(
            "ix_issue_urgency", "red_from", "yellow_from", "id", "status", "card",
            "primary_unit_id",
        ),
        Index("ix_issue_turning", "yellow_from", "red_from", "status"),
        Index("ix_issue_region", "region"),
        Index("ix_issue_township", "township"),
        Index("ix_issue_source", "source"),
        Index("ix_issue_point", "lon", "lat"),
        Index("ix_issue_firm", "subject_firm"),
    )  # fmt: skip

    def units(self, *relations: Relation) -> list[Unit]:
        """The units that stand in one of these relations, the primary one first."""
        return [reach.unit for reach in self.reaches if reach.relation in relations]


class IssueUnit(Model):
    """How one unit stands to one ticket: what scopes, filters and rights are read from."""

    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    relation: Mapped[Relation] = mapped_column(word(Relation), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)

    issue: Mapped[Issue] = relationship(back_populates="reaches")
    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (Index("ix_issue_unit_reach", "unit_id", "relation", "issue_id"),)


class IssueFiring(Model):
    """The rules of `Issue.firings` as rows, for the filter by rule."""

    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), primary_key=True)
    rule: Mapped[Rule] = mapped_column(word(Rule), primary_key=True)
    since: Mapped[date]

    __table_args__ = (Index("ix_issue_firing_rule", "rule", "since", "issue_id"),)


class ColourSpan(Model):
    """What decided a ticket's colour from one day up to, not including, another.

    `is_backfilled`: worked out at an import for days before it, when the register held nothing.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    yellow_from: Mapped[date]
    red_from: Mapped[date]
    card: Mapped[str] = mapped_column(String(8))
    status: Mapped[Status] = mapped_column(word(Status))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    region: Mapped[str] = mapped_column(String(12))
    source: Mapped[Source] = mapped_column(word(Source))
    policy: Mapped[int]
    firings: Mapped[list[Any]] = mapped_column(JSON, default=list[Any])
    is_backfilled: Mapped[bool] = mapped_column(default=False, server_default=false())

    __table_args__ = (
        CheckConstraint("valid_from < valid_to", name="forward"),
        Index("uq_colour_span_start", "issue_id", "valid_from", unique=True),
        Index(
            "ix_colour_span_days", "valid_to", "valid_from", "status", "card", "red_from",
            "yellow_from", "issue_id",
        ),
        Index(
            "ix_colour_span_tally", "unit_id", "region", "source", "status", "card", "valid_from",
            "valid_to", "red_from", "yellow_from", "issue_id",
        ),
    )  # fmt: skip
