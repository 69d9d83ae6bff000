"""A hundred leads, each told of twice by eight threads at once, are a hundred."""

import contextvars
import threading

import pytest
from sqlalchemy import func, select

from extensions import db, transaction
from issues.ground import clock
from issues.leads import taking
from issues.models import Event, Lead

pytestmark = pytest.mark.both
THREADS, LEADS = 8, 100


def posted(number):
    return {
        "origin": "hotline", "origin_ref": f"R-{number}", "at": clock.now(), "text": f"来电{number}"
    }  # fmt: skip


def rushed(app, chen):
    """Each lead by two threads that come to it in the same moment; what each was answered."""
    db.session.rollback()
    told, failed = [], []

    def post(place):
        with app.app_context():
            for number in range(place // 2, LEADS, THREADS // 2):
                try:
                    with transaction():
                        taken = taking.take(chen, posted(number), (), clock.now())
                        told.append((number, taken.lead.id, taken.is_new))
                except Exception as fault:  # noqa: BLE001 - told by the test
                    failed.append(fault)
            db.session.remove()

    threads = [
        threading.Thread(target=contextvars.Context().run, args=(post, place))
        for place in range(THREADS)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return told, failed


def test_each_is_taken_once_and_the_second_is_answered_the_first(app, people):
    told, failed = rushed(app, people.chen)

    assert failed == []
    assert (len(told), sum(is_new for *_, is_new in told)) == (2 * LEADS, LEADS)
    assert len({(number, lead_id) for number, lead_id, _ in told}) == LEADS
    assert db.session.scalar(select(func.count()).select_from(Lead)) == LEADS
    assert len(db.session.scalars(select(Event).where(Event.subject == "lead")).all()) == LEADS


def test_without_looking_first_the_database_still_takes_one(app, people, monkeypatch):
    """The control of the look-up: the index alone holds, by refusing the second."""
    first = taking.first_of
    calls = []

    def blind(origin, ref):
        calls.append(ref)
        return None if calls.count(ref) % 2 else first(origin, ref)

    monkeypatch.setattr(taking, "first_of", blind)
    with transaction():
        one = taking.take(people.chen, posted(1), (), clock.now())
    calls.clear()
    with transaction():
        again = taking.take(people.chen, posted(1), (), clock.now())

    assert (again.is_new, again.lead.id) == (False, one.lead.id)
    assert db.session.scalar(select(func.count()).select_from(Lead)) == 1
