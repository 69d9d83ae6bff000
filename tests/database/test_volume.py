"""A volume of tickets: written past the statement's parameters, and yet as the types would."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from extensions import db
from issues import audit
from issues.imprints import checking
from issues.jobs.runner import tools_for
from issues.jobs.steps import check_thresholds
from issues.models import Event, Issue, SearchText
from issues.rules.firings import firings
from issues.search.asking import finds
from issues.search.index import refresh
from issues.vocabulary import Word
from seed import volume
from seed.bulk.facts import ticket
from seed.bulk.rows import City

pytestmark = pytest.mark.both

COUNT = 25


@pytest.fixture
def tickets(people):
    """So many tickets in two goes, so that the second goes on where the first ended."""
    volume.load(COUNT - 10, lambda _: None)
    volume.load(10, lambda _: None)
    return db.session.scalars(select(Issue).order_by(Issue.id)).all()


def test_every_row_reads_back_as_it_was_made(tickets):
    city = City()
    made = {model: [] for model in volume.ROWS}
    for place, issue in enumerate(tickets, start=volume.FIRST):
        each = ticket(place)
        fired = firings(each.facts(), city.policy, city.calendar)
        for model, rows_of in volume.ROWS.items():
            made[model] += rows_of(city, issue.id, each, fired)

    for model, rows in made.items():
        table = model.__table__
        statement = select(table)
        if model is Event:
            statement = statement.where(table.c.subject == "ticket")
        kept = db.session.execute(statement.order_by(*table.primary_key)).mappings().all()

        assert len(kept) == len(rows) > 0
        assert in_order(table, kept) == in_order(table, [usual(table) | row for row in rows])


def usual(table):
    """What stands in a column that is not named."""
    columns = [column for column in table.columns if not column.primary_key]
    given = {column.name: column.default for column in columns}
    return {
        name: None if default is None
        else default.arg(None) if default.is_callable
        else default.arg
        for name, default in given.items()
    }  # fmt: skip


def in_order(table, rows):
    """The rows without the numbers the database gave them, in one order."""
    names = [c.name for c in table.columns if c.name != "id" or table.name == "issue"]
    return sorted(repr([(name, plain(row[name])) for name in names]) for row in rows)


def plain(value):
    """Words and moments in one spelling."""
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return str(value) if isinstance(value, Word) else value


def test_history_thresholds_and_search_hold(tickets, app, people):
    day = tickets[0].created_at.date()

    assert list(audit.faults("")) == []
    assert list(checking.faults()) == []
    assert check_thresholds.find(tools_for(day, None, "")) == []
    ids = [issue.id for issue in tickets]
    kept = {row.issue_id for row in db.session.scalars(select(SearchText))}
    assert kept == set(ids)
    assert refresh(ids) == 0
    for issue in tickets[:3]:
        found = select(Issue.number).where(finds(f"{issue.place} {issue.number}", people.sun))
        assert db.session.scalars(found).all() == [issue.number]


def test_numbers_go_on_and_the_next_ticket_has_a_free_id(tickets, make_issue):
    numbers = [int(issue.number.rpartition("-")[2]) for issue in tickets]

    assert numbers == list(range(volume.FIRST, volume.FIRST + COUNT))
    assert make_issue().id not in [issue.id for issue in tickets]
