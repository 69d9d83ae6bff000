"""How the tickets of each keeper stand: by colour, and those of one as a list to take along."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues import regions
from issues.keepers.inherited import LIES_AT, kept_under
from issues.models import Issue, Keeping, Region
from issues.queries.ground.day import Standing
from issues.queries.keepers.own import Line, line_from, lines_where
from issues.rights.table import reach
from issues.vocabulary import OPEN, STRUCK_OFF, Colour, KeeperLevel

MOST_TICKETS = 200
COUNTED = tuple(OPEN - STRUCK_OFF)
SHOWN = (Colour.RED, Colour.YELLOW, Colour.GREEN)
Holders = dict[tuple[KeeperLevel, str | int], list[int]]


def colours_by_keeper(actor: Actor, today: date) -> dict[int, Counter[Colour]]:
    """Of tickets in the person's sight that are not struck off, by keeper. Two statements.

    Whose a ticket is follows issues/keepers/inherited.py; a test holds it to that.
    """
    holders = _holders()
    rows = (
        select(Issue.id, Region.path, Standing.on(today, today).colour.label("colour"))
        .join(Region, Region.code == LIES_AT)
        .where(reach(actor), Issue.status.in_(COUNTED))
    )
    found: dict[int, Counter[Colour]] = defaultdict(Counter)
    for row in db.session.execute(rows):
        for keeper in set(_keepers_of(row.id, row.path, holders)):
            found[keeper][Colour(row.colour)] += 1
    return found


def tickets_of(keeper_id: int, actor: Actor, today: date) -> list[Line]:
    """The same tickets of one keeper, the most urgent first. One statement."""
    rows = lines_where(kept_under(Keeping.keeper_id == keeper_id), actor, today)
    rows = rows.where(reach(actor), Issue.status.in_(COUNTED))
    rows = rows.order_by(Issue.red_from, Issue.yellow_from, Issue.id).limit(MOST_TICKETS)
    return [line_from(row, today) for row in db.session.execute(rows)]


def _holders() -> Holders:
    """The keepers on each level by the code of a place or the id of a ticket."""
    columns = (Keeping.level, Keeping.region, Keeping.issue_id, Keeping.keeper_id)
    found: Holders = defaultdict(list)
    for level, region, issue_id, keeper in db.session.execute(
        select(*columns).where(Keeping.until_on.is_(None))
    ):
        found[level, issue_id or region].append(keeper)
    return found


def _keepers_of(issue_id: int, path: str, holders: Holders) -> Iterator[int]:
    """On each level those of the ticket, else of the nearest place of its path."""
    steps: list[str | int] = [issue_id, *reversed(path.split(regions.STEP)[:-1])]
    for level in KeeperLevel:
        yield from next((holders[level, step] for step in steps if (level, step) in holders), ())
