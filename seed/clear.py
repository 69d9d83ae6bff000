"""Taking the example out again: all of it or nothing, and a line in the history that says so.

Everything in an example's database hangs on its units and accounts, so what goes is every row of
every table. Where somebody entered something beside the example, nothing goes unless told to.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import inspect, select, text

from auth.actor import SYSTEM
from extensions import db, transaction
from issues import audit, tried_out
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.models import Anchor, Event
from issues.tried_out import Rows
from issues.vocabulary import SettingAct, SettingNumber, Subject

SQLITE = "sqlite"
KEPT = ("alembic_version",)
INDEX = "search_gram"


class NothingToClear(Refusal):
    status = 409


class SomethingBeside(Refusal):
    """What somebody entered stands in the way."""

    status = 409


@dataclass(frozen=True)
class Plan:
    """What the example wrote, and what somebody entered beside it."""

    example: Sequence[Rows]
    beside: Sequence[Rows]

    def refuse(self, *, with_beside: bool) -> None:
        """Raises NothingToClear, SomethingBeside."""
        if not self.example:
            raise NothingToClear("数据库里没有示例数据，没有什么要清除。")
        if self.beside and not with_beside:
            told = "、".join(map(str, self.beside))
            raise SomethingBeside(
                f"除示例数据外，库里还有{told}。它们与示例的单位和账号连在一起，不能单独留下，没有清除。"
                "要保留的请先导出，另建空的数据库再导入；确认都不要时加上 --with-entered。"
            )


def plan() -> Plan:
    return Plan(tried_out.marked(), tried_out.beside())


def clear(*, with_beside: bool) -> Plan:
    """Empty every table and write down what was taken out. Raises NothingToClear, SomethingBeside.

    One transaction: killed half-way, everything is still there.
    """
    with transaction():
        _alone()
        found = plan()
        found.refuse(with_beside=with_beside)
        told, at = _last_words(found), clock.now()
        with _guards_down():
            _empty()
        audit.record(
            Subject.SETTING, SettingNumber.EXAMPLE, SettingAct.CLEAR_EXAMPLE, SYSTEM,
            at=at, detail=told,
        )  # fmt: skip
    return found


def _alone() -> None:
    """Nobody enters anything between the look and the emptying. SQLite has one writer anyway."""
    if db.engine.dialect.name != SQLITE:
        db.session.execute(
            text(f"LOCK TABLE {', '.join(map(_quoted, _tables()))} IN ACCESS EXCLUSIVE MODE")
        )


def _last_words(found: Plan) -> dict[str, Any]:
    """What the history was before: enough to recognise a copy of it kept elsewhere."""
    told, events = hashlib.sha256(), 0
    for digest in db.session.scalars(select(Event.digest).order_by(Event.id)):
        told.update(f"{digest}\n".encode())
        events += 1
    last = db.session.scalar(select(Anchor).order_by(Anchor.on.desc()).limit(1))
    return {
        "example": {one.entered.label: one.count for one in found.example},
        "entered": {one.entered.label: one.count for one in found.beside},
        "history": {"events": events, "sha256": told.hexdigest()},
        "last_anchor": None if last is None else {"on": str(last.on), "digest": last.digest},
    }


def _tables() -> list[str]:
    """Every table of the database, those of no model too, but for the number of its structure."""
    shadows = f"{INDEX}_"  # SQLite keeps the index in tables of its own, and empties them itself
    names = inspect(db.session.connection()).get_table_names()
    return sorted(name for name in names if name not in KEPT and not name.startswith(shadows))


@contextmanager
def _guards_down() -> Iterator[None]:
    """Within, the triggers that keep the history from being changed rest; within this transaction.

    SQLite cannot let one rest: it is taken away and made again in its own words.
    """
    connection = db.session.connection()
    if db.engine.dialect.name != SQLITE:
        for name in _tables():
            connection.execute(text(f"ALTER TABLE {_quoted(name)} DISABLE TRIGGER USER"))
        yield
        for name in _tables():
            connection.execute(text(f"ALTER TABLE {_quoted(name)} ENABLE TRIGGER USER"))
        return
    guards = connection.execute(
        text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    ).all()
    for guard in guards:
        connection.exec_driver_sql(f'DROP TRIGGER "{guard.name}"')
    yield
    for guard in guards:
        connection.exec_driver_sql(guard.sql)


def _empty() -> None:
    connection = db.session.connection()
    if db.engine.dialect.name != SQLITE:
        connection.execute(text(f"TRUNCATE {', '.join(map(_quoted, _tables()))}"))
        return
    connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    for name in set(_tables()) - {INDEX}:
        connection.execute(text(f"DELETE FROM {_quoted(name)}"))  # noqa: S608 - our own names
    connection.execute(text("INSERT INTO search_gram (search_gram) VALUES ('delete-all')"))
    db.session.expire_all()


def _quoted(name: str) -> str:
    return f'"{name}"'
