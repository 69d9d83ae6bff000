"""Two who wait for each other: one is done anew and both succeed; if not, one sentence tells it."""

from threading import Barrier, Thread

import psycopg
import pytest
from sqlalchemy import event, text

from extensions import db
from issues.ground.database import Collided
from issues.web.door import once
from issues.web.door.once import ADDRESS, once_only

LOCK = text("UPDATE unit SET name = name || '改' WHERE code = :code")
CODES = ("511902", "511903")


@pytest.fixture
def both_at_once(app):
    """Two forms that change two rows, each in the other's order; answers what became of them."""
    meet, became = Barrier(2), []

    def act(codes, tries):
        tries.append(codes)
        db.session.execute(LOCK, {"code": codes[0]})
        if len(tries) == 1:
            meet.wait(10)
        db.session.execute(LOCK, {"code": codes[1]})
        return "/done"

    def send(codes):
        tries = []
        with app.test_request_context("/", method="POST"):
            try:
                became.append((once_only(lambda: act(codes, tries), ADDRESS, key=""), len(tries)))
            except Exception as error:  # noqa: BLE001 - what it was is what is asked
                became.append((type(error).__name__, len(tries)))
            finally:
                db.session.remove()

    def run():
        threads = [Thread(target=send, args=(codes,)) for codes in (CODES, CODES[::-1])]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        return sorted(became)

    return run


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_deadlock_is_tried_again_and_both_are_done(both_at_once, people):
    assert both_at_once() == [("/done", 1), ("/done", 2)]
    assert all(people.unit(code).name.endswith("改改") for code in CODES)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_the_control_without_a_second_try_one_of_them_fails(both_at_once, monkeypatch):
    monkeypatch.setattr(once, "TRIES", 1)

    assert both_at_once() == [("/done", 1), ("OperationalError", 1)]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_one_that_collides_each_time_is_a_sentence(browser, people):
    """Two administrators at one person's roles: the form tries thrice, and is then told."""
    admin, met = browser.as_("secadmin"), []

    def collide(_cursor, statement, _parameters, _context):
        if statement.startswith("INSERT INTO role_grant"):
            met.append(statement)
            raise psycopg.errors.DeadlockDetected("deadlock detected")

    event.listen(db.engine, "do_execute", collide)
    try:
        page = admin.post(f"/admin/grants/{people.he.id}", 409, role="inspector")
    finally:
        event.remove(db.engine, "do_execute", collide)

    assert Collided().sentence in page.text
    assert len(met) == once.TRIES
