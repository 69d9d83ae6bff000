"""What the centre of a county hands on to the units below it, of a ticket that it drives."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import Unit
from extensions import Model
from issues.ground.columns import word
from issues.models.issue import Issue
from issues.vocabulary import TaskState


class CountyTask(Model):
    """One task of one unit, with its last answer. What was said before stands in the history.

    `files`: the ids of evidence of the ticket that the answer names. `reason`: why the answer was
    sent back, until there is another.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    text: Mapped[str] = mapped_column(Text)
    handed_on: Mapped[date]
    due_on: Mapped[date]
    state: Mapped[TaskState] = mapped_column(word(TaskState))
    answer: Mapped[str] = mapped_column(Text, default="")
    files: Mapped[list[Any]] = mapped_column(JSON, default=list[Any])
    answered_on: Mapped[date | None]
    answered_by: Mapped[str] = mapped_column(String(40), default="")
    confirmed_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text, default="")

    issue: Mapped[Issue] = relationship()
    unit: Mapped[Unit] = relationship()

    __table_args__ = (
        CheckConstraint("text <> ''", name="says_something"),
        CheckConstraint("due_on >= handed_on", name="due_later"),
        CheckConstraint("(answered_on IS NULL) = (answer = '')", name="answered_with_words"),
        CheckConstraint(
            "state NOT IN ('answered', 'confirmed') OR answered_on IS NOT NULL", name="answered"
        ),
        CheckConstraint("(state = 'confirmed') = (confirmed_on IS NOT NULL)", name="confirmed_on"),
        Index("ix_county_task_waiting", "state", "unit_id", "due_on"),
    )
