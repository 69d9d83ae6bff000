"""PDF files: whole, and nothing in them that runs.

First the bytes as they stand, then every object by a reader of its own in the limited process.
"""

import mmap
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from issues.evidence.decoding.decode import ACTIVE_PDF, refuse_active_pdf
from issues.evidence.intake.office import refuse_hidden_archive
from issues.evidence.refusals import MEBIBYTE, BrokenFile

TAIL = 1024
FEW = 16
MOST_UNPACKED = 64 * MEBIBYTE
DICTIONARY = 4096

_STREAM = re.compile(rb"stream\r?\n")
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|RichMedia|XFA)(?![A-Za-z0-9])")
_SAYS = {
    b"JavaScript": "script", b"JS": "script", b"Launch": "launch", b"RichMedia": "media",
    b"XFA": "xfa",
}  # fmt: skip
_PADDING = b"\0 \t\r\n"
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_CUT_OFF = "PDF 文件不完整，未保存，请重新导出后上传。"


def prove(path: Path) -> None:
    """A header, objects, an end, and nothing that runs. An owner's lock is no reason to refuse."""
    refuse_hidden_archive(path)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        end = _end_of(data)
        if data.find(b"%%EOF", max(0, end - TAIL), end) < 0 or data.find(b" obj") < 0:
            raise BrokenFile(_CUT_OFF)
        for outside in _structure(data):
            if found := _ACTIVE.search(_ESCAPED.sub(_unescaped, outside)):
                raise BrokenFile(ACTIVE_PDF[_SAYS[found[1]]])
    refuse_active_pdf(path)


def is_padded(path: Path) -> bool:
    """More behind the end than the few blank lines that programs leave."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return len(data) - _end_of(data) > FEW


def _end_of(data: mmap.mmap) -> int:
    """Without the padding that scanners leave behind the end."""
    end = len(data)
    while end > 0:
        start = max(0, end - TAIL)
        if kept := data[start:end].rstrip(_PADDING):
            return start + len(kept)
        end = start
    return 0


def _unescaped(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 16)])


def _structure(data: mmap.mmap) -> Iterator[bytes]:
    """Everything outside the streams, and the unpacked object streams, up to a total."""
    start, left = 0, MOST_UNPACKED
    while found := _STREAM.search(data, start):
        outside = data[start : found.start()]
        yield outside
        end = data.find(b"endstream", found.end())
        if end < 0:
            raise BrokenFile(_CUT_OFF)
        if b"/ObjStm" in _ESCAPED.sub(_unescaped, outside[-DICTIONARY:]):
            unpacked = _inflated(data[found.end() : end], left)
            left -= len(unpacked)
            yield unpacked
        start = end + len(b"endstream")
    yield data[start:]


def _inflated(packed: bytes, most: int) -> bytes:
    """Unpacked bytes; the bytes themselves where they are not deflated (or are encrypted)."""
    if most <= 0:
        raise BrokenFile("PDF 解压后过大，未保存，请检查后重新上传。")
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return packed
