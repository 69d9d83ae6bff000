"""Up to the newest structure with a copy of the rows first, and back to such a copy.

Evidence is no part of it: bytes lie under their digest, and no step touches them. All steps are one
transaction, so one that fails leaves the rows as they were; the copy is for what is seen later.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType

from alembic import command
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import func, inspect, select, table

from extensions import db
from issues.backups.manifest import BackupRefused
from issues.backups.putting_back import FIRST_OF_ALL
from issues.backups.upgrades import of_postgresql, of_sqlite
from issues.ground import clock

Say = Callable[[str], None]
FOLDER = "before-upgrade"
NAME = "copy.json"
UNFINISHED = ".unfinished"
KEPT = 3
ROOM = 2
"""So many times the database's size is to be free for its copy."""
NO_ROOM = "磁盘剩余 {} MB，升级前的副本需要 {} MB，没有升级。"
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Copy:
    """`acts` are how many lines the history had: what came later is not in it.

    `files` are the digests of what it is made of.
    """

    taken_at: str
    revision: str
    database: str
    acts: int
    files: Mapping[str, str]


def upgrade(home: Path, migrations: str, say: Say) -> Path | None:
    """The folder of the copy; None where nothing was to be done, or nothing to be lost.

    Raises BackupRefused or OSError before anything is changed, and what a step raises.
    """
    now, head = _revision(), ScriptDirectory(migrations).get_current_head()
    if now == head:
        return None
    made = take(home, say) if now and _is_entered() else None
    config = current_app.extensions["migrate"].migrate.get_config(migrations)
    command.upgrade(config, "head")  # by the library itself: the extension's would end the process
    return made


def take(home: Path, say: Say, *, but: Path | None = None) -> Path:
    """A new copy of what stands now; of the older ones KEPT stay, and `but` does."""
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"*{UNFINISHED}"):
        shutil.rmtree(left, ignore_errors=True)
    _refuse_narrow(folder)
    at = clock.local(clock.real_now())
    revision = _revision()
    made = folder / f"{at:%Y%m%d-%H%M%S-%f}-{revision}"
    draft = made.with_name(f"{made.name}{UNFINISHED}")
    draft.mkdir()
    try:
        acts = _acts()
        _way().take(db.engine, draft)
        told = Copy(at.isoformat(), revision, db.engine.dialect.name, acts, _digests(draft))
        (draft / NAME).write_text(json.dumps(asdict(told)), encoding="utf-8")
        draft.rename(made)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    say(f"现在的数据已存为副本：{made}")
    for old in copies(home)[:-KEPT]:
        if old == but:
            continue
        shutil.rmtree(old, ignore_errors=True)
    return made


def copies(home: Path) -> list[Path]:
    """Whole ones, the newest last."""
    return sorted(path.parent for path in (home / FOLDER).glob(f"*/{NAME}")
                  if not path.parent.name.endswith(UNFINISHED))  # fmt: skip


def read(folder: Path) -> Copy:
    """Raises BackupRefused."""
    try:
        return Copy(**json.loads((folder / NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as wrong:
        raise BackupRefused(f"“{folder}”不是升级前的副本，或不完整。") from wrong


def go_back(folder: Path, home: Path, migrations: str, say: Say) -> Copy:
    """What stands now is copied first. Raises BackupRefused; then nothing was changed."""
    told = read(folder)
    if told.database != db.engine.dialect.name:
        raise BackupRefused(f"这份副本是 {told.database} 的，不能退回到现在的数据库。")
    if not told.files.items() <= _digests(folder).items():
        raise BackupRefused(f"副本“{folder}”已损坏，没有退回。")
    take(home, say, but=folder)
    db.session.remove()
    _way().put_back(db.engine, folder, told.revision, migrations)
    return told


def newest(home: Path) -> Path:
    """The last one of another structure than today's. Raises BackupRefused."""
    now = _revision()
    for folder in reversed(copies(home)):
        if read(folder).revision != now:
            return folder
    raise BackupRefused("没有升级前的副本可以退回。")


def acts_since(told: Copy) -> int:
    """How many lines of the history are not in it."""
    return max(_acts() - told.acts, 0)


def _way() -> ModuleType:
    return of_postgresql if db.engine.dialect.name == "postgresql" else of_sqlite


def _digests(folder: Path) -> dict[str, str]:
    """Of each file but the word itself."""
    found = {}
    for path in folder.iterdir():
        if path.name != NAME:
            with path.open("rb") as file:
                found[path.name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def _revision() -> str:
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def _acts() -> int:
    return _count("event")


def _is_entered() -> bool:
    return any(_count(name) for name in FIRST_OF_ALL)


def _count(name: str) -> int:
    """Of a table of whatever structure; none where it is not there."""
    if not inspect(db.engine).has_table(name):
        return 0
    with db.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table(name))) or 0


def _refuse_narrow(folder: Path) -> None:
    """Raises BackupRefused."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect() as connection:
            size = connection.scalar(select(func.pg_database_size(func.current_database()))) or 0
    else:
        size = Path(db.engine.url.database or "").stat().st_size
    free = shutil.disk_usage(folder).free
    if free < size * ROOM:
        raise BackupRefused(NO_ROOM.format(free // MEBIBYTE, size * ROOM // MEBIBYTE))
