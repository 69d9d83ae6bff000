"""What is few is looked up in a large register: no figure of the board lists all tickets for it.

A database that takes the few for many begins with the register instead, once for each of them. A
plan tells it without a large register: SQLite believes what `sqlite_stat1` says of one.
"""

import itertools

import pytest
from sqlalchemy import event, text

from extensions import db

MANY = "100000"
PAGES = ("/board", "/board?on=2025-11-01", "/board?compare=2025-11-01")


@pytest.fixture
def large(app, make_issue):
    """A register that is said to hold many tickets, and next to nothing beside them."""
    make_issue()
    db.session.execute(text("ANALYZE"))
    db.session.execute(text("DELETE FROM sqlite_stat1 WHERE tbl IN ('issue', 'colour_span')"))
    indexes = db.session.execute(
        text("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index'")
    ).all()
    for table in ("issue", "colour_span"):
        for name, sql in ((row.name, row.sql) for row in indexes if row.tbl_name == table):
            columns = 1 + (sql or "").count(",")
            db.session.execute(
                text("INSERT INTO sqlite_stat1 VALUES (:table, :name, :stat)"),
                {"table": table, "name": name, "stat": " ".join([MANY, *["9000"] * columns])},
            )
    db.session.commit()
    db.engine.dispose()


@pytest.fixture
def asked(app, large):
    """The statements that are sent, with what they ask for."""
    kept = []

    def keep(_connection, _cursor, statement, said, _context, _many):
        kept.append((statement, said))

    event.listen(db.engine, "before_cursor_execute", keep)
    yield kept
    event.remove(db.engine, "before_cursor_execute", keep)


def plan_of(statement, said):
    with db.engine.connect() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", said).all()
    return [row[3] for row in rows]


LED = {"REUSE LIST SUBQUERY": "SEARCH issue_link", "SCAN issue": "SEARCH target"}
"""A list of all in sight that leads to links, the register that leads to what is measured."""


def lists_all(plan):
    steps = list(itertools.pairwise(plan))
    return any(
        line.startswith(first) and after.startswith(few)
        for line, after in steps
        for first, few in LED.items()
    )


@pytest.mark.parametrize("name", ["sun", "zhao", "chen"])
def test_what_is_few_is_looked_up(browser, asked, name):
    for page in PAGES:
        browser.as_(name).get(page)
    statements = [one for one in asked if one[0].startswith("SELECT")]
    assert len(statements) > 30
    assert [one[0] for one in statements if lists_all(plan_of(*one))] == []
