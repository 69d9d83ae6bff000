"""The chain of imprints: what one transaction's holds, and how it is appended.

Writers wait for each other here alone, and only for the length of a commit.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, bindparam, column, func, insert, inspect, select, table

from issues.ground import clock
from issues.imprints import keys
from issues.imprints.facts import AT_ONCE, digest_of, fact_tables, key_of, text_of_key
from issues.models import Imprint, ImprintRow

START = "0" * 64
START_NOTE = "start"
"""What is noted of a database that no migration made."""
ONE_AT_A_TIME = 730_201
"""The number of PostgreSQL's lock that the next imprint waits for, held for a commit alone."""
MOST_ROWS = 20_000
STEPS = table("alembic_version", column("version_num"))
HEAD = select(Imprint.seq, Imprint.mac).order_by(Imprint.seq.desc()).limit(1)
_HELD = (
    select(ImprintRow.key, ImprintRow.digest, Imprint.key_id)
    .join(Imprint, Imprint.seq == ImprintRow.seq)
    .where(ImprintRow.table == bindparam("name"))
    .order_by(ImprintRow.seq)
)
_LAST = _HELD.where(ImprintRow.key.in_(bindparam("keys", expanding=True)))
_LAST_OF_ONE = _HELD.where(ImprintRow.key == bindparam("key"))
"""As most are asked for: the same text each time."""
_IMPRINT, _ROW = insert(Imprint), insert(ImprintRow)


class Line(NamedTuple):
    """One row of an imprint that is to be written."""

    table: str
    key: str
    digest: bytes | None
    is_forced: bool = False

    def in_words(self) -> str:
        held = self.digest.hex() if self.digest else "-"
        return f"{self.table} {self.key} {held} {self.is_forced}\n"


def last_digests(
    connection: Connection, name: str, found: list[str]
) -> dict[str, tuple[bytes | None, str]]:
    """The newest digest of each of these rows, with the id of its key."""
    last: dict[str, tuple[bytes | None, str]] = {}
    for start in range(0, len(found), AT_ONCE):
        some = found[start : start + AT_ONCE]
        statement = _LAST_OF_ONE if len(some) == 1 else _LAST
        given = {"key": some[0]} if len(some) == 1 else {"keys": some}
        for key, digest, key_id in connection.execute(statement, {"name": name, **given}):
            last[key] = (digest, key_id)
    return last


def _every_line(connection: Connection, key: bytes) -> list[Line]:
    return [line for table in fact_tables() for line in lines_of(connection, table, key)]


def lines_of(connection: Connection, table: Table, key: bytes) -> Iterator[Line]:
    """Every row of a table as it stands."""
    rows = select(table).execution_options(yield_per=AT_ONCE)
    for row in connection.execute(rows):
        yield Line(table.name, text_of_key(key_of(table, row)), digest_of(key, table, row))


def cover(connection: Connection) -> int:
    """Imprint every row that states a fact as it stands; how many. Never commits."""
    wait_for_turn(connection)
    key_id, key = keys.newest()
    lines = _every_line(connection, key)
    write(connection, key_id, key, lines, revision(connection) or START_NOTE)
    return len(lines)


def revision(connection: Connection) -> str:
    """How far the tables have come; empty where no migration made them."""
    if not inspect(connection).has_table(STEPS.name):
        return ""
    return (connection.scalar(select(STEPS.c.version_num)) or "")[:64]


def digest_of_lines(lines: Iterable[Line]) -> str:
    digest = hashlib.sha256()
    for words in sorted(line.in_words() for line in lines):
        digest.update(words.encode())
    return digest.hexdigest()


def wait_for_turn(connection: Connection) -> None:
    """SQLite's writers are one at a time already."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))


def write(
    connection: Connection, key_id: str, key: bytes, lines: list[Line], note: str = ""
) -> None:
    """Append the lines to the chain. Others wait for the end of this transaction."""
    wait_for_turn(connection)
    append(connection, connection.execute(HEAD).first(), key_id, key, lines, note)


def append(
    connection: Connection, head: Any, key_id: str, key: bytes, lines: list[Line], note: str = ""
) -> None:
    """The same behind this head, by who waited for their turn and then read it."""
    seq, previous = (head.seq, head.mac) if head else (0, START)
    for start in range(0, len(lines), MOST_ROWS):
        some = lines[start : start + MOST_ROWS]
        seq += 1
        row = {
            "seq": seq, "at": clock.real_now(), "note": note, "rows": len(some),
            "digest": digest_of_lines(some), "algorithm": keys.ALGORITHM, "key_id": key_id,
            "previous": previous,
        }  # fmt: skip
        previous = mac_of_imprint(key, row)
        connection.execute(_IMPRINT, row | {"mac": previous})
        connection.execute(_ROW, [one._asdict() | {"seq": seq} for one in some])


def mac_of_imprint(key: bytes, row: dict[str, Any]) -> str:
    at = row["at"].astimezone(clock.SHANGHAI).isoformat(timespec="microseconds")
    names = ("seq", "note", "rows", "digest", "algorithm", "key_id", "previous")
    return keys.mac_of(key, at, *(row[name] for name in names))
