"""How many distinct originals are stored and how large they are, as rows tell it."""

from dataclasses import dataclass
from threading import Lock
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select, union

from extensions import db
from issues.models import ComplaintOriginal, CovertPhoto, Evidence

STORING: tuple[Any, ...] = (Evidence, CovertPhoto, ComplaintOriginal)


@dataclass(frozen=True, slots=True)
class Stored:
    """Distinct originals and their bytes."""

    files: int
    size: int


class Mark(NamedTuple):
    """Of each table: how many rows there are, the newest one's id, and its digest."""

    counts: tuple[int, ...]
    ids: tuple[int, ...]
    digests: tuple[str, ...]


_seen: list[tuple[Mark, Stored]] = []
_lock = Lock()


def stored() -> Stored:
    """Two statements, one while no file came; three where rows were seen in another order.

    These rows neither change nor go, so what came since is added to what was counted before: of
    180,000 rows all of them take half a second, and a busy city has new ones every minute.
    """
    mark = _mark()
    with _lock:
        known = _seen[0] if _seen else None
    if known is not None and known[0] == mark:
        return known[1]
    grown = None if known is None else _grown(*known, mark)
    found = grown or counted_anew()
    with _lock:
        _seen[:] = [(mark, found)]
    return found


def _mark() -> Mark:
    counts = (select(func.count()).select_from(table).scalar_subquery() for table in STORING)
    newest = [
        select(column).order_by(table.id.desc()).limit(1).scalar_subquery()
        for table in STORING
        for column in (table.id, table.sha256)
    ]
    row = tuple(db.session.execute(select(*counts, *newest)).one())
    many = len(STORING)
    ids, digests = row[many::2], row[many + 1 :: 2]
    return Mark(row[:many], tuple(one or 0 for one in ids), tuple(one or "" for one in digests))


def _grown(before: Mark, held: Stored, now: Mark) -> Stored | None:
    """None where what was counted is not what stands below.

    Two that wrote at once may be seen in the other order than they were numbered.
    """
    lately = [(table, table.id > last) for table, last in zip(STORING, before.ids, strict=True)]
    still = (
        select(func.count()).where(table.id == last, table.sha256 == digest).scalar_subquery()
        for table, last, digest in zip(STORING, before.ids, before.digests, strict=True)
    )
    came = [select(func.count()).select_from(t).where(new).scalar_subquery() for t, new in lately]
    each = union(*(select(table.sha256, table.size).where(new) for table, new in lately)).subquery()
    held_before = or_(*(_held(table, each.c.sha256, last)
                        for table, last in zip(STORING, before.ids, strict=True)))  # fmt: skip
    row = db.session.execute(
        select(*still, *came, func.count(), func.coalesce(func.sum(each.c.size), 0))
        .select_from(each)
        .where(~held_before)
    ).one()
    many = len(STORING)
    is_same = tuple(row[:many]) == tuple(int(last > 0) for last in before.ids)
    grew = tuple(a - b for a, b in zip(now.counts, before.counts, strict=True))
    if not is_same or tuple(row[many : 2 * many]) != grew:
        return None
    return Stored(held.files + row[-2], held.size + int(row[-1]))


def _held(table: Any, digest: ColumnElement[str], last: int) -> ColumnElement[bool]:
    return select(table.id).where(and_(table.sha256 == digest, table.id <= last)).exists()


def counted_anew() -> Stored:
    """From every row. One statement."""
    each = union(*(select(table.sha256, table.size) for table in STORING)).subquery()
    files, size = db.session.execute(
        select(func.count(), func.coalesce(func.sum(each.c.size), 0)).select_from(each)
    ).one()
    return Stored(files, int(size))
