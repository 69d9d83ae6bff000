"""The weeks behind: how many tickets showed each colour on the same weekday of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, SQLColumnExpression, case, func, literal, select, union_all

from auth.actor import Actor
from extensions import db
from issues.models import ColourSpan
from issues.models.issue import NO_CARD
from issues.queries.board.tally import Tally, shown
from issues.queries.ground.counted import led
from issues.queries.ground.day import Standing, spans_seen_by
from issues.queries.ground.remembered import of_past
from issues.rights.table import sees_all
from issues.vocabulary import OFF_BOARD, Colour, Status

WEEKS = 12
ALL = -1
"""In place of one of the days, of what counts on each that it holds."""
KINDS = (
    (Status.CLOSED, NO_CARD),
    (Status.RECTIFYING, NO_CARD),
    (Status.RECTIFYING, Colour.YELLOW.value),
    (Status.RECTIFYING, Colour.RED.value),
)
"""What the ladder tells apart of status and card: any status that is not closed is as another."""


@dataclass(frozen=True, slots=True)
class Week:
    on: date
    tally: Tally


def weeks(
    actor: Actor, day: date, now: Tally | None, mark: str | None, *, is_seen: bool = False
) -> list[Week]:
    """The counts of the last twelve weeks, each on the weekday of the day; `now` is its own.

    Acts change no earlier day, so for who sees all tickets those are counted once a mark of
    `remembered.settled`. A unit's sight of a past day follows what is its own today.
    """
    days = [day - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    past = days if now is None else days[:-1]
    kept_by = mark if now is not None and sees_all(actor) else None
    key = ("weeks", day, is_seen)
    found = list(of_past(kept_by, key, lambda: _tallies(actor, past, is_seen=is_seen)))
    if now is not None:
        found.append(now)
    return [Week(on, tally) for on, tally in zip(days, found, strict=True) if tally.total]


def _tallies(actor: Actor, days: Sequence[date], *, is_seen: bool) -> list[Tally]:
    """The counts of each of these past days. One statement.

    Every span is read once, from an index that holds all of it. Of its four dates only the place
    among the days matters, and of status and card only the kind: together one number, and the
    numbers are few.
    """
    row, base = ColourSpan, len(days) + 1
    code = _kind(row)
    for column in (row.red_from, row.valid_to, row.valid_from, row.yellow_from):
        code = code * base + _place(column, days)
    counted = spans_seen_by(actor, row, select(literal(ALL), code.label("code"), func.count()))
    counted = counted.where(
        row.valid_to > days[0], row.valid_from <= days[-1], row.status.not_in(OFF_BOARD)
    )
    if is_seen:
        counted = counted.where(~row.is_backfilled)
    parts = [counted.group_by("code")]
    for at, day in enumerate(days):  # the few that another ticket is counted for, taken off again
        then = Standing.of_span(row, day, is_seen=is_seen)
        off = spans_seen_by(actor, row, select(literal(at), code.label("code"), -func.count()))
        off = off.where(then.held(), row.issue_id.in_(led(actor, then)), then.on_board)
        parts.append(off.group_by("code"))
    tallies = [Tally() for _ in days]
    for only, code_, count in db.session.execute(union_all(*parts)):
        for at, colour in _colours(code_, len(days)):
            if only in (ALL, at):
                tallies[at].count(colour, count)
    return tallies


def _kind(row: type[ColourSpan]) -> ColumnElement[int]:
    rungs = ((row.status == KINDS[0][0], 0), (row.card == KINDS[1][1], 1))
    return case(*rungs, (row.card == KINDS[2][1], 2), else_=3)


def _colours(code: int, days: int) -> Iterator[tuple[int, Colour]]:
    """The days that such spans hold, by their place, and the colour on each."""
    base = days + 1
    code, yellow = divmod(code, base)
    code, begin = divmod(code, base)
    code, end = divmod(code, base)
    kind, red = divmod(code, base)
    for at in range(begin, min(end, days)):
        past = Colour.RED if red <= at else Colour.YELLOW if yellow <= at else None
        yield at, shown(*KINDS[kind], past)


def _place(column: SQLColumnExpression[date], days: Sequence[date]) -> ColumnElement[int]:
    """How many of the days come before the date: most dates lie outside them all, asked first."""
    first, *between = range(len(days))
    rungs = ((column <= days[place], place) for place in between)
    return case((column <= days[first], first), (column > days[-1], len(days)), *rungs)
