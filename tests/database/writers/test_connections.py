"""How the two databases are opened."""

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
