"""What a backup holds, written last and whole: counts and sums by which it is compared.

manifest.json   this
tables/NAME.jsonl.gz   the rows of each table
evidence/ab/cd/SHA256  each file that a row names
"""

import hashlib
import json
import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from issues.backups import course, rows
from issues.evidence.intake.incoming import key_of
from issues.ground.refusals import Refusal

NAME = "manifest.json"
FORMAT = 1
MEBIBYTE = 1024 * 1024


class BackupRefused(Refusal):
    """It is not taken, or not put back; nothing was changed."""

    status = 409
    heading = "没有备份或恢复"


@dataclass(frozen=True)
class Manifest:
    """`revision` is of the structure, `key` the number of the key that seals.

    `missing` are files that a row names and that were not there, or damaged, as it was taken.
    """

    taken_at: str
    revision: str
    key: str
    tables: Mapping[str, tuple[int, str]]
    files: Mapping[str, int]
    missing: Sequence[str] = field(default=())
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(count for count, _ in self.tables.values())

    @property
    def size(self) -> int:
        return sum(self.files.values())

    @property
    def summary(self) -> str:
        return (
            f"{len(self.tables)} 张表 {self.rows} 行，"
            f"{len(self.files)} 份材料 {self.size / MEBIBYTE:.1f} MB"
        )


def path_of_table(folder: Path, name: str) -> Path:
    return folder / "tables" / f"{name}.jsonl.gz"


def path_of_file(folder: Path, sha256: str) -> Path:
    return folder / "evidence" / key_of(sha256)


def write(folder: Path, manifest: Manifest) -> None:
    with (folder / NAME).open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())


def read(folder: Path) -> Manifest:
    """Raises BackupRefused where it is none, or of another time."""
    try:
        told = json.loads((folder / NAME).read_text(encoding="utf-8"))
        told["tables"] = {name: tuple(one) for name, one in told["tables"].items()}
        found = Manifest(**told)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise BackupRefused(f"“{folder}”不是备份，或不完整：没有可用的 {NAME}。") from wrong
    if found.format != FORMAT:
        raise BackupRefused(f"备份的格式是 {found.format}，本版本只认 {FORMAT}。")
    return found


def refuse_faults(folder: Path, manifest: Manifest, before: str) -> None:
    """Raises BackupRefused, naming what differs."""
    if wrong := list(faults(folder, manifest)):
        raise BackupRefused(before + "".join(wrong))


def faults(folder: Path, manifest: Manifest) -> Iterator[str]:
    """A sentence for each table and file that is not what was written."""
    for name in course.counted("核对数据表", dict.fromkeys(manifest.tables, 0)):
        count, digest = manifest.tables[name]
        try:
            found = rows.sum_of(rows.kept(path_of_table(folder, name)))
        except (OSError, EOFError, zlib.error):
            yield f"数据表 {name} 读不出，文件已损坏。"
            continue
        if (found.rows, str(found)) != (count, digest):
            yield f"数据表 {name} 与备份时不一致：应有 {count} 行，现有 {found.rows} 行。"
    for sha256 in course.counted("核对材料", manifest.files):
        size = manifest.files[sha256]
        if told := _fault_of_file(path_of_file(folder, sha256), sha256, size):
            yield told


def _fault_of_file(path: Path, sha256: str, size: int) -> str:
    try:
        with path.open("rb") as file:
            is_same = hashlib.file_digest(file, "sha256").hexdigest() == sha256
            is_same = is_same and file.tell() == size
    except OSError:
        return f"材料 {sha256} 不在备份中。"
    return "" if is_same else f"材料 {sha256} 已损坏。"
