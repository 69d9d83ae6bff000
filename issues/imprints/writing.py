"""What a transaction writes is imprinted as it commits: one place for every way of writing.

Objects are seen as they are flushed. A statement past the session names its rows by `touch`.
"""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    delete,
    event,
    exists,
    func,
    inspect,
    select,
    update,
)
from sqlalchemy.orm import PassiveFlag, Session, SessionTransaction

from extensions import Model, db
from issues.imprints import keys
from issues.imprints.chain import HEAD, Line, append, cover, last_digests, wait_for_turn
from issues.imprints.facts import Key, digest_of, key_of, rows_of, states_facts, text_of_key
from issues.models import Event, Imprint

TOUCHED, FORCED = "imprints touched", "imprints forced"
CHANGED = "imprints changed columns"
Touched = dict[str, set[Key]]


def touch(model: type[Model], condition: ColumnElement[bool], *, is_new: bool = False) -> None:
    """Name the rows that a statement past the session changes or deletes: before it runs.

    Of one that inserts (`is_new`), after it has run.
    """
    columns = _table(model).primary_key.columns
    named = db.session.connection().execute(select(*columns).where(condition))
    touch_rows(model, [tuple(row) for row in named], is_new=is_new)


def touch_rows(model: type[Model], found: Collection[Key], *, is_new: bool = False) -> None:
    """The same by their keys."""
    session, table = db.session(), _table(model)
    if not is_new:
        _look_before(session, table, found)
    _remember(session, table, found)
    for one in found:
        _changed(session, table.name, one, None)


def changed(session: Session, name: str, key: Key) -> Collection[str] | None:
    """Which attributes of a touched row flushes have changed, and perhaps more.

    None where any may differ: it is new or gone, or was written past the session.
    """
    return session.info.get(CHANGED, {}).get((name, key))


def change(model: type[Model], condition: ColumnElement[bool], **values: Any) -> int:
    """An UPDATE of these rows by one statement, each named; how many it changed."""
    touch(model, condition)
    done = db.session.connection().execute(update(model).where(condition).values(**values))
    return done.rowcount


def remove(model: type[Model], condition: ColumnElement[bool]) -> None:
    """A DELETE of these rows by one statement, each named."""
    touch(model, condition)
    db.session.connection().execute(delete(model).where(condition))


def _table(model: type[Model]) -> Table:
    return db.metadata.tables[model.__tablename__]


def look_before(session: Session, _context: Any, _objects: Any) -> None:
    """Before a flush: whether the rows that change are still what their imprints say."""
    changed: dict[Table, set[Key]] = {}
    for one in (*filter(_is_changed, session.dirty), *session.deleted):
        state: Any = inspect(one)
        changed.setdefault(state.mapper.local_table, set()).add(tuple(state.identity))
    for table, found in changed.items():
        if states_facts(table.name):
            _look_before(session, table, found)


def _is_changed(one: Any) -> bool:
    """Whether a column of it, or a row it names, is to be written: as `Session.is_modified` says.

    Looked at is what was set at all, not each of a ticket's hundred attributes.
    """
    state: Any = inspect(one)
    for name in state.committed_state:
        held = state.manager[name].impl
        if not held.collection:
            added, _, deleted = held.get_history(state, state.dict, PassiveFlag.NO_CHANGE)
            if added or deleted:
                return True
    return False


def remember(session: Session, _context: Any) -> None:
    """After a flush: which rows it wrote. What was dirty by its version alone no longer differs."""
    for one in (*session.new, *session.dirty, *session.deleted):
        mapper: Any = inspect(one).mapper
        if states_facts(mapper.local_table.name):
            key = tuple(mapper.primary_key_from_instance(one))
            _remember(session, mapper.local_table, [key])
            names = inspect(one).committed_state if one in session.dirty else None
            _changed(session, mapper.local_table.name, key, names)


