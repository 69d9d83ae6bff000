"""A copy of everything as it is at one moment, while people go on working.

The rows are read first, in one transaction of which every statement sees the same. Then come the
files they name: bytes under their digest never change, so those of that moment are still there.
"""

import os
import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from extensions import db, one_moment
from issues.backups import course, manifest as manifests, named, rows
from issues.backups.manifest import BackupRefused, Manifest, path_of_file, path_of_table
from issues.evidence.refusals import Damaged
from issues.evidence.storage.store import Store
from issues.ground import clock
from issues.ground.secrecy import sealing

Say = Callable[[str], None]
INDEX = "search_gram"
"""Made anew of the texts, by each database in its own way."""
OWN = frozenset({"alembic_version", INDEX})
UNFINISHED = ".unfinished"


def take(target: Path, store: Store, *, earlier: Path | None = None, say: Say = print) -> Manifest:
    """Into a folder that is not there yet; it appears whole or not at all. Raises BackupRefused.

    `earlier` is a backup of before: files that it holds are linked instead of copied.
    """
    if target.exists():
        raise BackupRefused(f"“{target}”已经存在，请换一个新的文件夹名。")
    draft = target.with_name(f"{target.name}{UNFINISHED}-{os.getpid()}")
    draft.mkdir(parents=True)
    try:
        found = _taken(draft, store, earlier, say)
        manifests.write(draft, found)
        say("核对备份")
        manifests.refuse_faults(draft, found, "备份写好后核对不一致，没有保留：")
        draft.rename(target)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return found


def _taken(draft: Path, store: Store, earlier: Path | None, say: Say) -> Manifest:
    at = clock.real_now().isoformat()
    with one_moment():
        revision = MigrationContext.configure(db.session.connection()).get_current_revision()
        tables = write_tables(draft, say)
        digests = set(db.session.scalars(named.digests()))
    files, missing = _files(draft, store, sorted(digests), earlier, say)
    return Manifest(at, revision or "", sealing.current_key(), tables, files, missing)


def write_tables(draft: Path, say: Say) -> Mapping[str, tuple[int, str]]:
    """Of each table how many rows it has and what they come to. Within `one_moment`."""
    known = db.metadata.sorted_tables
    _refuse_strange({table.name for table in known})
    (draft / "tables").mkdir()
    found = {}
    names = [table.name for table in known]
    for name in course.counted("备份数据表", dict.fromkeys(names, 0)):
        table = db.metadata.tables[name]
        made = rows.write(table, path_of_table(draft, table.name))
        found[table.name] = (made.rows, str(made))
    say(f"数据表 {len(found)} 张，{sum(count for count, _ in found.values())} 行")
    return found


def _refuse_strange(known: Collection[str]) -> None:
    """A table that nobody here knows of would be left out without a word."""
    there = inspect(db.session.connection()).get_table_names()
    strange = [name for name in there if name not in OWN and not name.startswith(f"{INDEX}_")]
    if left := sorted(set(strange) - set(known)):
        raise BackupRefused(f"数据库里有本版本不认识的表：{'、'.join(left)}，没有备份。")


def _files(
    draft: Path, store: Store, digests: Sequence[str], earlier: Path | None, say: Say
) -> tuple[dict[str, int], list[str]]:
    sizes, missing = sizes_of(store, digests, earlier)
    files: dict[str, int] = {}
    for sha256 in course.counted("备份材料", sizes):
        try:
            path = path_of_file(draft, sha256)
            if not (earlier and _linked(path_of_file(earlier, sha256), path)):
                _copy(store, sha256, path)
            files[sha256] = path.stat().st_size
        except Damaged:
            missing.append(sha256)
    say(f"材料 {len(files)} 份")
    return files, sorted(missing)


def sizes_of(
    store: Store, digests: Sequence[str], earlier: Path | None
) -> tuple[dict[str, int], list[str]]:
    """How many bytes each will take, and those that are not there. The earlier one knows most."""
    known: Mapping[str, int] = {}
    with suppress(BackupRefused):  # one that tells nothing is no reason to take none
        known = manifests.read(earlier).files if earlier else {}
    sizes: dict[str, int] = {}
    missing = []
    for sha256 in digests:
        try:
            sizes[sha256] = known[sha256] if sha256 in known else store.size(sha256)
        except (Damaged, ValueError):  # what is no digest names nothing that could be kept
            missing.append(sha256)
    return sizes, missing


def _linked(known: Path, path: Path) -> bool:
    """What is linked is compared like all else, when the backup is."""
    if not known.is_file():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):
        os.link(known, path)
        return True
    return False


def _copy(store: Store, sha256: str, path: Path) -> None:
    with store.read_verified(sha256) as source:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as target:
            shutil.copyfileobj(source, target, 1024 * 1024)
            target.flush()
            os.fsync(target.fileno())
