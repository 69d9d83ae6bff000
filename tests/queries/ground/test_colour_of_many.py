"""Thousands of tickets: what the database counts is what Python says, on every day asked."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from registers import TODAY, Register, colour, is_struck, on_board
from sqlalchemy import select

from extensions import db
from issues.models import Issue
from issues.queries.board import tally
from issues.queries.ground.day import Standing

pytestmark = pytest.mark.both

SIZE = 2200
DAYS = [TODAY - timedelta(days=back) for back in (1, 9, 40, 90, 140, 177)]
AHEAD = [TODAY + timedelta(days=step) for step in (0, 7, 15, 30, 60)]


@pytest.fixture
def many(people):
    return Register(random.Random(2200), people, SIZE)  # noqa: S311 - the same register every time


def counted(actor, day):
    """By unit, region, source and colour, as the board's cells say."""
    cells = Counter()
    for cell in tally.cells(actor, Standing.on(day, TODAY)):
        cells[cell.unit_id, cell.region, cell.source, cell.colour] += cell.count
    return cells


def recounted(tickets, day):
    """The same by walking over every ticket."""
    cells = Counter()
    for ticket in tickets:
        if on_board(ticket, day):
            row = ticket.now if day >= TODAY else _span(ticket, day)
            cells[row.unit_id, row.region, row.source, colour(ticket, day)] += 1
    return cells


def _span(ticket, day):
    return next(span for span in ticket.spans if span.begin <= day < span.end)


@pytest.mark.postgresql
def test_every_board_is_a_recount_ticket_by_ticket(many, people):
    for viewer in ("sun", "zhao", "chen"):
        actor = people[viewer]
        seen = many.seen_by(actor)
        for day in (*DAYS, *AHEAD):
            assert counted(actor, day) == recounted(seen, day), (viewer, day)
            struck = sum(cell.struck for cell in tally.cells(actor, Standing.on(day, TODAY)))
            assert struck == sum(is_struck(t, day) for t in seen if on_board(t, day))


def test_the_colour_in_sql_is_the_colour_in_python_ticket_by_ticket(many):
    for day in (*DAYS, *AHEAD):
        standing = Standing.on(day, TODAY)
        rows = db.session.execute(
            standing.joined(select(Issue.number, standing.colour).select_from(Issue))
        )
        found = {number: word for number, word in rows if word}

        wanted = {t.number: colour(t, day).value for t in many.tickets if on_board(t, day)}
        assert found == wanted, day
