"""Everything to another place: rows into an empty database, files into an empty store, compared.

From whichever database into whichever, and between folder and bucket. The live place is only read.
Nobody should work meanwhile: what is entered here while it runs is told as a difference.
"""

import tempfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from alembic.runtime.migration import MigrationContext
from sqlalchemy import make_url

from extensions import db, one_moment, transaction
from issues.backups import course, named, putting_back, rows, taking
from issues.backups.manifest import BackupRefused
from issues.backups.putting_back import Say
from issues.backups.rows import Sum
from issues.backups.scratch import app_on
from issues.evidence.refusals import Damaged
from issues.evidence.storage.store import Store

OTHER_STRUCTURE = "现在的数据库版本是“{}”，本程序是“{}”：请先运行 migrate，再搬迁。"


class Compared(NamedTuple):
    """One table, or all files, on both sides."""

    name: str
    here: Sum
    there: Sum

    @property
    def is_same(self) -> bool:
        return self.here == self.there


class Moved(NamedTuple):
    """`missing` are files that a row names and that are not here, or damaged.

    `files` is None where they stay where they are.
    """

    tables: list[Compared]
    files: Compared | None
    missing: list[str]

    @property
    def is_whole(self) -> bool:
        lines = [*self.tables, *([self.files] if self.files else [])]
        return not self.missing and all(line.is_same for line in lines)


def move(to: str, store: Store, other: Store | None, migrations: str, say: Say) -> Moved:
    """`to` is the address of an empty database, `other` an empty store; None leaves files alone.

    Raises BackupRefused before anything is written there where it can be known by then, OSError,
    SQLAlchemyError. What one that broke off has left there is taken up by the next.
    """
    if make_url(to) == db.engine.url:
        raise BackupRefused("目标数据库就是现在的数据库，请换用另一个空的数据库。")
    with tempfile.TemporaryDirectory(prefix="move-") as place:
        draft = Path(place)
        with one_moment():
            revision = MigrationContext.configure(db.session.connection()).get_current_revision()
            putting_back.refuse_other_structure(revision or "", migrations, OTHER_STRUCTURE)
            tables = taking.write_tables(draft, say)
            digests = sorted(set(db.session.scalars(named.digests()))) if other else []
        sizes, missing = taking.sizes_of(store, digests, None)
        with app_on(make_url(to), migrations).app_context():
            try:
                putting_back.refuse_filled(tables, sizes, other)
                missing += _copy(store, other, sizes, say) if other else []
                putting_back.build(migrations)
                with transaction():
                    putting_back.enter_rows(draft, tables, say)
                there = dict(_sums(tables))
            finally:
                db.session.remove()
                db.engine.dispose()
    files = _files(set(sizes) - set(missing), other) if other else None
    here = dict(_sums(tables))
    lines = [Compared(name, here[name], there[name]) for name in tables]
    return Moved(lines, files, sorted(missing))


def _copy(store: Store, other: Store, sizes: Mapping[str, int], say: Say) -> list[str]:
    """Those that turned out damaged. Each is told by its digest on both sides."""
    damaged = []
    for sha256 in course.counted("复制材料", sizes):
        try:
            with store.read_verified(sha256) as file:
                kept = other.put(file, limit=sizes[sha256], declared=sizes[sha256])
        except Damaged:
            damaged.append(sha256)
            continue
        if kept.sha256 != sha256:
            raise BackupRefused(f"材料 {sha256} 写入后不一致。")
    say(f"材料 {len(sizes) - len(damaged)} 份")
    return damaged


def _files(digests: Collection[str], other: Store) -> Compared:
    told = rows.sum_of(one.encode() for one in sorted(digests))
    return Compared("材料", told, rows.sum_of(one.encode() for one in sorted(other.digests())))


def _sums(tables: Collection[str]) -> Iterator[tuple[str, Sum]]:
    """As they are by now, read anew."""
    with one_moment():
        for name in course.counted("比对数据表", dict.fromkeys(tables, 0)):
            yield name, rows.sum_of(rows.lines_of(db.metadata.tables[name]))
