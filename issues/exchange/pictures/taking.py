"""Pictures out of a workbook through the one intake of evidence, one at a time. No row is touched.

What is wrong with one is said of it; the others and the tickets come in all the same.
"""

import io
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from extensions import db
from issues.evidence.decoding.previews import EDGES
from issues.evidence.intake import proof
from issues.evidence.intake.taking import Proven, take_in
from issues.evidence.refusals import EvidenceRefused
from issues.evidence.storage.store import Store
from issues.exchange.reading.items import PictureRead
from issues.ground import under_way
from issues.ground.secrecy.marking import Marked

MOST = 500
BROKEN = "图片在工作簿中已损坏，请在事项页另行上传"
MARKED = "图片的名称带有疑似密级标志，核对后确实不涉密的，请在事项页上传"
NO_KIND = "这种图片（{}）不能作为佐证，请另存为 JPEG 或 PNG 后在事项页上传"
TOO_MANY = f"一份工作簿一次最多收入{MOST}张图片，这一张请在事项页上传"
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError)


class Taken(NamedTuple):
    """A picture whose bytes are proven and kept, or why they are not."""

    picture: PictureRead
    proven: Proven | None
    fault: str = ""


def take(content: bytes, pictures: Sequence[PictureRead], store: Store) -> list[Taken]:
    """Outside any transaction: whoever waits for a decoder holds no connection."""
    db.session.rollback()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        some = under_way.counted("核验图片", pictures[:MOST])
        taken = [_take(archive, one, store) for one in some]
    return taken + [Taken(one, None, TOO_MANY) for one in pictures[MOST:]]


def _take(archive: zipfile.ZipFile, picture: PictureRead, store: Store) -> Taken:
    try:
        kind = _kind(archive, picture.part)
        if kind is None:
            ending = picture.file.rpartition(".")[2][:8]
            return Taken(picture, None, NO_KIND.format(ending))
        with archive.open(picture.part) as stream:
            return Taken(picture, take_in(stream, _name(picture, kind), store=store))
    except EvidenceRefused as refused:
        return Taken(picture, None, str(refused).rstrip("。"))
    except Marked:
        return Taken(picture, None, MARKED)
    except _UNREADABLE:
        return Taken(picture, None, BROKEN)


def _kind(archive: zipfile.ZipFile, part: str) -> proof.FileType | None:
    """By its bytes: nobody can give a part of a workbook another ending."""
    with archive.open(part) as stream:
        return proof.picture_of(stream.read(proof.HEAD))


def _name(picture: PictureRead, kind: proof.FileType) -> str:
    """By its cell, and by what it is called there."""
    stem, dot, last = picture.name.rpartition(".")
    called = stem if dot and last.isascii() else picture.name
    return f"{picture.cell}{f'-{called}' if called else ''}{kind.extensions[0]}"


def face(content: bytes, file: str) -> bytes | None:
    """A small picture of one, to be looked at before it is taken; None where none can be drawn."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _face(archive, f"xl/media/{file}")
    except (EvidenceRefused, *_UNREADABLE):
        return None


def _face(archive: zipfile.ZipFile, part: str) -> bytes | None:
    kind = _kind(archive, part)
    if kind is None or archive.getinfo(part).file_size > kind.limit:
        return None
    with tempfile.NamedTemporaryFile() as copy:
        with archive.open(part) as stream:
            shutil.copyfileobj(stream, copy)
        copy.flush()
        return proof.make_preview(Path(copy.name), kind, edge=EDGES[0])
