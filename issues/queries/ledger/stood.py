"""The tickets of a paper as they stood on its day: from the same spans as the board of that day."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import SQLColumnExpression

from auth.actor import Actor
from extensions import db
from issues.models import Issue
from issues.queries.board.outlook import is_late
from issues.queries.board.tally import Cell
from issues.queries.register.filters import Filters
from issues.queries.register.lines import on_paper_of
from issues.queries.register.narrowing import standing_of
from issues.rules.firings import Firing
from issues.tickets.supplement import SUPPLEMENT
from issues.vocabulary import STRUCK_OFF, Colour, Source, Status

COMMAND = Actor(None, "command", "命令行", roles=SUPPLEMENT.export.roles)
"""Who takes the ledger out on the command line: the city's own, who are told everything."""


class Stood(NamedTuple):
    """`unit_id` answered for it on the day, `unit_now` does today. `colour`: None off the board."""

    id: int
    status: Status
    unit_id: int | None
    unit_now: int | None
    region: str
    source: Source
    colour: Colour | None
    card: str
    firings: list[Firing]
    is_late: bool

    @property
    def is_struck(self) -> bool:
        return self.status in STRUCK_OFF


EVERYTHING = Filters()


def stood(
    filters: Filters, actor: Actor, today: date, most: int, within: Filters = EVERYTHING
) -> list[Stood]:
    """What both filters find in a person's sight, as the first orders it; no more than so many.

    One statement. Off the board only where a status is asked for.
    """
    day = standing_of(filters, today)
    columns: tuple[SQLColumnExpression[Any], ...] = (
        Issue.id, day.status, day.unit_id.label("unit_id"),
        Issue.primary_unit_id.label("unit_now"), day.region, day.source,
        day.colour.label("colour"), day.card, day.firings, is_late(day).label("is_late"),
    )  # fmt: skip
    statement = on_paper_of(columns, filters, actor, day, within)
    return [
        Stood(
            row.id, row.status, row.unit_id, row.unit_now, row.region, row.source,
            Colour(row.colour) if row.colour else None, row.card,
            [Firing.from_document(document) for document in row.firings], bool(row.is_late),
        )
        for row in db.session.execute(statement.limit(most))
    ]  # fmt: skip


def cells(found: Iterable[Stood]) -> Sequence[Cell]:
    """Those on the board as the board counts them, one by one."""
    return [
        Cell(one.unit_id, one.region, one.source, one.colour, 1, int(one.is_struck))
        for one in found
        if one.colour
    ]
