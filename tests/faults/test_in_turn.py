"""Whoever waits for a number on PostgreSQL stands in a queue, not before a row."""

import contextvars
import threading
import time

import pytest
from databases import POSTGRESQL
from sqlalchemy import text

from extensions import db, transaction
from issues import counters

PATIENCE = 30
WAITS = "SELECT wait_event FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


@pytest.mark.parametrize("database", [POSTGRESQL], indirect=True)
def test_who_waits_for_a_number_waits_in_turn(app, database):
    """Before a row those who come later may be first; `test_at_once` tells how long one waits."""
    taken = []

    def take():
        with app.app_context():
            with transaction():
                taken.append(counters.take("in turn"))
            db.session.remove()

    with transaction():
        assert counters.take("in turn") == 1
        other = threading.Thread(target=contextvars.Context().run, args=(take,))
        other.start()
        until, waits = time.monotonic() + PATIENCE, []
        while not waits and time.monotonic() < until:
            waits = db.session.scalars(text(WAITS)).all()
            db.session.execute(text("SELECT pg_stat_clear_snapshot()"))
    other.join()

    assert waits == ["advisory"]
    assert taken == [2]
