"""The rounds of a county's centre: over the tickets delegated to it, frozen by its head."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import Unit
from extensions import Model
from issues.models.issue import Issue


class CountyRound(Model):
    """One 县级调度, numbered within its centre. `board` is that of what the centre drives."""

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    number: Mapped[int]
    on: Mapped[date]
    closed_on: Mapped[date | None]
    board: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64), default="")

    centre: Mapped[Unit] = relationship()
    items: Mapped[list["CountyRoundItem"]] = relationship(order_by="CountyRoundItem.id")

    __table_args__ = (
        Index("uq_county_round_number", "centre_id", "number", unique=True),
        Index("uq_county_round_day", "centre_id", "on", unique=True),
        CheckConstraint("(closed_on IS NULL) = (digest = '')", name="frozen_when_closed"),
    )


class CountyRoundItem(Model):
    """A ticket of it as it stood that day. `text`: what the county asks of who answers for it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("county_round.id"))
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"))
    computed: Mapped[str] = mapped_column(String(8))
    card: Mapped[str] = mapped_column(String(8))
    rules: Mapped[list[Any]] = mapped_column(JSON)
    decision: Mapped[str] = mapped_column(String(12), default="")
    text: Mapped[str] = mapped_column(Text, default="")

    issue: Mapped[Issue] = relationship()

    __table_args__ = (
        Index("uq_county_round_item_issue", "round_id", "issue_id", unique=True),
        CheckConstraint("decision IN ('', 'keep', 'press')", name="decision"),
        CheckConstraint("decision <> 'press' OR text <> ''", name="pressed_with_words"),
    )
