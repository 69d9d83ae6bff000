"""A database that is full says so in a sentence, and what is there can be read all the same."""

import contextlib
import sqlite3
from datetime import timedelta

import psycopg
import pytest
from caller import Callers
from drafts import DRAFT
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from auth.models import LoginAttempt
from extensions import db, transaction
from issues.ground import clock, database as ground
from issues.models import Issue
from issues.web.door import admission

SENTENCE = "服务器存储空间不足，本次没有保存，已有的内容仍可查看。"
LONG = DRAFT | {"problem": "管网破损。" * 700}


@contextlib.contextmanager
def full(database):
    """On SQLite its own limit of pages. On PostgreSQL a driver that answers every change as a
    server without room does: the test's server shares the disk with everything else."""
    if database == "sqlite":
        db.session.rollback()
        with contextlib.closing(sqlite3.connect(db.engine.url.database)) as connection:
            connection.execute("VACUUM")  # no page is left over from a migration
        with listening("connect", lambda connection, _: limit(connection)):
            db.engine.dispose()
            yield
        db.engine.dispose()
        return
    with listening("do_execute", refuse):
        yield


@contextlib.contextmanager
def listening(name, heard):
    event.listen(db.engine, name, heard)
    try:
        yield
    finally:
        event.remove(db.engine, name, heard)


def limit(connection):
    connection.execute("PRAGMA max_page_count = 1").close()


def refuse(_cursor, statement, _parameters, _context):
    if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
        raise psycopg.errors.DiskFull("could not extend file: No space left on device")


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch):
    monkeypatch.setattr(ground.Fullness, "told_at", float("-inf"))


def fill():
    """Small rows find room on pages that are begun, until those are full as well."""
    with contextlib.suppress(OperationalError):
        for number in range(500):
            with transaction():
                row = LoginAttempt(name=f"{number:080}", address="x", at=clock.real_now())
                db.session.add(row)


@pytest.mark.both
def test_acts_and_sign_in_are_told_and_pages_are_read(browser, app, database, make_issue):
    issue, api = make_issue(), Callers(app)
    sun, before = browser.as_("sun"), db.session.query(Issue).count()
    api.sun.get("/issues")
    form = sun.get(f"/issues/{issue.number}").form
    assert sun.get("/readyz").json == {"status": "ok"}

    with full(database):
        act = api.sun.post("/issues", LONG, 507).json
        page = sun.post("/issues/new", 507, **LONG | {"region": LONG["region"]})
        fill()
        signing_in = browser.stranger.post("/login", 507, username="c" * 80, password="x")
        ready = sun.get("/readyz", 503).json
        sun.get(f"/issues/{issue.number}")
        sun.get("/issues")
        api.sun.get(f"/issues/{issue.number}")

    assert (act["status"], act["type"]) == (507, "no-space")
    assert act["detail"].startswith(SENTENCE)
    assert SENTENCE in page.text
    assert SENTENCE in signing_in.text
    assert ready == {"status": "failing", "failing": ["space"]}
    assert form
    assert db.session.query(Issue).count() == before
    api.sun.post("/issues", LONG, 201)  # with room again, the very same is taken


@pytest.mark.both
def test_who_cannot_be_noted_reads_on(app, browser, database, monkeypatch, make_issue):
    issue, sun, program = make_issue(), browser.as_("sun"), Callers(app).sun
    for kept in (admission.signin, admission.tokens):
        monkeypatch.setattr(kept, "SEEN_EVERY", timedelta(seconds=-1))

    with listening("do_execute", refuse_seeing):
        sun.get(f"/issues/{issue.number}")
        program.get(f"/issues/{issue.number}")
        monkeypatch.setattr(admission, "is_full", lambda _: False)
        sun.get(f"/issues/{issue.number}", 500)  # the control: unguarded, nobody reads


def refuse_seeing(_cursor, statement, _parameters, _context):
    if statement.startswith(("UPDATE sign_in", "UPDATE api_token")):
        if db.engine.dialect.name == "sqlite":
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = ground.SQLITE_FULL
            raise error
        raise psycopg.errors.DiskFull("could not extend file: No space left on device")
