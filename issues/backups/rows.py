"""One table as lines of text, the same from whichever database: a JSON list a row, packed.

The sum of a table does not depend on the order of its rows, so two databases compare without
sorting. Values keep their kind: a moment, a day, a figure and bytes are each said by name.
"""

import base64
import gzip
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import JSON, Column, Table, TableClause, column, insert, select, table as clause

from extensions import db

AT_ONCE = 1000
PACKED = 1
"""How hard it is packed: little, as it is made while people work."""
MODULUS = 2**256
KINDS: Sequence[tuple[type, str, Callable[[Any], str]]] = (
    (datetime, "at", datetime.isoformat),
    (date, "on", date.isoformat),
    (Decimal, "figure", str),
    (bytes, "bytes", lambda held: base64.b64encode(held).decode()),
)
"""In this order: a moment is a day too."""
READ: Mapping[str, Callable[[Any], Any]] = {
    "at": datetime.fromisoformat,
    "on": date.fromisoformat,
    "figure": Decimal,
    "bytes": base64.b64decode,
    "json": lambda value: value,
}


class Sum(NamedTuple):
    """How many rows, and what they come to."""

    rows: int = 0
    digest: int = 0

    def plus(self, line: bytes) -> "Sum":
        one = int.from_bytes(hashlib.sha256(line).digest())
        return Sum(self.rows + 1, (self.digest + one) % MODULUS)

    def __str__(self) -> str:
        return f"{self.digest:064x}"


def plain(table: Table) -> TableClause:
    """The table without what the models fill in by themselves."""
    return clause(table.name, *(column(one.name, _type(one)) for one in table.columns))


def _type(one: Column[Any]) -> Any:
    """Nothing stays nothing, also where JSON has a word for it."""
    is_json = isinstance(one.type, JSON)
    return JSON(none_as_null=True) if is_json and one.nullable else one.type


def lines_of(table: Table) -> Iterator[bytes]:
    """Each row of the database as a line, within the caller's transaction."""
    columns = plain(table)
    kinds = [isinstance(one.type, JSON) for one in table.columns]
    found = db.session.connection().execute(
        select(columns), execution_options={"stream_results": True, "yield_per": AT_ONCE}
    )
    for row in found:
        said = [_said(value, is_json) for value, is_json in zip(row, kinds, strict=True)]
        yield f"{json.dumps(said, ensure_ascii=False, separators=(',', ':'))}\n".encode()


def write(table: Table, path: Path) -> Sum:
    """The rows into a file."""
    found = Sum()
    with gzip.GzipFile(path, "wb", PACKED, mtime=0) as file:
        for line in lines_of(table):
            file.write(line)
            found = found.plus(line)
    return found


def sum_of(lines: Iterator[bytes]) -> Sum:
    found = Sum()
    for line in lines:
        found = found.plus(line)
    return found


def kept(path: Path) -> Iterator[bytes]:
    """The lines of a file."""
    with gzip.open(path, "rb") as file:
        yield from file


def load(table: Table, path: Path) -> None:
    """The rows of a file into the database, as they were. Never commits."""
    columns = plain(table)
    names = [one.name for one in table.columns]
    lines = kept(path)
    statement, connection = insert(columns), db.session.connection()
    while some := list(islice(lines, AT_ONCE)):
        rows = [dict(zip(names, map(_meant, json.loads(line)), strict=True)) for line in some]
        connection.execute(statement, rows)


def _said(value: Any, is_json: bool) -> Any:  # noqa: FBT001 - one of two kinds of column
    if value is None:
        return None
    if is_json:
        return {"json": value}
    if isinstance(value, Enum):
        return value.value
    return next(
        ({name: written(value)} for kind, name, written in KINDS if isinstance(value, kind)), value
    )


def _meant(said: Any) -> Any:
    if not isinstance(said, dict):
        return said
    ((kind, text),) = said.items()
    return READ[kind](text)
