"""A dossier's archive: the PDF, every original, the signed notices, the history, a manifest.

The manifest names every file by its digest and is signed; the history hangs on it by its head and
by what each day's anchor saw of it.
"""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import IO, Any

from issues import audit
from issues.dossiers import sheet, verify
from issues.dossiers.content import Content
from issues.dossiers.names import Names
from issues.dossiers.sealing import Seal
from issues.evidence.decoding.preview_cache import preview_of
from issues.evidence.refusals import NoSpace
from issues.evidence.storage.store import Store
from issues.ground import clock
from issues.ground.present import present
from issues.models import Anchor, Event, Evidence
from issues.notices.fonts.faces import Faces
from issues.vocabulary import Action

FORMAT = 2
SEAL = 64
CHUNK = 1 << 20


def write(content: Content, faces: Faces, store: Store, target: Path, seal: Seal) -> dict[str, Any]:
    """Write the archive and answer its manifest. Raises Damaged, naming the original.

    Its last 64 bytes are the digest of all before them, so that no byte of it is unguarded.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        pack = _Pack(archive, content)
        _put_files(pack, content, store)
        preview = partial(preview_of, store=store)
        pack.put(f"{content.issue.number}.pdf", sheet.draw(content, faces, preview, seal))
        pack.put("history.json", _json([_event(row, content) for row in content.events]))
        pack.put("verify.py", seal.verifier())
        manifest = _manifest(content, pack.files)
        data = _json(manifest)
        beside = seal.certified(data)
        pack.put("manifest.json", data)
        pack.put("manifest.sha256", hashlib.sha256(data).hexdigest().encode())
        if beside:
            pack.put("manifest.p7s", beside)
        pack.put("manifest.sig", seal.signature(data, beside))
        archive.comment = b"0" * SEAL
    _seal(target)
    return manifest


def _put_files(pack: "_Pack", content: Content, store: Store) -> None:
    """Every original that stands, and every signed notice as it was frozen."""
    names, recorded = Names(), _recorded(content)
    for place, row in enumerate(content.files, 1):
        head = f"{place:04d}-{row.kind.label}-第{row.version}版-"
        path = names.free("原件", row.name, head)
        told = _told_of(row) | {"event": recorded.get(row.id)}
        pack.copy(path, store.read_verified(row.sha256), told)
    for notice in content.notices:
        path = names.free("文书", f"{notice.number or notice.id}.pdf")
        told = {"kind": notice.kind.value, "number": notice.number}
        digest = present(notice.sha256, f"the print of notice {notice.id}")
        pack.copy(path, store.read_verified(digest), told)
        if notice.copy is not None:
            copy = names.free("文书", f"{notice.number or notice.id}.ofd")
            pack.copy(copy, store.read_verified(notice.copy.sha256), told)


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


def _recorded(content: Content) -> dict[int, int]:
    """By a file's id, the place in the history where its digest was told as it came in."""
    came_in = (Action.UPLOAD.value, Action.REPLACE.value)
    return {
        event.detail.get("evidence", 0): event.seq
        for event in content.events
        if event.action in came_in and content.is_told_whole(event)
    }


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
        "anchors": [_anchor(content, one) for one in content.anchors],
    }


def _anchor(content: Content, anchor: Anchor) -> dict[str, Any]:
    """The day's anchor as it was signed, and how far this ticket's chain had come under it."""
    seen = [event for event in content.events if event.at <= anchor.at]
    last = max(seen, key=lambda event: event.seq)
    return {
        "on": anchor.on.isoformat(),
        "chains": anchor.chains,
        "events": anchor.events,
        "digest": anchor.digest,
        "signature": anchor.signature,
        "seq": last.seq,
        "head": last.digest,
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
