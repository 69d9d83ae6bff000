"""Checks a dossier offline, on the standard library of Python 3.8 or newer.

python verify.py [FILE.zip or unpacked folder] [--key PUBLIC KEY]
Exit 0: every byte is as it was signed; 1: the rest named. The key must be the one the installation
shows; whoever distrusts this copy takes verify.py from there.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
import zlib
from pathlib import Path

KEY = ""
PAGE = ""
START = "0" * 64
SEAL = 64
SIGNED = "dossier manifest 2"
OWN = ("manifest.json", "manifest.sha256", "manifest.sig", "manifest.p7s")
CHAINED = (
    "subject", "subject_id", "seq", "action", "actor_id", "actor", "unit",
    "at", "on", "before", "after", "reason", "detail", "is_covert",
)  # fmt: skip


class Folder:
    """An unpacked dossier; the archive it came from may lie beside it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def names(self) -> set[str]:
        files = (path for path in self.root.rglob("*") if path.is_file())
        names = (path.relative_to(self.root).as_posix() for path in files)
        return {name for name in names if "/" in name or not name.lower().endswith(".zip")}

    def read(self, name: str) -> bytes:
        return (self.root / name).read_bytes()

    def faults(self) -> list[str]:
        return []


class Archive:
    """A dossier as it came. Its last 64 bytes are the digest of all before them."""

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
    key = KEY
    if "--key" in arguments:
        place = arguments.index("--key")
        key, arguments = "".join(arguments[place + 1 :]), arguments[:place]
    where = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    told: list[str] = []
    try:
        faults = faults_of(Folder(where) if where.is_dir() else Archive(where), key, told)
    except (
        zipfile.BadZipFile, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError
    ) as error:  # fmt: skip
        faults = [f"{where.name}：无法读取（{error}）"]
    ended = f"不一致 {len(faults)} 处" if faults else "全部文件与历史记录核对一致"
    sys.stdout.write("\n".join([*faults, *([] if faults else told), ended]) + "\n")
    return 1 if faults else 0


def faults_of(dossier: Folder | Archive, key: str, told: list[str] | None = None) -> list[str]:
    """What is not as it was signed. `told` takes what a reader should compare by eye."""
    found: list[str] = []
    data = bytes_of(dossier, "manifest.json", found)
    sealed = bytes_of(dossier, "manifest.sha256", found)
    if hashlib.sha256(data).hexdigest().encode() != sealed.strip():
        found.append("manifest.json：与 manifest.sha256 不符")
    found += faults_of_signature(dossier, data, key)
    if found:
        return found + dossier.faults()
    manifest = json.loads(data.decode("utf-8"))
    named = {entry["path"]: entry for entry in manifest["files"]}
    for name, entry in named.items():
        read = bytes_of(dossier, name, found)
        if len(read) != entry["size"] or hashlib.sha256(read).hexdigest() != entry["sha256"]:
            found.append(f"{name}：内容与清单不符")
    found += [f"{name}：不在清单中" for name in sorted(dossier.names() - set(named) - set(OWN))]
    found += faults_of_chain(dossier, manifest)
    if told is not None:
        told += words_of(manifest, key)
    return list(dict.fromkeys(found)) + dossier.faults()


def words_of(manifest: dict, key: str) -> list[str]:
    """What only the installation can confirm."""
    last = manifest["anchors"][-1] if manifest["anchors"] else None
    anchored = f"{last['on']} {last['digest']}" if last else "导出时尚未锚定"
    where = f"请与 {PAGE or '本系统的一题一档核验页'} 所示逐字核对"
    return [f"签名公钥：{key}", where, f"最近的历史锚点：{anchored}"]


