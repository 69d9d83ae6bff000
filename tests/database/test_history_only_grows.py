"""No row of the history changes or goes, by whatever way somebody tries."""

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import IntegrityError

from extensions import db, transaction
from issues import audit
from issues.ground import clock
from issues.models import Event
from issues.models.event import HistoryIsAppendOnly
from issues.vocabulary import Action, Subject

pytestmark = pytest.mark.both

APPEND_ONLY = "event is append-only"


@pytest.fixture
def row(people):
    with transaction():
        audit.record(Subject.TICKET, 1, Action.ASSIGN, people.sun, at=clock.now(), reason="交办")
    return db.session.query(Event).one()


@pytest.fixture(autouse=True)
def _still_there(row):
    yield
    db.session.rollback()
    db.session.expire_all()
    kept = db.session.query(Event).one()
    assert (kept.reason, kept.digest) == ("交办", audit.digest_of(kept))


def refused(statement):
    with pytest.raises(IntegrityError, match=APPEND_ONLY):
        db.session.execute(statement)
    db.session.rollback()


def test_by_changing_the_object(row):
    row.reason = "改"
    with pytest.raises(HistoryIsAppendOnly):
        db.session.flush()


def test_by_deleting_the_object(row):
    db.session.delete(row)
    with pytest.raises(HistoryIsAppendOnly):
        db.session.flush()


@pytest.mark.parametrize("column", [column.name for column in Event.__table__.columns])
def test_by_an_update_of_any_column(column):
    refused(update(Event).values({column: getattr(Event, column)}))


def test_by_a_delete():
    refused(delete(Event))


def test_by_sql():
    refused(text("UPDATE event SET reason = '改'"))
    refused(text("DELETE FROM event WHERE id > 0"))


def test_by_an_insert_over_it():
    copied = "SELECT * FROM event"
    if db.engine.dialect.name == "sqlite":
        refused(text(f"INSERT OR REPLACE INTO event {copied}"))
        refused(text(f"REPLACE INTO event {copied}"))
        over = f"INSERT INTO event {copied} WHERE true"
    else:
        over = f"INSERT INTO event {copied}"
    refused(text(f"{over} ON CONFLICT (id) DO UPDATE SET reason = '改'"))


def test_by_an_insert_over_its_place_in_the_chain(row):
    columns = [column.name for column in Event.__table__.columns if column.name != "id"]
    names = ", ".join(f'"{name}"' for name in columns)
    with pytest.raises(IntegrityError):
        db.session.execute(text(f"INSERT INTO event ({names}) SELECT {names} FROM event"))  # noqa: S608


def test_by_emptying_the_table():
    if db.engine.dialect.name == "postgresql":
        refused(text("TRUNCATE event CASCADE"))
        refused(text("TRUNCATE account CASCADE"))
