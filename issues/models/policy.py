"""Versions of the rules, the working-day calendar, and the city's own words."""

from datetime import date, datetime

from sqlalchemy import JSON, Boolean, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from extensions import db
from issues.columns import Instant


class PolicyVersion(db.Model):
    """A complete, immutable set of numbers, in force from a day on."""

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(80))
    effective_from: Mapped[date]
    document: Mapped[dict] = mapped_column(JSON)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    published_at: Mapped[datetime] = mapped_column(Instant)


class CalendarYear(db.Model):
    """A year whose holidays were published, with the document they come from."""

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document: Mapped[str] = mapped_column(String(80))


class CalendarDay(db.Model):
    day: Mapped[date] = mapped_column(primary_key=True)
    is_workday: Mapped[bool] = mapped_column(Boolean)
    name: Mapped[str] = mapped_column(String(40), default="")


class Setting(db.Model):
    """What makes this city this city: its name, its number prefix, its document marks."""

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[dict | list | str | int | bool | None] = mapped_column(JSON)
