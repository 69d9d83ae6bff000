"""What the board counts and lists of the days to come: tickets about to turn, and overdue ones."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Row,
    Select,
    SQLColumnExpression,
    and_,
    func,
    literal,
    null,
    select,
    union_all,
)

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues.models import Issue
from issues.queries.board import cards as carded
from issues.queries.ground.counted import counts_once, led
from issues.queries.ground.day import Standing
from issues.queries.register.narrowing import EFFECTS, effect, in_force
from issues.queries.register.pressed import noticed
from issues.rights.table import reach
from issues.rules.firings import Firing
from issues.vocabulary import OPEN, STRUCK_OFF, Colour, Rule

RUNNING = OPEN - STRUCK_OFF
"""What lateness is a share of: on the board and not yet struck off."""
TURNS = (Colour.YELLOW, Colour.RED)
COUNTED, CARDED, LATE = "counted", "carded", "late"


@dataclass(frozen=True, slots=True)
class Turn:
    """One change of computed colour to come if nothing happens."""

    number: str
    title: str
    unit: str
    on: date
    colour: Colour
    rule: Rule | None


class Counts(NamedTuple):
    """`totals` by name; `late` and `cards` of each primary unit."""

    totals: dict[str, int]
    late: dict[int | None, int]
    cards: dict[int | None, Counter[str]]


def turning(actor: Actor, standing: Standing, within: int, most: int | None = None) -> list[Turn]:
    """Each change of computed colour within the days, or the first ones, in the order they come.

    One statement.
    """
    return turns_of(db.session.execute(whole(turning_parts(actor, standing, within, most))), most)


def turning_parts(
    actor: Actor, standing: Standing, within: int, most: int | None
) -> Iterator[Select]:
    """Those that turn each colour, or the first: an index has them in the order they come."""
    for colour in TURNS:
        on = standing.red_from if colour is Colour.RED else standing.yellow_from
        statement = told(standing, colour.value, on, null())
        statement = statement.where(
            reach(actor), counts_once(actor, standing), standing.turns(colour, within)
        )
        yield statement.order_by(on, Issue.number).limit(most) if most else statement


def turns_of(rows: Iterable[Row], most: int | None) -> list[Turn]:
    turns = [
        Turn(
            row.number, row.title, row.short_name or "", row.on, Colour(row.what),
            _first(row.firings, row.on, Colour(row.what)),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(turns, key=lambda turn: (turn.on, turn.number))[:most]


def told(
    standing: Standing, what: str, on: SQLColumnExpression[Any], notice: ColumnElement
) -> Select:
    """What is told of tickets as they stood, for one reason, with their primary units."""
    statement = select(
        literal(what).label("what"), on.label("on"), Issue.id, Issue.number, Issue.title,
        Unit.short_name, standing.firings, Issue.sponsor, notice.label("notice"),
    )  # fmt: skip
    statement = standing.joined(statement.select_from(Issue))
    return statement.outerjoin(Unit, Unit.id == standing.unit_id)


def whole(parts: Iterable[Select]) -> CompoundSelect:
    """The parts as one statement, each in its own order."""
    return union_all(*(select(part.subquery()) for part in parts))


def _first(documents: list[dict], on: date, colour: Colour) -> Rule | None:
    """The rule that brings the colour on the day."""
    found = (Firing.from_document(document) for document in documents)
    rules = sorted(f.rule for f in found if f.since == on and f.rule.colour is colour)
    return rules[0] if rules else None


def counts(actor: Actor, standing: Standing, within: int) -> Counts:
    """Tickets by what they are, the overdue ones and the cards of each unit. One statement.

    Those with an unanswered or an overdue notice, about to turn, overdue: each is asked for by
    itself, so that an index finds it.
    """
    asked = dict(_asked(standing, within))
    parts = [select(literal(CARDED), *carded.counted(actor, standing.day).subquery().c)]
    for name, (condition, of_ticket) in asked.items():
        part = select(literal(COUNTED), literal(name), standing.unit_id, func.count())
        part = part.group_by(standing.unit_id)
        parts.append(_of_board(actor, standing, part, condition, of_ticket=of_ticket))
    rows: dict[str, list[list[Any]]] = {COUNTED: [], CARDED: []}
    for kind, *row in db.session.execute(union_all(*parts)):
        rows[kind].append(row)
    totals, late = dict.fromkeys(asked, 0), {}
    for name, unit_id, count in rows[COUNTED]:
        totals[name] += count
        if name == LATE:
            late[unit_id] = count
    return Counts(totals, late, carded.read(rows[CARDED]))


def effects(actor: Actor, standing: Standing) -> dict[str, int]:
    """有件无效 and 达标反弹 by their names, as `counts` has them. One statement."""
    parts = [
        _of_board(
            actor, standing, select(literal(name), func.count()), effect(name, standing),
            of_ticket=True,
        )
        for name in EFFECTS
    ]  # fmt: skip
    rows = db.session.execute(union_all(*parts))
    return {row[0]: row[1] for row in rows}


def _of_board(
    actor: Actor, standing: Standing, part: Select, condition: ColumnElement[bool], *,
    of_ticket: bool,
) -> Select:  # fmt: skip
    if of_ticket:
        part = standing.joined(part.select_from(Issue)).where(reach(actor))
    else:
        part = standing.seen_by(actor, part)
    ticket = Issue.id if standing.span is None or of_ticket else standing.span.issue_id
    return part.where(standing.on_board, condition, ticket.not_in(led(actor, standing)))


def _asked(
    standing: Standing, within: int
) -> Iterator[tuple[str, tuple[ColumnElement[bool], bool]]]:
    """Each condition, and whether it is one on the ticket itself and not on how it stood."""
    for state in ("open", "overdue"):
        yield state, (noticed(state, standing.day), True)
    for colour in TURNS:
        yield colour.value, (standing.turns(colour, within), False)
    yield LATE, (is_late(standing), False)
    for name in EFFECTS:
        yield name, (effect(name, standing), True)


def is_late(standing: Standing) -> ColumnElement[bool]:
    """Past its deadline, unclaimed, not struck off.

    What is late is past its red day: asked first, that spares looking into the rules of the others.
    """
    return and_(
        standing.red_from <= standing.day,
        standing.status.in_(RUNNING),
        in_force([Rule.R1], standing),
    )
