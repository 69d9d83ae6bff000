"""A database that can only be read, or cannot be reached, says so in a sentence of its own."""

import contextlib
from datetime import timedelta

import psycopg
import pytest
from caller import Callers
from databases import POSTGRESQL
from drafts import DRAFT
from sqlalchemy import event

from extensions import db
from issues.ground.database import Away
from issues.models import Issue
from issues.web.door import admission

SENTENCE = "服务器存储现在只能读取，本次没有保存，已有的内容仍可查看。"
CLOSED = {
    "sqlite": "PRAGMA query_only = ON",
    "postgresql": "SET default_transaction_read_only = on",
}


@contextlib.contextmanager
def read_only(database):
    """Each new connection, as of a server that only follows another, or a disk taken back."""

    def close(connection, _record):
        connection.execute(CLOSED[database]).close()
        if database == "postgresql":
            connection.commit()

    event.listen(db.engine, "connect", close)
    db.session.rollback()
    db.engine.dispose()
    try:
        yield
    finally:
        event.remove(db.engine, "connect", close)
        db.session.rollback()
        db.engine.dispose()


@pytest.mark.both
def test_acts_are_told_and_pages_are_read(browser, app, database, make_issue, monkeypatch):
    issue, api = make_issue(), Callers(app)
    sun, before = browser.as_("sun"), db.session.query(Issue).count()
    api.sun.get("/issues")
    for kept in (admission.signin, admission.tokens):
        monkeypatch.setattr(kept, "SEEN_EVERY", timedelta(seconds=-1))

    with read_only(database):
        act = api.sun.post("/issues", DRAFT, 503).json
        page = sun.post("/issues/new", 503, **DRAFT | {"region": DRAFT["region"]})
        sun.get(f"/issues/{issue.number}")
        api.sun.get(f"/issues/{issue.number}")

    assert act["type"] == "unavailable"
    assert act["detail"].startswith(SENTENCE)
    assert SENTENCE in page.text
    assert db.session.query(Issue).count() == before
    api.sun.post("/issues", DRAFT, 201)


@pytest.mark.parametrize("database", [POSTGRESQL], indirect=True)
def test_a_database_that_is_away_is_told_without_a_word_of_what_was_saved(
    browser, app, database, monkeypatch
):
    sun = browser.as_("sun")

    def refuse(*_given, **_more):
        raise psycopg.OperationalError("connection failed: Connection refused")

    monkeypatch.setattr(db.engine.dialect, "connect", refuse)
    db.session.remove()
    db.engine.dispose()
    answer = sun.client.get("/issues")

    assert answer.status_code == 503
    assert str(Away()) in answer.get_data(as_text=True)
    assert f"<h1>{Away.heading}</h1>" in answer.get_data(as_text=True)
    monkeypatch.undo()
    sun.get("/issues")
