"""The same 受理编号, registered by several at once under two sources, is registered once."""

import contextvars
import threading

import pytest
from make import DETAIL
from sqlalchemy import select

from extensions import db, transaction
from issues import acts
from issues.ground.refusals import Taken
from issues.models import Issue
from issues.workflow.changes.tied import cases

pytestmark = pytest.mark.both
CASE, SOURCES, ROUNDS = "X2BZ202509010001", ("YX", "SX") * 3, 5


def rushed(app, sun, case):
    """What each of those who come in the same moment was told."""
    db.session.rollback()
    told, together = [], threading.Barrier(len(SOURCES))

    def register(source):
        with app.app_context():
            together.wait()
            try:
                with transaction():
                    acts.register(sun, DETAIL | {"source": source, "case_number": case})
                told.append("registered")
            except Exception as fault:  # noqa: BLE001 - told by the test
                told.append(type(fault))
            db.session.remove()

    threads = [
        threading.Thread(target=contextvars.Context().run, args=(register, source))
        for source in SOURCES
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return told


def test_it_is_registered_once_whatever_the_source(app, people):
    for number in range(ROUNDS):
        case = f"{CASE[:-1]}{number}"
        told = rushed(app, people.sun, case)

        assert sorted(map(str, told)) == sorted(map(str, ["registered", *[Taken] * 5]))
        assert len(db.session.scalars(select(Issue).where(Issue.case_number == case)).all()) == 1


def test_without_waiting_for_the_other_two_stand(app, people, monkeypatch, database):
    """The control: on PostgreSQL one of each source may look before either has written."""
    pair = threading.Barrier(2 if database == "postgresql" else 1)
    monkeypatch.setattr(cases.counters, "hold", lambda _: pair.wait(timeout=20))

    stood = rushed(app, people.sun, CASE).count("registered")

    assert stood == (2 if database == "postgresql" else 1)
