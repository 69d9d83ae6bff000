"""How a ticket stood on a day: the columns to read, and its colour as a SQL CASE of the ladder."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, case, null, select
from sqlalchemy.orm import aliased

from auth.actor import Actor
from issues.models import ColourSpan, Issue
from issues.rights.table import reach, sees_all
from issues.rules.colour import CARDLESS_LADDER, LADDER, Rung
from issues.vocabulary import OFF_BOARD, Colour, Status


@dataclass(frozen=True, slots=True)
class Standing:
    """Where to read what the ladder looks at: the ticket's own row, or its span of a past day.

    `is_seen`: past days, this one and those it is compared with, only as the register itself held
    them (当日所见), without what an import has back-filled.
    """

    day: date
    span: Any
    status: SQLColumnExpression[Any]
    yellow_from: SQLColumnExpression[Any]
    red_from: SQLColumnExpression[Any]
    card: SQLColumnExpression[Any]
    unit_id: SQLColumnExpression[Any]
    region: SQLColumnExpression[Any]
    source: SQLColumnExpression[Any]
    firings: SQLColumnExpression[Any]
    is_seen: bool = False

    @classmethod
    def on(cls, day: date, today: date, *, is_seen: bool = False) -> Self:
        """A past day is read from the spans; today and the forecast from the tickets."""
        if day < today:
            return cls.of_span(aliased(ColourSpan), day, is_seen=is_seen)
        row = Issue
        return cls(
            day, None, row.status, row.yellow_from, row.red_from, row.card,
            row.primary_unit_id, row.region, row.source, row.firings, is_seen,
        )  # fmt: skip

    @classmethod
    def of_span(cls, row: Any, day: date, *, is_seen: bool = False) -> Self:
        return cls(
            day, row, row.status, row.yellow_from, row.red_from, row.card,
            row.unit_id, row.region, row.source, row.firings, is_seen,
        )  # fmt: skip

    def joined(self, statement: Select) -> Select:
        """The statement on Issue with each ticket's row of the day beside it."""
        if self.span is None:
            return statement
        return statement.join(self.span, and_(self.span.issue_id == Issue.id, self.held()))

    def seen_by(self, actor: Actor, statement: Select) -> Select:
        """The statement on the rows of the day in a person's sight, with as little beside."""
        if self.span is None:
            return statement.select_from(Issue).where(reach(actor))
        return spans_seen_by(actor, self.span, statement).where(self.held())

    def held(self) -> ColumnElement[bool]:
        """That the span holds the day."""
        held = and_(self.span.valid_from <= self.day, self.span.valid_to > self.day)
        return and_(held, ~self.span.is_backfilled) if self.is_seen else held

    @property
    def on_board(self) -> ColumnElement[bool]:
        return self.status.not_in(OFF_BOARD)

    @property
    def colour(self) -> ColumnElement:
        """The shown colour; null for what is on no board."""
        return self._climbed(LADDER)

    @property
    def computed(self) -> ColumnElement:
        return self._climbed(CARDLESS_LADDER)

    def _climbed(self, ladder: tuple[Rung, ...]) -> ColumnElement:
        rungs = ((rung.holds(self, self.day), rung.colour.value) for rung in ladder)
        return case((~self.on_board, null()), *rungs, else_=Colour.GREEN.value)

    def is_red(self) -> ColumnElement[bool]:
        return and_(self.on_board, self.colour == Colour.RED.value)

    def turns(self, colour: Colour, within: int) -> ColumnElement[bool]:
        """That the computed colour turns this within the days, if nothing happens."""
        last = date.fromordinal(min(date.max.toordinal() - 1, self.day.toordinal() + within))
        runs = and_(self.on_board, self.status != Status.CLOSED, self.red_from > self.day)
        if colour == Colour.RED:
            return and_(runs, self.red_from <= last)
        return and_(
            runs,
            self.yellow_from > self.day,
            self.yellow_from <= last,
            self.yellow_from < self.red_from,
        )


def spans_seen_by(actor: Actor, span: Any, statement: Select) -> Select:
    """The statement on the spans of tickets in a person's sight."""
    statement = statement.select_from(span)
    if sees_all(actor):  # what is hidden is little; looking up every ticket is much
        hidden = select(Issue.id).where(~reach(actor))
        return statement.where(span.issue_id.not_in(hidden))
    return statement.join(Issue, Issue.id == span.issue_id).where(reach(actor))


def red_on(day: date, *, is_seen: bool = False) -> ColumnElement[bool]:
    """The condition on Issue that it was shown red on a day."""
    then = Standing.of_span(aliased(ColourSpan), day, is_seen=is_seen)
    rows = select(then.span.issue_id).where(then.held(), then.is_red())
    return Issue.id.in_(rows)
