"""Writing many rows of one table: each distinct value is made ready for the driver once."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, Column, ColumnDefault, Connection, Dialect, Table, func, insert, select

from extensions import Model

MOST_KNOWN = 50_000

Make = Callable[[Any], Any]


class Writer:
    """The plain INSERT of a table, for rows that all name the same columns.

    The database gets what the columns' types make of the values, and the columns' defaults; only
    the way through the parameters of a statement object is spared, most of a bulk insert's time.
    """

    def __init__(self, table: Table, dialect: Dialect, names: Iterable[str]) -> None:
        given, columns = set(names), list(table.columns)
        kept = [one for one in columns if one.name in given or one.default is not None]
        self.columns = [column.name for column in kept]
        compiled = insert(table).compile(dialect=dialect, column_keys=self.columns)
        self.statement, self.is_positional = str(compiled), compiled.positional
        self.given: list[tuple[int, str, Make | None]] = []
        self.usual: list[Any] = []
        for at, column in enumerate(kept):
            make = _make(column, dialect)
            usual = None if column.name in given else _usual(column)
            self.usual.append(make(usual) if make else usual)
            if column.name in given:
                self.given.append((at, column.name, make))

    def write(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        ready = [self._ready(row) for row in rows]
        if self.is_positional:
            connection.exec_driver_sql(self.statement, ready)
        else:
            named = [dict(zip(self.columns, row, strict=True)) for row in ready]
            connection.exec_driver_sql(self.statement, named)

    def _ready(self, row: Mapping[str, Any]) -> tuple[Any, ...]:
        values = self.usual.copy()
        for at, name, make in self.given:
            values[at] = make(row[name]) if make else row[name]
        return tuple(values)


def _usual(column: Column[Any]) -> Any:
    default = column.default
    if not isinstance(default, ColumnDefault):
        raise TypeError(f"the default of {column} is no value of its own")
    return default.arg(None) if default.is_callable else default.arg


def _make(column: Column[Any], dialect: Dialect) -> Make | None:
    """What the type does to a value on its way to the driver, remembered where values repeat."""
    make = column.type.dialect_impl(dialect).bind_processor(dialect)
    if make is None or isinstance(column.type, JSON):
        return make
    return lru_cache(MOST_KNOWN)(make)


def table_of(model: type[Model]) -> Table:
    return Model.metadata.tables[model.__tablename__]


def reserve(connection: Connection, table: Table, count: int) -> list[int]:
    """So many ids of rows to come, as the database itself would number them."""
    if connection.dialect.name == "sqlite":
        first = (connection.scalar(select(func.max(table.c.id))) or 0) + 1
        return list(range(first, first + count))
    sequence = func.nextval(func.pg_get_serial_sequence(table.name, "id"))
    numbers = select(sequence).select_from(func.generate_series(1, count))
    return list(connection.scalars(numbers))
