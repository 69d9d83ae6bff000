"""A dossier's archive: the PDF, every original, the signed notices, the history, a manifest."""

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from issues import audit
from issues.dossiers import sheet, verify
from issues.dossiers.content import Content
from issues.evidence.decoding.preview_cache import preview_of
from issues.evidence.refusals import NoSpace
from issues.evidence.storage.store import Store
from issues.ground import clock
from issues.ground.present import present
from issues.models import Event, Evidence
from issues.notices.fonts.faces import Faces

FORMAT = 1
SEAL = 64
CHUNK = 1 << 20
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def write(content: Content, faces: Faces, store: Store, target: Path) -> dict[str, Any]:
    """Write the archive and answer its manifest. Raises Damaged, naming the original.

    Its last 64 bytes are the digest of all before them, so that no byte of it is unguarded.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        pack = _Pack(archive, content)
        for place, row in enumerate(content.files, 1):
            pack.copy(_path_of(place, row), store.read_verified(row.sha256), _told_of(row))
        for notice in content.notices:
            path = f"文书/{_fit(notice.number or str(notice.id))}.pdf"
            told = {"kind": notice.kind.value, "number": notice.number}
            digest = present(notice.sha256, f"the print of notice {notice.id}")
            pack.copy(path, store.read_verified(digest), told)
        pdf = sheet.draw(content, faces, lambda row, edge: preview_of(row, edge, store))
        pack.put(f"{content.issue.number}.pdf", pdf)
        pack.put("history.json", _json([_event(row, content) for row in content.events]))
        pack.put("verify.py", Path(verify.__file__).read_bytes())
        manifest = _manifest(content, pack.files)
        data = _json(manifest)
        pack.put("manifest.json", data)
        pack.put("manifest.sha256", hashlib.sha256(data).hexdigest().encode())
        archive.comment = b"0" * SEAL
    _seal(target)
    return manifest


class _Pack:
    """The archive while it is written, and what is in it."""

    def __init__(self, archive: zipfile.ZipFile, content: Content) -> None:
        self.archive = archive
        self.moment = clock.local(content.made_at).timetuple()[:6]
        self.files: list[dict[str, Any]] = []

    def copy(self, path: str, source: IO[bytes], told: Mapping[str, Any]) -> None:
        hashed, size = hashlib.sha256(), 0
        entry = zipfile.ZipInfo(path, self.moment)
        with source, self.archive.open(entry, "w", force_zip64=True) as out:
            while chunk := source.read(CHUNK):
                hashed.update(chunk)
                size += len(chunk)
                out.write(chunk)
        self.files.append({"path": path, "size": size, "sha256": hashed.hexdigest(), **told})

    def put(self, path: str, data: bytes) -> None:
        self.archive.writestr(zipfile.ZipInfo(path, self.moment), data, zipfile.ZIP_STORED)
        digest = hashlib.sha256(data).hexdigest()
        self.files.append({"path": path, "size": len(data), "sha256": digest})


def _path_of(place: int, row: Evidence) -> str:
    folder = "原件/已撤回" if row.withdrawn_at else "原件"
    return f"{folder}/{place:04d}-{row.kind.label}-第{row.version}版-{_fit(row.name)}"


def _fit(name: str) -> str:
    return _UNFIT.sub("_", name)


def _told_of(row: Evidence) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind.value,
        "version": row.version,
        "name": row.name,
        "media_type": row.media_type,
        "taken_at": row.taken_at,
        "uploaded_at": clock.local(row.uploaded_at).isoformat(),
        "by": row.unit.name if row.unit else "",
        "withdrawn_at": clock.local(row.withdrawn_at).isoformat() if row.withdrawn_at else None,
    }


def _event(row: Event, content: Content) -> dict[str, Any]:
    """As the chain holds it; of what is not told whole only the place and the digests."""
    links = {"seq": row.seq, "previous": row.previous, "digest": row.digest}
    if not content.is_told_whole(row):
        return links
    facts = {name: getattr(row, name) for name in audit.CHAINED}
    facts["at"] = row.at.astimezone(clock.SHANGHAI).isoformat(timespec="microseconds")
    facts["on"] = row.on.isoformat()
    return facts | links


def _manifest(content: Content, files: list[dict[str, Any]]) -> dict[str, Any]:
    last = content.events[-1] if content.events else None
    return {
        "format": FORMAT,
        "number": content.issue.number,
        "title": content.issue.title,
        "edition": content.edition,
        "made_at": clock.local(content.made_at).isoformat(timespec="seconds"),
        "business_date": content.on.isoformat(),
        "files": list(files),
        "history": {
            "length": last.seq if last else 0,
            "head": last.digest if last else verify.START,
        },
        "anchors": [
            {
                "on": anchor.on.isoformat(),
                "chains": anchor.chains,
                "events": anchor.events,
                "digest": anchor.digest,
                "signature": anchor.signature,
            }
            for anchor in content.anchors
        ],
    }


def _json(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _seal(target: Path) -> None:
    hashed = hashlib.sha256()
    left = target.stat().st_size - SEAL
    with target.open("r+b") as file:
        while left:
            chunk = file.read(min(left, CHUNK))
            hashed.update(chunk)
            left -= len(chunk)
        file.seek(-SEAL, 2)
        file.write(hashed.hexdigest().encode())


def name_of(content: Content) -> str:
    """What the archive is called on the reader's machine."""
    return f"{content.issue.number}一题一档.zip"


def refuse_without_room(content: Content, folder: Path) -> None:
    """Raises NoSpace unless the folder's disk takes the originals a second time."""
    needed = sum(row.size for row in content.files)
    if shutil.disk_usage(folder).free < 2 * needed:
        raise NoSpace