def forget(session: Session) -> None:
    session.info.pop(TOUCHED, None)
    session.info.pop(FORCED, None)
    session.info.pop(CHANGED, None)


def forget_with(session: Session, ended: SessionTransaction) -> None:
    """After a roll-back: of a savepoint the rows written before it are still to be imprinted."""
    if ended.parent is None:
        forget(session)


def imprint(session: Session) -> None:
    """Before a commit: the rows as they now stand, under the key. A savepoint is no commit."""
    if session.in_nested_transaction():
        return
    session.flush()
    touched: Touched = session.info.get(TOUCHED, {})
    if not touched:
        return
    connection = session.connection()
    key_id, key = keys.newest()
    forced: set[tuple[str, Key]] = session.info.get(FORCED, set())
    lines = _lines(connection, key, touched, forced)
    wait_for_turn(connection)
    head = connection.execute(HEAD).first()
    if head is None and _is_untouched_ground(connection, touched):
        cover(connection)
    else:
        append(connection, head, key_id, key, lines)
    forget(session)


def _remember(session: Session, table: Table, found: Iterable[Key]) -> None:
    touched: Touched = session.info.setdefault(TOUCHED, {})
    touched.setdefault(table.name, set()).update(found)


def _changed(session: Session, name: str, key: Key, names: Iterable[str] | None) -> None:
    known: dict[tuple[str, Key], set[str] | None] = session.info.setdefault(CHANGED, {})
    held = known.setdefault((name, key), set())
    known[name, key] = None if names is None or held is None else held.union(names)


def _look_before(session: Session, table: Table, found: Collection[Key]) -> None:
    """A row changed past the product is marked as it is next written, lest that hide it.

    What seems to differ is looked at again under its lock: between the row and its imprint another
    process may have written both.
    """
    known: set[Key] = session.info.get(TOUCHED, {}).get(table.name, set())
    connection, wrong = session.connection(), set(found) - known
    for locked in (False, True):
        if wrong:
            wrong = _differing(connection, table, wrong, locked=locked)
    if wrong:
        session.info.setdefault(FORCED, set()).update((table.name, one) for one in wrong)


def _differing(
    connection: Connection, table: Table, found: Collection[Key], *, locked: bool
) -> set[Key]:
    """Which of these rows are not what their last imprints say, or have none though all should."""
    rows = list(rows_of(connection, table, found, locked=locked))
    last = last_digests(connection, table.name, [text_of_key(key_of(table, row)) for row in rows])
    wrong, unknown = set(), set()
    for row in rows:
        one = key_of(table, row)
        digest, key_id = last.get(text_of_key(one), (None, ""))
        key = keys.key_named(key_id)
        if digest is None:
            unknown.add(one)
        elif key is not None and digest_of(key, table, row) != digest:
            wrong.add(one)
    return wrong | unknown if unknown and _is_covered(connection) else wrong


def _is_covered(connection: Connection) -> bool:
    return bool(connection.scalar(select(exists().where(Imprint.note != ""))))


def _is_untouched_ground(connection: Connection, touched: Touched) -> bool:
    """A new database without imprints: no act but this transaction's own."""
    own = len(touched.get(Event.__tablename__, ()))
    return connection.scalar(select(func.count()).select_from(Event)) == own


def _lines(
    connection: Connection, key: bytes, touched: Touched, forced: set[tuple[str, Key]]
) -> list[Line]:
    lines = []
    for name, found in touched.items():
        table = db.metadata.tables[name]
        rows = rows_of(connection, table, found, locked=True)
        standing = {key_of(table, row): digest_of(key, table, row) for row in rows}
        lines += [
            Line(name, text_of_key(one), standing.get(one), (name, one) in forced) for one in found
        ]
    return lines


for _name, _listener in (
    ("before_flush", look_before), ("after_flush", remember), ("before_commit", imprint),
    ("after_soft_rollback", forget_with),
):  # fmt: skip
    event.listen(db.session, _name, _listener)
