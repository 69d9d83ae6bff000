"""What one test leaves in the process is nothing to the next: keys, a confirmed mark, connections.

The first test of each pair leaves something behind; the second fails where it is still there.
"""

from datetime import timedelta

import pytest
from page import counted
from sqlalchemy import update

from auth.models import SignIn
from auth.signin import SEEN_EVERY
from extensions import db, transaction
from issues.ground import clock, practice
from issues.ground.secrecy import marking, sealing
from issues.ground.secrecy.marking import Marked


def test_one_confirms_a_mark_and_leaves_it_confirmed():
    marking.confirm(confirmed=True)
    marking.refuse([("title", "机密★10年")])


def test_the_next_is_asked_about_the_mark():
    with pytest.raises(Marked):
        marking.refuse([("title", "机密★10年")])


def test_one_takes_the_keys_away(app):
    sealing.use_secrets(["a secret of another installation"])
    practice.set_apart(is_practice=True)


def test_the_next_has_the_keys_of_its_app(app):
    assert sealing.knows(sealing.key_of(app.extensions["settings"].secret_key).id)
    assert not practice.is_practice()


@pytest.mark.both
def test_a_connection_lent_out_of_a_pool_that_was_given_up_is_closed(place):
    with place.fresh("settled"):
        lent = db.engine.connect()
        held = lent.connection.driver_connection
        db.engine.dispose()
        lent.close()
    with place.fresh("settled"):
        assert _is_closed(held)


def _is_closed(held):
    try:
        held.execute("SELECT 1")
    except Exception as error:  # noqa: BLE001 - each driver has its own
        return "closed" in str(error)
    return False


def test_the_minute_of_a_visit_is_no_statement_of_a_page(browser):
    sun = browser.as_("sun")
    sun.get("/issues")
    few = sun.get("/issues").statements
    with transaction():
        db.session.execute(update(SignIn).values(seen_at=clock.real_now() - 2 * SEEN_EVERY))

    with counted() as later:
        sun.get("/issues")

    assert later == few
    seen = db.session.query(SignIn.seen_at).scalar()
    assert clock.real_now() - seen < SEEN_EVERY + timedelta(seconds=1)
