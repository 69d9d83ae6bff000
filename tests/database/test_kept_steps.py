"""What the same steps led to is brought back only where nothing else can have led there."""

import pytest
from databases import SETTLED
from make import Maker
from people import People
from shelf import Patch
from sqlalchemy import func, select

from extensions import db, transaction
from issues.ground import clock
from issues.models import Event, Setting
from issues.vocabulary import Action, Status

pytestmark = pytest.mark.both


@pytest.fixture
def step(shelf):
    """`step(name)` writes a setting of that name; `built` is how often it was really written."""

    def taken(name):
        def build():
            taken.built += 1
            row = Setting(key=name, value=1)
            with transaction():
                db.session.add(row)
            return row, name

        row, beside = shelf.of(("a setting", name), build)
        return row.key, row.value, beside

    taken.built = 0
    return taken


def test_a_step_taken_again_is_brought_back_with_its_row(place, step):
    for _ in range(2):
        with place.fresh(SETTLED):
            assert step("once") == ("once", 1, "once")
            assert db.session.get(Setting, "once").value == 1

    assert step.built == 1


def test_what_a_test_wrote_patched_or_has_open_is_not_taken_for_the_step(place, step, monkeypatch):
    Patch.is_touched = False
    with place.fresh(SETTLED):
        with transaction():
            db.session.add(Setting(key="own", value=1))
        step("after a write")
    with place.fresh(SETTLED), transaction():
        step("inside")
    with place.fresh(SETTLED):
        monkeypatch.setattr(clock, "now", clock.now)
        assert Patch.is_touched
        step("patched")
    Patch.is_touched = False
    for name in ("after a write", "inside", "patched"):
        with place.fresh(SETTLED):
            step(name)

    assert step.built == 6


def test_a_ticket_brought_back_is_the_one_that_was_made(place):
    """Made from one that stood on its way, brought back, and made without a shelf."""
    told, fields = [], {"title": "两次到达的事项"}
    with place.fresh(SETTLED):
        Maker(People(), place.shelf)(Status.PLANNING, **fields)
    for shelf in (place.shelf, place.shelf, None):
        with place.fresh(SETTLED):
            made = Maker(People(), shelf)(Status.PUBLICITY, **fields)
            reached = select(func.count(Event.id)).where(Event.action == Action.SUBMIT_PLAN)
            assert db.session.scalar(reached) == 1
            acts = select(Event.action, Event.on, Event.actor_id).order_by(Event.id)
            told.append((made.number, made.publicity_until, db.session.execute(acts).all()))

    assert told[0] == told[1] == told[2]
    assert len(told[0][2]) > 10
