"""Once a month the newest backup is put back beside, compared with its manifest, and removed.

A backup that nobody has put back is a hope. Each file's digest and each table's sum are compared,
and the history of what came back is verified. Nothing live is written but the word of the drill.
"""

import shutil
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, select

from extensions import db, one_moment
from issues import audit
from issues.backups import course, daily, manifest as manifests, putting_back, runs, scratch
from issues.backups.manifest import BackupRefused, Manifest, path_of_table
from issues.evidence.refusals import Damaged
from issues.evidence.storage.s3 import BucketStore
from issues.evidence.storage.store import Store
from issues.ground import clock
from issues.imprints import checking
from issues.models import BackupRun
from issues.vocabulary import BackupKind

UNPACKED = 12
"""How many times its packed size a table takes in a database, with its indexes; told generously."""
MOST_BROKEN = 2
OLDEST = timedelta(days=40)
FIRST_WITHIN = timedelta(days=2)
MEBIBYTE = 1024 * 1024
NO_ROOM = "“{}”所在的磁盘剩余 {} MB，恢复演练需要 {} MB，没有进行。"
DIFFERS = "恢复出来的副本核验不符：{}"
WELL = "{} 的备份已恢复到临时库（{}）：{}，与清单一致，历史核验通过，临时库已清除"
NEVER = "备份还没有做过恢复演练，请确认 jobs run 在运行。"
TOO_OLD = "最近一次成功的恢复演练是 {}，已超过一个月，请在“后台和存储”中查看原因。"
FAILED = "最近一次恢复演练未通过：{}"


class Means(NamedTuple):
    """What a drill works with: the backups, the live store, the steps, the keys of the anchors."""

    folder: Path
    store: Store
    migrations: str
    secrets: tuple[str, ...]


def due(folder: Path) -> date | None:
    """The newest backup, where none was put back well this month; each is tried once.

    One whose drills broke off MOST_BROKEN times is left alone too: it may be what they die of.
    """
    known = daily.days(folder)
    if not known:
        return None
    today = daily.today()
    begin = datetime.combine(today.replace(day=1), time(), clock.SHANGHAI)
    tried = select(BackupRun.ended_at, BackupRun.fault, BackupRun.name).where(
        BackupRun.kind == BackupKind.DRILL, BackupRun.began_at >= begin
    )
    rows = db.session.execute(tried).all()
    own = [row for row in rows if row.name == known[-1].isoformat()]
    is_well = any(row.ended_at and not row.fault for row in rows)
    is_failed = any(row.fault for row in own) or len(own) >= MOST_BROKEN
    return None if is_well or is_failed else known[-1]


def drill(means: Means, day: date) -> bool:
    """False where another process is at the backups. Raises BackupRefused and what befell it."""
    db.session.rollback()
    with daily.alone(means.folder) as mine:
        if not mine:
            return False
        with runs.noted(BackupKind.DRILL, day.isoformat()) as run:
            run.result = _tried(means, means.folder / day.isoformat())
    return True


def _tried(means: Means, backup: Path) -> str:
    told = manifests.read(backup)
    _refuse_narrow(means, backup, told)
    with scratch.beside(means.folder, means.store, means.migrations) as store:
        putting_back.put_back(backup, store, means.migrations, _to_nobody)
        _compare_files(store, told)
        with one_moment():
            wrong = [*audit.faults(*means.secrets), *(one.sentence for one in checking.faults())]
        kind = db.engine.dialect.name
    if wrong:
        raise BackupRefused(DIFFERS.format("；".join(wrong[:5])))
    return WELL.format(backup.name, kind, told.summary)


def _to_nobody(_words: str) -> None:
    """What is said on a terminal: the row of the run tells how far it is."""


def _refuse_narrow(means: Means, backup: Path, told: Manifest) -> None:
    """Raises BackupRefused. A bucket has no room that could be asked for."""
    packed = sum(path_of_table(backup, name).stat().st_size for name in told.tables)
    rows = packed * UNPACKED
    files = 0 if isinstance(means.store, BucketStore) else told.size
    homes = {scratch.home_of_rows(means.folder).parent: rows}
    homes[means.folder] = homes.get(means.folder, 0) + files
    is_one_disk = len({home.stat().st_dev for home in homes}) == 1
    for home, own in homes.items():
        wanted = (rows + files if is_one_disk else own) + means.store.reserve
        if (free := shutil.disk_usage(home).free) < wanted:
            raise BackupRefused(NO_ROOM.format(home, free // MEBIBYTE, wanted // MEBIBYTE))


def _compare_files(store: Store, told: Manifest) -> None:
    """Raises BackupRefused. They are read back from where they were put."""
    if set(store.digests()) != set(told.files):
        raise BackupRefused(DIFFERS.format("材料的份数与清单不同"))
    for sha256 in course.counted("核验恢复的材料", told.files):
        try:
            store.verify(sha256)
        except Damaged as wrong:
            raise BackupRefused(DIFFERS.format(f"材料 {sha256} 已损坏")) from wrong


def last_well() -> datetime | None:
    """When the last drill began that came out well. One statement."""
    well: datetime | None = db.session.scalar(
        select(func.max(BackupRun.began_at)).where(
            BackupRun.kind == BackupKind.DRILL, BackupRun.ended_at.is_not(None),
            BackupRun.fault == "",
        )
    )  # fmt: skip
    return well


def faults(folder: Path | None) -> Iterator[str]:
    """A sentence where the last one failed, or none has come out well for long."""
    known: Sequence[date] = daily.days(folder) if folder is not None else []
    if not known:
        return
    ended = (
        select(BackupRun.fault)
        .where(BackupRun.kind == BackupKind.DRILL, BackupRun.ended_at.is_not(None))
        .order_by(BackupRun.id.desc())
    )
    last = db.session.scalar(ended.limit(1))
    well = last_well()
    if last:
        yield FAILED.format(last)
    elif well is None:
        if daily.today() - known[0] > FIRST_WITHIN:
            yield NEVER
    elif clock.real_now() - well > OLDEST:
        yield TOO_OLD.format(clock.day_of(well))
