"""Checks a dossier offline, on the standard library of Python 3.8 or newer.

python verify.py [FILE.zip or unpacked folder]. Exit 0: every byte is as it was; 1: the rest named.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
import zlib
from pathlib import Path

START = "0" * 64
SEAL = 64
OWN = ("manifest.json", "manifest.sha256")
CHAINED = (
    "subject", "subject_id", "seq", "action", "actor_id", "actor", "unit",
    "at", "on", "before", "after", "reason", "detail", "is_covert",
)  # fmt: skip


class Folder:
    """An unpacked dossier."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def names(self) -> set[str]:
        files = (path for path in self.root.rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix() for path in files}

    def read(self, name: str) -> bytes:
        return (self.root / name).read_bytes()

    def faults(self) -> list[str]:
        return []


class Archive:
    """A dossier as it came. The last 64 bytes are the digest of all before them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.zip = zipfile.ZipFile(path)

    def names(self) -> set[str]:
        return set(self.zip.namelist())

    def read(self, name: str) -> bytes:
        return self.zip.read(name)

    def faults(self) -> list[str]:
        data = self.path.read_bytes()
        if hashlib.sha256(data[:-SEAL]).hexdigest().encode() != data[-SEAL:]:
            return [f"{self.path.name}：压缩包与封存时不同"]
        return []


def main(arguments: list[str]) -> int:
    where = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    try:
        faults = faults_of(Folder(where) if where.is_dir() else Archive(where))
    except (
        zipfile.BadZipFile, OSError, ValueError, KeyError, TypeError, RecursionError
    ) as error:  # fmt: skip
        faults = [f"{where.name}：无法读取（{error}）"]
    ended = f"不一致 {len(faults)} 处" if faults else "全部文件与历史记录核对一致"
    sys.stdout.write("\n".join([*faults, ended]) + "\n")
    return 1 if faults else 0


def faults_of(dossier: Folder | Archive) -> list[str]:
    found: list[str] = []
    data = bytes_of(dossier, "manifest.json", found)
    sealed = bytes_of(dossier, "manifest.sha256", found)
    if hashlib.sha256(data).hexdigest().encode() != sealed.strip():
        found.append("manifest.json: 与 manifest.sha256 不符")
        return found + dossier.faults()
    manifest = json.loads(data.decode("utf-8"))
    named = {entry["path"]: entry for entry in manifest["files"]}
    for name, entry in named.items():
        read = bytes_of(dossier, name, found)
        if len(read) != entry["size"] or hashlib.sha256(read).hexdigest() != entry["sha256"]:
            found.append(f"{name}：内容与清单不符")
    found += [f"{name}：不在清单中" for name in sorted(dossier.names() - set(named) - set(OWN))]
    found += faults_of_chain(dossier, manifest)
    return list(dict.fromkeys(found)) + dossier.faults()


def bytes_of(dossier: Folder | Archive, name: str, found: list[str]) -> bytes:
    """The file's bytes; empty, and the fault named, where it cannot be read."""
    try:
        return dossier.read(name)
    except (KeyError, OSError, zipfile.BadZipFile, zlib.error, NotImplementedError) as error:
        found.append(f"{name}：无法读取（{error}）")
        return b""


def faults_of_chain(dossier: Folder | Archive, manifest: dict) -> list[str]:
    """Every row hangs on the one before it, and the last is the head of the manifest."""
    found = []
    try:
        rows = json.loads(dossier.read("history.json").decode("utf-8"))
    except (KeyError, OSError, ValueError, RecursionError, zipfile.BadZipFile, zlib.error):
        return ["history.json: 无法读取"]
    previous = START
    for place, row in enumerate(rows, 1):
        if row["seq"] != place or row["previous"] != previous:
            found.append(f"history.json: 第{row['seq']}条与上一条不相接")
        if "detail" in row and digest_of(row) != row["digest"]:
            found.append(f"history.json: 第{row['seq']}条内容与摘要不符")
        previous = row["digest"]
    head = manifest["history"]
    if (len(rows), previous) != (head["length"], head["head"]):
        found.append("history.json: 与清单中的末条摘要不符")
    return found


def digest_of(row: dict) -> str:
    facts = {name: row[name] for name in CHAINED}
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{row['previous']}\n{text}".encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
