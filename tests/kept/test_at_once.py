"""Several pages of one person keep, send and throw away in the same moment."""

import contextvars
import threading

import pytest
from sqlalchemy import select

from extensions import db, transaction
from issues.kept import keeping
from issues.kept.content import Content
from issues.models import KeptForm

pytestmark = pytest.mark.both
THREADS, TIMES, DAYS = 4, 12, 7
PLACE = "/issues/new"


def content(words):
    return Content(page=PLACE, action=PLACE, said=(("problem", words),))


def keep(user_id, words, token=""):
    with transaction():
        return keeping.keep(user_id, content(words), DAYS, token)


def at_once(app, work):
    """What went wrong of `work(place)` in as many threads."""
    db.session.rollback()
    failed, ready = [], threading.Barrier(THREADS)

    def run(place):
        with app.app_context():
            ready.wait()
            try:
                work(place)
            except Exception as fault:  # noqa: BLE001 - told by the test
                failed.append(fault)
            db.session.remove()

    threads = [
        threading.Thread(target=contextvars.Context().run, args=(run, place))
        for place in range(THREADS)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return failed


def test_two_that_keep_and_two_that_throw_away_leave_the_bounds_and_the_newest(app, people):
    user_id = people.lin.id
    token = keep(user_id, "先写的内容")

    def work(place):
        for time in range(TIMES):
            if place % 2:
                keep(user_id, f"第{place}页写的第{time}稿", token)
            else:
                with transaction():
                    rows = keeping.sent_to(user_id, PLACE)
                    keeping.forget(user_id, [row.token for row, _ in rows[:1]])

    assert at_once(app, work) == []
    last = keep(user_id, "最后写的内容")
    rows = db.session.scalars(select(KeptForm)).all()
    assert len(rows) <= keeping.MOST_OF_ONE
    assert last in {row.token for row in rows}


def test_the_same_words_from_two_pages_at_once_are_each_there_and_never_lost(app, people):
    user_id = people.lin.id

    assert at_once(app, lambda place: keep(user_id, f"第{place % 2}页的内容")) == []
    kept = {one.said[0][1] for _, one in keeping.of(user_id)}
    assert kept == {"第0页的内容", "第1页的内容"}
