"""The boxes of an MP4 or HEIC file (ISO 14496-12), walked without decoding."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from issues.evidence.refusals import BrokenFile

MOST_BOXES = 10_000
HEAD, LARGE_HEAD = 8, 16
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis"})
_MP4 = frozenset(f"iso{digit}".encode() for digit in "m2345689") | frozenset(
    {b"mp41", b"mp42", b"avc1", b"hvc1", b"M4V ", b"MSNV", b"mmp4"}
)


class Box(NamedTuple):
    name: bytes
    start: int
    end: int


def family(head: bytes) -> str | None:
    """`heic`, `mp4` or None, by the brands in the first box; `head` starts the file."""
    end = min(int.from_bytes(head[:4], "big"), len(head))
    major = head[8:12]
    compatible = {head[at : at + 4] for at in range(16, end - 3, 4)}
    if major in _HEIC or (major in (b"mif1", b"msf1") and compatible & _HEIC):
        return "heic"
    return "mp4" if major in _MP4 else None


def prove(path: Path) -> None:
    """Raise BrokenFile unless the boxes fill the file to its end and describe a film."""
    size = path.stat().st_size
    with path.open("rb") as file:
        names = []
        for box in _boxes(file, 0, size):
            names.append(box.name)
            if box.name == b"moov":
                names += [inner.name for inner in _boxes(file, box.start, box.end)]
    if names[:1] != [b"ftyp"] or b"moov" not in names:
        raise BrokenFile("视频文件不完整，缺少影像索引，未保存，请重新导出后上传。")


def _boxes(file: IO[bytes], start: int, end: int) -> Iterator[Box]:
    """The boxes between two offsets, with the extent of their content."""
    for _ in range(MOST_BOXES):
        if start == end:
            return
        box, following = _box(file, start, end)
        yield box
        start = following
    raise BrokenFile("视频文件结构异常，未保存，请重新导出后上传。")


def _box(file: IO[bytes], start: int, end: int) -> tuple[Box, int]:
    file.seek(start)
    head = file.read(LARGE_HEAD)
    content = start + HEAD
    try:
        size, name = struct.unpack_from(">I4s", head)
        if size == 1:
            (size,) = struct.unpack_from(">Q", head, HEAD)
            content = start + LARGE_HEAD
    except struct.error as error:
        raise _cut_off() from error
    following = end if size == 0 else start + size
    if not content <= following <= end:
        raise _cut_off()
    return Box(name, content, following), following


def _cut_off() -> BrokenFile:
    return BrokenFile("视频文件不完整或已损坏，未保存，请重新导出后上传。")
