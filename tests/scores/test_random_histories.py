"""Whatever people do to a ticket, and whenever it is booked, the book is what the history says."""

import random

import pytest
from sqlalchemy import func, select
from wandering import Wanderer

from auth.actor import SYSTEM
from extensions import db, transaction
from issues.ground import clock
from issues.models import ScoreEntry
from issues.scores import booking, recounting
from issues.vocabulary import EntryKind, Status

STEPS = 30


@pytest.mark.by_turns
@pytest.mark.parametrize("seed", [1, 2])
def test_booked_at_any_moment_the_book_is_what_the_history_says(make_issue, seed):
    walk, chance = Wanderer(seed, make_issue), random.Random(seed)  # noqa: S311 - a walk, no secret
    for _ in range(STEPS):
        walk.step()
        if chance.random() < 0.3:
            _book()
    _book()

    years = sorted({*db.session.scalars(select(ScoreEntry.year))} | {clock.today().year})
    assert [fault for year in years for fault in recounting.faults(year)] == []
    assert walk.issue.status is Status.WITHDRAWN or _corrected_acts() == []
    known = db.session.scalar(select(func.count(ScoreEntry.id)))
    _book()
    assert db.session.scalar(select(func.count(ScoreEntry.id))) == known


def _corrected_acts():
    """An act stays what it was: who stood there then is read the same, whatever came later."""
    rows = select(ScoreEntry.key).where(
        ScoreEntry.kind == EntryKind.CORRECTION, ScoreEntry.event_id.is_not(None)
    )
    return list(db.session.scalars(rows))


def _book():
    today = clock.today()
    for year in range(today.year - 1, today.year + 1):
        with transaction():
            booking.book(year, SYSTEM, clock.now())
