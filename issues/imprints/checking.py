"""Whether the imprints hold among themselves, and every row is what its last imprint says."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import Row, Table, exists, select

from extensions import db
from issues.imprints import keys
from issues.imprints.chain import START, Line, digest_of_lines, mac_of_imprint
from issues.imprints.facts import (
    AT_ONCE,
    digest_of,
    fact_tables,
    key_of,
    text_of_key,
)
from issues.models import Event, Imprint, ImprintRow

OTHER_KEY = "数据印记由另一把密钥（{}）写成，无法核验：请用当时的 SECRET_KEY"
UNCOVERED = "数据行尚未写入印记，请运行 flask --app app ledger backfill"


class Fault(NamedTuple):
    """What does not hold. `table` and `key` name a row; both are empty for the chain itself."""

    sentence: str
    table: str = ""
    key: str = ""


class Last(NamedTuple):
    """The newest that is known of a row."""

    digest: bytes | None
    key_id: str


Known = dict[str, dict[str, Last]]


def faults(only: Iterable[Table] | None = None) -> Iterator[Fault]:
    """Every fault of the chain and of the rows; nothing where all of it holds.

    `only`: the tables whose rows are looked at.
    """
    known: Known = defaultdict(dict)
    heads = {row.seq: row for row in db.session.execute(select(*Imprint.__table__.columns))}
    if not heads:
        if db.session.scalar(select(exists().where(Event.id > 0))):
            yield Fault(UNCOVERED)
        return
    yield from _chain_faults(heads)
    yield from _line_faults(heads, known)
    if not any(head.note for head in heads.values()):
        yield Fault(UNCOVERED)
        return
    for table in fact_tables() if only is None else only:
        yield from _row_faults(table, known.pop(table.name, {}))


def _chain_faults(heads: Mapping[int, Row[tuple[object, ...]]]) -> Iterator[Fault]:
    previous, place, unknown = START, 0, set[str]()
    for seq, head in sorted(heads.items()):
        place += 1
        if seq != place or head.previous != previous:
            yield Fault(f"数据印记第{seq}条与上一条不相接")
            place = seq
        key = keys.key_named(head.key_id)
        if key is None:
            unknown.add(head.key_id)
        elif head.algorithm != keys.ALGORITHM or mac_of_imprint(key, head._asdict()) != head.mac:
            yield Fault(f"数据印记第{seq}条内容与校验值不符")
        previous = head.mac
    for key_id in sorted(unknown):
        yield Fault(OTHER_KEY.format(key_id))


def _line_faults(heads: Mapping[int, Row[tuple[object, ...]]], known: Known) -> Iterator[Fault]:
    """Each transaction's lines against its digest; what they say of each row goes to `known`."""
    seen = set()
    rows = select(*ImprintRow.__table__.columns).order_by(ImprintRow.seq)
    found = db.session.execute(rows.execution_options(yield_per=AT_ONCE))
    for seq, some in groupby(found, attrgetter("seq")):
        head, lines = heads.get(seq), [_line(row) for row in some]
        seen.add(seq)
        if head is None or (head.rows, head.digest) != (len(lines), digest_of_lines(lines)):
            yield Fault(f"数据印记第{seq}条所列各行被增删或改写")
        for line in lines:
            known[line.table][line.key] = Last(line.digest, head.key_id if head else "")
            if line.is_forced:
                told = f"{line.table} {line.key} 在数据印记第{seq}条之前被绕过系统改动过"
                yield Fault(told, line.table, line.key)
    for seq in sorted(heads.keys() - seen):
        yield Fault(f"数据印记第{seq}条所列各行被删除")


def _line(row: Row[tuple[object, ...]]) -> Line:
    return Line(row.table, row.key, row.digest, row.is_forced)


def _row_faults(table: Table, known: dict[str, Last]) -> Iterator[Fault]:
    rows = select(table).execution_options(yield_per=AT_ONCE)
    for row in db.session.connection().execute(rows):
        key = text_of_key(key_of(table, row))
        last = known.pop(key, None)
        if last is None or last.digest is None:
            yield Fault(f"{table.name} {key} 不是由系统写入的", table.name, key)
            continue
        secret = keys.key_named(last.key_id)
        if secret is not None and digest_of(secret, table, row) != last.digest:
            yield Fault(f"{table.name} {key} 的内容与数据印记不符", table.name, key)
    for key, last in known.items():
        if last.digest is not None:
            yield Fault(f"{table.name} {key} 被绕过系统删除", table.name, key)
