"""The register: the tickets a filter finds for a person, one page of them, and how many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    Row,
    Select,
    SQLColumnExpression,
    case,
    func,
    select,
)

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues.ground.batches import among
from issues.models import Issue, Measure
from issues.queries.ground.day import Standing
from issues.queries.ground.paging import first_of, pages_of
from issues.queries.register.filters import Filters
from issues.queries.register.narrowing import CLAUSES, conditions, standing_of, viewed
from issues.queries.register.order import ordered
from issues.rights.table import reach
from issues.rules.colour import is_worse, reasons
from issues.rules.firings import Firing
from issues.search.hits import Hit, hits_of, marked
from issues.search.spelling import Piece
from issues.vocabulary import Colour, Rule, Source, Status

ALL = "all"
"""The ready view that leaves nothing out."""


@dataclass(frozen=True, slots=True)
class Line:
    """A ticket as the register shows it."""

    id: int
    number: str
    title: str
    source: Source
    region: str
    status: Status
    colour: Colour | None
    pending: bool
    rule: Rule | None
    unit: str
    sponsor: str
    deadline: date | None
    deadline_text: str
    is_over: bool
    measures: int
    done: int
    hits: list[Hit]


@dataclass(frozen=True, slots=True)
class Found:
    """One page. `next` is the mark the following page begins at, `question` what was searched."""

    lines: list[Line]
    total: int
    page: int
    pages: int
    next: str | None
    question: str

    def marked(self, text: str) -> tuple[Piece, ...]:
        """A text of a line in parts, the words that were searched marked."""
        return marked(text, self.question)


def find(filters: Filters, actor: Actor, today: date, total: int | None = None) -> Found:
    """One page of what the filter finds, in its order: two statements, and one for the total.

    Where words are searched, a few more for where they stand, however many tickets there are.
    """
    if total is None:
        total = count(filters, actor, today)
    begin = first_of(filters, total)
    lines = _lines(filters, actor, today, begin, filters.size)
    following = begin + len(lines)
    return Found(
        lines=lines,
        total=total,
        page=begin // filters.size + 1,
        pages=pages_of(total, filters.size),
        next=str(following) if following < total else None,
        question=filters.q,
    )


def on_one_page(filters: Filters, actor: Actor, today: date, most: int) -> Found:
    """All that the filter finds, as far as the most, as one page: for paper."""
    lines = _lines(filters, actor, today, 0, most)
    total = len(lines) if len(lines) < most else count(filters, actor, today)
    return Found(lines, total, page=1, pages=1, next=None, question=filters.q)


def _lines(filters: Filters, actor: Actor, today: date, begin: int, most: int) -> list[Line]:
    standing = standing_of(filters, today)
    columns = (
        Issue.id, Issue.number, Issue.title, standing.source, standing.region, standing.status,
        standing.colour.label("colour"), standing.computed.label("computed"), standing.card,
        standing.firings, Issue.sponsor, Issue.deadline, Issue.deadline_text, Unit.short_name,
    )  # fmt: skip
    statement = _narrowed(select(*columns), filters, actor, standing)
    statement = statement.outerjoin(Unit, Unit.id == standing.unit_id)
    statement = statement.order_by(*ordered(filters.sort, standing))
    rows = db.session.execute(statement.limit(most).offset(begin)).all()
    ids = [row.id for row in rows]
    progress, hits = _progress(ids), hits_of(filters.q, actor, ids)
    return [
        _line(row, progress.get(row.id, (0, 0)), standing.day, hits.get(row.id, [])) for row in rows
    ]


def count(filters: Filters, actor: Actor, today: date) -> int:
    standing = standing_of(filters, today)
    statement = _narrowed(select(func.count()).select_from(Issue), filters, actor, standing)
    return db.session.scalar(statement) or 0


def counts(asked: Sequence[Filters], actor: Actor, today: date) -> list[int]:
    """How many tickets each of several filters finds. One statement, none for no filter."""
    if not asked:
        return []
    numbers = []
    for filters in asked:
        standing = standing_of(filters, today)
        statement = _narrowed(select(func.count()).select_from(Issue), filters, actor, standing)
        numbers.append(statement.scalar_subquery())
    return list(db.session.execute(select(*numbers)).one())


def ids(filters: Filters, actor: Actor, today: date) -> list[int]:
    """The tickets of one page, in order, for whoever loads them whole."""
    standing = standing_of(filters, today)
    statement = _narrowed(select(Issue.id), filters, actor, standing)
    statement = statement.outerjoin(Unit, Unit.id == standing.unit_id)
    statement = statement.order_by(*ordered(filters.sort, standing))
    return list(db.session.scalars(statement.limit(filters.size).offset(filters.offset)))


def every(
    filters: Filters, actor: Actor, today: date, most: int
) -> list[tuple[int, Colour | None]]:
    """Every ticket the filter finds with its shown colour, in order; no more than so many."""
    standing = standing_of(filters, today)
    statement = _narrowed(select(Issue.id, standing.colour), filters, actor, standing)
    statement = statement.outerjoin(Unit, Unit.id == standing.unit_id)
    rows = db.session.execute(statement.order_by(*ordered(filters.sort, standing)).limit(most))
    return [(issue_id, Colour(colour) if colour else None) for issue_id, colour in rows]


def on_paper_of(
    columns: Sequence[SQLColumnExpression[Any]],
    filters: Filters, actor: Actor, standing: Standing, within: Filters,
) -> Select[Any]:  # fmt: skip
    """These columns of what a workbook holds: off the board only where a status is asked for.

    Of what `within` finds, what the filter finds, in the filter's order: by number where neither
    a filter nor an order is asked, as the command writes the register.
    """
    is_narrow = any(getattr(filters, name) for name in CLAUSES if name != "view")
    by_number = not (filters.sort or is_narrow or filters.view not in ("", ALL))
    order = ordered("number" if by_number else filters.sort, standing)
    shown = () if filters.status or within.status else (standing.on_board,)
    statement = _narrowed(select(*columns), filters, actor, standing)
    statement = statement.where(*shown, *conditions(within, actor, standing))
    return statement.outerjoin(Unit, Unit.id == standing.unit_id).order_by(*order)


def view_counts(actor: Actor, today: date) -> dict[str, int]:
    """How many tickets each ready view holds. One statement."""
    standing = Standing.on(today, today)
    views = ("all", "red", "yellow", "mine")
    held = (func.sum(case((viewed(view, actor, standing), 1), else_=0)) for view in views)
    row = db.session.execute(select(*held).where(reach(actor))).one()
    return {view: int(value or 0) for view, value in zip(views, row, strict=True)}


def _narrowed(statement: Select, filters: Filters, actor: Actor, standing: Standing) -> Select:
    return standing.joined(statement).where(*conditions(filters, actor, standing))


def _progress(found: list[int]) -> dict[int, tuple[int, int]]:
    """Measures of the current round, and how many of them are confirmed done."""
    done = func.sum(case((Measure.is_done, 1), else_=0))
    rows = (
        select(Measure.issue_id, func.count(), done)
        .join(Issue, (Issue.id == Measure.issue_id) & (Issue.round == Measure.round))
        .where(among(Measure.issue_id, found), Measure.dropped_at.is_(None))
        .group_by(Measure.issue_id)
    )
    return {issue: (measures, int(sum_)) for issue, measures, sum_ in db.session.execute(rows)}


def _line(row: Row, progress: tuple[int, int], day: date, hits: list[Hit]) -> Line:
    colour = Colour(row.colour) if row.colour else None
    return Line(
        id=row.id, number=row.number, title=row.title, source=row.source, region=row.region,
        status=row.status, colour=colour,
        pending=bool(row.colour) and is_worse(row.computed, row.card),
        rule=leading_rule(row.firings, day, colour), unit=row.short_name or "",
        sponsor=row.sponsor, deadline=row.deadline, deadline_text=row.deadline_text,
        is_over=colour in (None, Colour.GREY) or row.status == Status.STANDING,
        measures=progress[0], done=progress[1], hits=hits,
    )  # fmt: skip


def leading_rule(firings: list[dict], day: date, colour: Colour | None) -> Rule | None:
    """The rule that gives the shown colour, the oldest first; None where a card alone does."""
    found = reasons([Firing.from_document(document) for document in firings], day)
    return next((firing.rule for firing in found if firing.rule.colour is colour), None)