def faults_of_signature(dossier: Folder | Archive, data: bytes, key: str) -> list[str]:
    """The manifest, and the certificate's signature beside it, are as the installation signed."""
    found: list[str] = []
    if not key:
        return ["verify.py：没有公钥，请从本系统的一题一档核验页取得核验程序"]
    said = bytes_of(dossier, "manifest.sig", found)
    try:
        signature = bytes.fromhex(json.loads(said.decode("utf-8"))["signature"])
        public = bytes.fromhex(key)
    except (ValueError, KeyError, TypeError, RecursionError):
        return [*found, "manifest.sig：签名无法读取"]
    beside = dossier.read("manifest.p7s") if "manifest.p7s" in dossier.names() else b""
    if not is_signed(public, signed_text(data, beside), signature):
        found.append("manifest.json：签名不符，不是本系统签发的清单")
    return found


def signed_text(manifest: bytes, beside: bytes) -> bytes:
    """What the signature stands under: both files by their digests."""
    digests = [hashlib.sha256(one).hexdigest() for one in (manifest, beside)]
    return "\n".join([SIGNED, *digests]).encode()


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
        return ["history.json：无法读取"]
    previous = START
    for place, row in enumerate(rows, 1):
        if row["seq"] != place or row["previous"] != previous:
            found.append(f"history.json：第{row['seq']}条与上一条不相接")
        if "detail" in row and digest_of(row) != row["digest"]:
            found.append(f"history.json：第{row['seq']}条内容与摘要不符")
        previous = row["digest"]
    head = manifest["history"]
    if (len(rows), previous) != (head["length"], head["head"]):
        found.append("history.json：与清单中的末条摘要不符")
    return found + faults_of_links(rows, manifest)


def faults_of_links(rows: list, manifest: dict) -> list[str]:
    """What each anchor saw of the history, and what the history told of each file."""
    found = []
    for anchor in manifest["anchors"]:
        place = anchor["seq"]
        if not 0 < place <= len(rows) or rows[place - 1]["digest"] != anchor["head"]:
            found.append(f"history.json：与{anchor['on']}的锚点不符")
    for entry in manifest["files"]:
        seq = entry.get("event")
        told = rows[seq - 1].get("detail", {}) if seq and 0 < seq <= len(rows) else {}
        if seq and (told.get("evidence"), told.get("sha256")) != (entry["id"], entry["sha256"]):
            found.append(f"{entry['path']}：与历史记录第{seq}条所记的不是同一个文件")
    return found


def digest_of(row: dict) -> str:
    facts = {name: row[name] for name in CHAINED}
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{row['previous']}\n{text}".encode()).hexdigest()


# Ed25519 (RFC 8032, section 5.1.7), points in extended coordinates. Slow, and nothing secret here.
PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, PRIME - 2, PRIME) % PRIME
ROOT = pow(2, (PRIME - 1) // 4, PRIME)
LENGTHS = (32, 64)
BASE = (4 * pow(5, PRIME - 2, PRIME) % PRIME).to_bytes(32, "little")


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    if (len(public), len(signature)) != LENGTHS:
        return False
    key, nonce, base = map(point_of, (public, signature[:32], BASE))
    factor = int.from_bytes(signature[32:], "little")
    if key is None or nonce is None or base is None or factor >= ORDER:
        return False
    hashed = hashlib.sha512(signature[:32] + public + message).digest()
    challenge = int.from_bytes(hashed, "little") % ORDER
    left = times(factor, base)
    right = plus(nonce, times(challenge, key))
    return all((left[i] * right[2] - right[i] * left[2]) % PRIME == 0 for i in (0, 1))


def point_of(data: bytes) -> tuple | None:
    """The point of 32 bytes; None where they are no canonical one."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= PRIME:
        return None
    square = (y * y - 1) * pow(CURVE * y * y + 1, PRIME - 2, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * ROOT % PRIME
    if (x * x - square) % PRIME or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = PRIME - x
    return (x, y, 1, x * y % PRIME)


def plus(one: tuple, other: tuple) -> tuple:
    a = (one[1] - one[0]) * (other[1] - other[0]) % PRIME
    b = (one[1] + one[0]) * (other[1] + other[0]) % PRIME
    c = 2 * one[3] * other[3] * CURVE % PRIME
    d = 2 * one[2] * other[2] % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME)


def times(factor: int, point: tuple) -> tuple:
    total = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            total = plus(total, point)
        point = plus(point, point)
        factor >>= 1
    return total


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
