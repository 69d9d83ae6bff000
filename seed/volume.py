"""A volume of tickets for measuring: rows written in bulk, legal in every table.

Evidence rows name bytes that nobody keeps: what is measured is the database.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from config import EXAMPLE_DAY
from extensions import Model, db, transaction
from issues import tried_out
from issues.ground import clock
from issues.ground.batches import among
from issues.imprints.writing import touch
from issues.models import Claim, ColourSpan, Event, Evidence, Issue, IssueFiring, IssueUnit, Measure
from issues.rules.firings import firings
from issues.vocabulary import Subject
from seed import example
from seed.bulk import history, rows
from seed.bulk.facts import Ticket, ticket
from seed.bulk.insert import Writer, reserve, table_of
from seed.progress import Bar, Say

BATCH = 2000
FIRST = 100_000
ROWS = {
    Issue: rows.issue_rows,
    Measure: rows.measure_rows,
    IssueUnit: rows.unit_rows,
    Claim: rows.claim_rows,
    Event: history.event_rows,
    Evidence: rows.evidence_rows,
    IssueFiring: rows.firing_rows,
    ColourSpan: rows.span_rows,
}


def load(count: int, say: Say = print, password: str = "") -> None:
    """Add so many tickets to the example's units and people, which are made where none are."""
    with clock.standing_on(EXAMPLE_DAY):
        if example.is_empty():
            say("建立单位、账号和规则")
            with transaction():
                before = tried_out.highest()
                example.found(password)
                tried_out.mark(before)
        start = FIRST + (db.session.scalar(select(func.count()).select_from(Issue)) or 0)
        city, writers, bar = rows.City(), _Writers(), Bar("写入问题", count, say)
        for first in range(start, start + count, BATCH):
            places = range(first, min(first + BATCH, start + count))
            with transaction():
                before = tried_out.highest()
                _write(city, writers, [ticket(place) for place in places])
                tried_out.mark(before)
            bar.step(len(places))


class _Writers(dict[type[Model], Writer]):
    """The writer of each table, made at its first row."""

    def write(self, model: type[Model], made: Iterable[Mapping[str, Any]]) -> None:
        connection, listed = db.session.connection(), list(made)
        if not listed:
            return
        if model not in self:
            self[model] = Writer(table_of(model), connection.dialect, listed[0])
        self[model].write(connection, listed)


def _of(model: type[Model], ids: list[int]) -> ColumnElement[bool]:
    """The rows of one table that are of these tickets."""
    if model is Issue:
        return among(Issue.id, ids)
    if model is Event:
        return and_(Event.subject == Subject.TICKET.value, among(Event.subject_id, ids))
    return among(model.__table__.c.issue_id, ids)


def _write(city: rows.City, writers: _Writers, tickets: list[Ticket]) -> None:
    fired = [firings(each.facts(), city.policy, city.calendar) for each in tickets]
    ids = reserve(db.session.connection(), table_of(Issue), len(tickets))
    whole = list(zip(ids, tickets, fired, strict=True))
    for model, rows_of in ROWS.items():
        made = (row for i, each, found in whole for row in rows_of(city, i, each, found))
        writers.write(model, made)
        touch(model, _of(model, ids), is_new=True)
