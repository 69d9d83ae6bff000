"""How the two databases are opened."""

import os
import signal
from threading import Event, Thread

import pytest
from sqlalchemy import create_engine, text

from extensions import db, open_safely, transaction

PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15_000}


@pytest.mark.parametrize(("name", "value"), PRAGMAS.items())
def test_sqlite_keeps_what_it_acknowledged(tmp_path, name, value):
    engine = create_engine(f"sqlite:///{tmp_path / 'own.db'}")
    open_safely(engine)
    with engine.connect() as connection:
        assert connection.scalar(text(f"PRAGMA {name}")) == value
    engine.dispose()


@pytest.mark.both
def test_the_cast_is_there(people):
    assert [actor.unit_code for actor in people][4:6] == ["511902", "511902"]


@pytest.mark.both
def test_an_inner_transaction_is_part_of_the_outer_one(people):
    with pytest.raises(ZeroDivisionError):
        _rename_and_fail()

    assert people.unit("511902").name == "巴州区"


def _rename_and_fail():
    with transaction():
        with transaction():
            db.session.execute(text("UPDATE unit SET name = 'x' WHERE code = '511902'"))
        raise ZeroDivisionError


def test_a_process_split_off_while_another_thread_writes_need_not_wait_for_it(app):
    db.session.remove()
    begun, over = Event(), Event()

    def write():
        with app.app_context(), transaction():
            begun.set()
            over.wait(60)

    thread = Thread(target=write)
    thread.start()
    begun.wait(60)
    child = os.fork()
    if not child:
        signal.alarm(10)  # sooner than who waits for a turn goes on without it
        with transaction():
            pass
        os._exit(0)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    over.set()
    thread.join()
    assert ended == 0
