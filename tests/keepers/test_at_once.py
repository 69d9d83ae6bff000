"""Two at the same keeper in one moment: one ends a place while the other hands all over."""

import contextvars
import threading
import time

import pytest
from sqlalchemy import select

from extensions import db, transaction
from issues.ground.refusals import WrongStatus
from issues.keepers import giving, roll
from issues.models import Keeping

pytestmark = pytest.mark.both
BESIDE = 0.5
"""Seconds in which the second comes to the row that the first still holds."""


def test_what_is_being_ended_is_not_handed_on(app, people):
    sun = people.sun
    with transaction():
        one, two = (roll.add(sun, {"name": name, "phone": name}).id for name in ("甲", "乙"))
        kept = giving.give_place(sun, one, "511902", {"level": "area"}).id
    db.session.rollback()
    ended = threading.Event()

    def end():
        with app.app_context():
            with transaction():
                giving.release(sun, kept, {"reason": "调整"})
                ended.set()
                time.sleep(BESIDE)
            db.session.remove()

    first = threading.Thread(target=contextvars.Context().run, args=(end,))
    first.start()
    assert ended.wait(10)
    with pytest.raises(WrongStatus, match="没有可移交的包保"), transaction():
        giving.hand_over(sun, one, two, {"reason": "离任"})
    first.join()

    db.session.rollback()
    assert [row.keeper_id for row in db.session.scalars(select(Keeping))] == [one]
