"""A volume of tickets for measuring: rows written in bulk, legal in every table.

Evidence rows name bytes that nobody keeps: what is measured is the database.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, insert, select

from config import EXAMPLE_DAY
from extensions import db, transaction
from issues import clock, search
from issues.models import Claim, ColourSpan, Event, Evidence, Issue, IssueFiring, IssueUnit, Measure
from issues.rules.firings import firings
from seed import example, volume_rows
from seed.progress import Bar, Say
from seed.volume_facts import Ticket, ticket

BATCH = 500
FIRST = 100_000


def load(count: int, say: Say = print, password: str = "") -> None:
    """Add so many tickets to the example's units and people, which are made where none are."""
    with clock.standing_on(EXAMPLE_DAY):
        if example.is_empty():
            say("建立单位、账号和规则")
            example.found(password)
        start = FIRST + db.session.scalar(select(func.count()).select_from(Issue))
        city, bar = volume_rows.City(), Bar("写入问题", count, say)
        for first in range(start, start + count, BATCH):
            places = range(first, min(first + BATCH, start + count))
            with transaction():
                _write(city, [ticket(place) for place in places])
            bar.step(len(places))


def _write(city: volume_rows.City, tickets: list[Ticket]) -> None:
    fired = [firings(each.facts(), city.policy, city.calendar) for each in tickets]
    pairs = list(zip(tickets, fired, strict=True))
    table = Issue.__table__
    ids = (
        db.session.connection()
        .execute(
            insert(table).returning(table.c.id, sort_by_parameter_order=True),
            [volume_rows.issue_row(city, each, found) for each, found in pairs],
        )
        .scalars()
        .all()
    )
    known = list(zip(ids, tickets, strict=True))
    _add(Measure, (row for i, each in known for row in volume_rows.measure_rows(city, i, each)))
    _add(IssueUnit, (row for i, each in known for row in volume_rows.unit_rows(city, i, each)))
    _add(Claim, (row for i, each in known for row in volume_rows.claim_rows(i, each)))
    _add(Event, (row for i, each in known for row in volume_rows.event_rows(city, i, each)))
    _add(Evidence, (row for i, each in known for row in volume_rows.evidence_rows(city, i, each)))
    both = list(zip(ids, pairs, strict=True))
    _add(IssueFiring, (row for i, (_, f) in both for row in volume_rows.firing_rows(i, f)))
    _add(ColourSpan, (row for i, (e, f) in both for row in volume_rows.span_rows(city, i, e, f)))
    search.index_new({i: volume_rows.words_of(city, each) for i, each in known})


def _add(table: type[db.Model], rows: Iterator[dict[str, Any]]) -> None:
    listed = list(rows)
    if listed:
        db.session.connection().execute(insert(table.__table__), listed)
