"""Many rows read or written in one statement, in the same words on either database."""

import gc
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import wraps
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    SQLColumnExpression,
    bindparam,
    column,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import TypeEngine

from extensions import db, plain_rows

FEW = 20
"""Of more tickets than these nearly every read finds something, and asking first is no gain."""
ByIssue = Mapping[int, Sequence[Any]]
_DIALECT = "dialect"
Rows = Select[*tuple[Any, ...]]
Columns = Mapping[str, type[TypeEngine[Any]]]


@contextmanager
def without_collecting() -> Iterator[None]:
    """Within, the search for circles of objects rests.

    A lot of tickets makes none, and a fifth of the time would go into looking for them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def among(found_in: SQLColumnExpression[Any], ids: Iterable[int]) -> ColumnElement[bool]:
    """That the column is one of these numbers, passed as one parameter.

    A thousand parameters cost more to pass than the rows cost to read.
    """
    ids = list(ids)
    if len(ids) == 1:
        return found_in == ids[0]
    if _is_sqlite():
        each = func.json_each(bindparam(None, ids, type_=JSON)).table_valued("value")
        return found_in.in_(select(each.c.value))
    return found_in == func.any(bindparam(None, ids, type_=ARRAY(Integer)))


def prepared(statement: Callable[[], Rows]) -> Callable[[], Rows]:
    """A statement that is put together once for each kind of database, not each time it is asked.

    What it is asked for it takes by `asked`.
    """
    kept: dict[bool, Rows] = {}

    @wraps(statement)
    def of() -> Rows:
        key = _is_sqlite()
        if key not in kept:
            kept[key] = statement()
        return kept[key]

    return of


def asked(found_in: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """The same as `among` with the numbers that the statement is given as `ids` when it is run."""
    if _is_sqlite():
        each = func.json_each(bindparam("ids", type_=JSON)).table_valued("value")
        return found_in.in_(select(each.c.value))
    return found_in == func.any(bindparam("ids", type_=ARRAY(Integer)))


def narrowed(statement: Rows, *found_in: SQLColumnExpression[Any]) -> Callable[[], Rows]:
    """The statement of the rows whose columns are of the `ids` it is run with, made once."""
    return prepared(lambda: statement.where(*map(asked, found_in)))


class Reads:
    """Statements with an `issue_id`, by names; each takes its tickets by `batches.asked`.

    `rows` find rows of columns, `objects` the session's objects. What they find is read after it
    was asked for: the caller holds the tickets, or a moment's difference does not matter to it.
    """

    def __init__(
        self,
        rows: Mapping[str, Callable[[], Any]] | None = None,
        objects: Mapping[str, Callable[[], Any]] | None = None,
    ) -> None:
        self._objects = objects or {}
        self._reads = {**(rows or {}), **self._objects}
        self._whether = prepared(self._put_together)

    def by_issue(self, ids: Sequence[int]) -> dict[str, ByIssue]:
        """What each read finds by its tickets, in the read's order; nothing of other tickets.

        One statement, and one more for each read that finds anything.
        """
        worth = self.worth(ids)
        found: dict[str, ByIssue] = {}
        for name, read in self._reads.items():
            rows: dict[int, list[Any]] = defaultdict(list)
            ask: Any = db.session.scalars if name in self._objects else plain_rows
            for row in ask(read(), {"ids": ids}) if name in worth else ():
                rows[row.issue_id].append(row)
            found[name] = rows
        return found

    @property
    def names(self) -> Collection[str]:
        return self._reads

    def worth(self, ids: Sequence[int]) -> Collection[str]:
        """The names of those that find anything; of many tickets all of them."""
        db.session.flush()
        if not ids or len(ids) > FEW:
            return self._reads if ids else ()
        found = plain_rows(self._whether(), {"ids": ids}).one()
        return [name for name, is_any in zip(self._reads, found, strict=True) if is_any]

    def _put_together(self) -> Select[*tuple[Any, ...]]:
        asked = ((name, read().order_by(None)) for name, read in self._reads.items())
        return select(*(one.exists().label(name) for name, one in asked))


def rowset(columns: Columns, rows: Sequence[Mapping[str, Any]]) -> FromClause:
    """Rows of numbers, days and texts as a table to update from, passed as one parameter."""
    sent = bindparam(None, [_plain(row) for row in rows], type_=JSON)
    if _is_sqlite():
        each = func.json_each(sent).table_valued("value")
        taken = (func.json_extract(each.c.value, f"$.{name}").label(name) for name in columns)
        return select(*taken).subquery()
    typed = (column(name, kind) for name, kind in columns.items())
    return func.json_to_recordset(sent).table_valued(*typed).render_derived(with_types=True)


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {n: value.isoformat() if isinstance(value, date) else value for n, value in row.items()}


def _is_sqlite() -> bool:
    """A session stays with its database, so it is looked up once in its life."""
    session = db.session()
    known = session.info.get(_DIALECT)
    if known is None:
        known = session.info[_DIALECT] = session.get_bind().dialect.name
    return bool(known == "sqlite")


FEW = 20
"""Of more tickets than these nearly every read finds something, and asking first is no gain."""
ByIssue = Mapping[int, Sequence[Any]]
"""What one read finds, by its tickets."""


class Reads:
    """Statements with an `issue_id`, by names; each takes its tickets by `batches.asked`.

    `rows` find rows of columns, `objects` the session's objects. What they find is read after it
    was asked for: the caller holds the tickets, or a moment's difference does not matter to it.
    """

    def __init__(
        self,
        rows: Mapping[str, Callable[[], Any]] | None = None,
        objects: Mapping[str, Callable[[], Any]] | None = None,
    ) -> None:
        self._objects = objects or {}
        self._reads = {**(rows or {}), **self._objects}
        self._whether = prepared(self._put_together)

    def by_issue(self, ids: Sequence[int]) -> dict[str, ByIssue]:
        """What each read finds by its tickets, in the read's order; nothing of other tickets.

        One statement, and one more for each read that finds anything.
        """
        worth = self.worth(ids)
        found: dict[str, ByIssue] = {}
        for name, read in self._reads.items():
            rows: dict[int, list[Any]] = defaultdict(list)
            ask: Any = db.session.scalars if name in self._objects else plain_rows
            for row in ask(read(), {"ids": ids}) if name in worth else ():
                rows[row.issue_id].append(row)
            found[name] = rows
        return found

    @property
    def names(self) -> Collection[str]:
        return self._reads

    def worth(self, ids: Sequence[int]) -> Collection[str]:
        """The names of those that find anything; of many tickets all of them."""
        db.session.flush()
        if not ids or len(ids) > FEW:
            return self._reads if ids else ()
        found = plain_rows(self._whether(), {"ids": ids}).one()
        return [name for name, is_any in zip(self._reads, found, strict=True) if is_any]

    def _put_together(self) -> Select[*tuple[Any, ...]]:
        asked = ((name, read().order_by(None)) for name, read in self._reads.items())
        return select(*(one.exists().label(name) for name, one in asked))
