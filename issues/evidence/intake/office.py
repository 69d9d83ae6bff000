"""Office files, ZIP archives of XML: whole, no bomb, no macros, nothing fetched from outside.

Read in a process of its own: issues/evidence/decoding/decoder.py calls it there.
"""

import html
import itertools
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError

import defusedxml
import defusedxml.ElementTree

from issues.evidence.intake import active
from issues.evidence.refusals import MEBIBYTE, BrokenFile, KindNotAllowed

MOST_ENTRIES = 5_000
MOST_UNPACKED = 256 * MEBIBYTE
MOST_RATIO = 100  # of the whole; text packs about 10 to 30 times
RATIO_FROM = 16 * MEBIBYTE
MOST_PART = 4 * MEBIBYTE
MOST_LISTED = 2 * MEBIBYTE
PEEK = 4096

_OFFICE = "application/vnd.openxmlformats-officedocument."
WORD = f"{_OFFICE}wordprocessingml.document.main+xml"
WORKBOOK = f"{_OFFICE}spreadsheetml.sheet.main+xml"
MAIN_PARTS = {"DOCX": WORD, "XLSX": WORKBOOK}

_CHUNK = MEBIBYTE
_END, _ENTRY, _LARGE = b"PK\x05\x06", b"PK\x01\x02", b"PK\x06\x07"
_END_SIZE = 22
_TAIL = _END_SIZE + 65_535
_DTD = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)

_BODY = "word/document.xml"
_FIRST_BYTES, _FIRST_WORDS = 256 * 1024, 2000
_PARAGRAPH, _TAG = re.compile(r"</w:p>"), re.compile(r"<[^<>]*>?")

_ENTITIES = "文件引用了外部内容（实体声明），未保存，请在 Office 或 WPS 中打开并另存后重新上传。"
_OTHER_OR_LOCKED = "文件内容与扩展名不符或已加密，未保存，请核对扩展名，取消密码后上传。"
_BROKEN = "文件损坏或不完整，无法打开，未保存，请重新保存后上传。"
_BOMB = "文件解压后过大，未保存，请检查后重新上传。"


def refuse_hidden_archive(path: Path) -> None:
    """A picture or PDF that also opens as a ZIP archive is two files in one."""
    found = _directory(path)
    if found is None:
        return
    with path.open("rb") as file:
        file.seek(max(0, found.start))
        if file.read(4) == _ENTRY:
            raise KindNotAllowed("文件中夹带了压缩包，未保存，请上传原始文件。")


class _Directory(NamedTuple):
    start: int
    size: int
    is_large: bool


def _directory(path: Path) -> _Directory | None:
    """Where an archive lists its entries, by the record that ends it."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _TAIL))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or at + _END_SIZE > len(tail):
        return None
    (listed,) = struct.unpack_from("<L", tail, at + 12)
    is_large = tail[max(0, at - 20) : at].startswith(_LARGE)
    return _Directory(max(0, size - len(tail)) + at - listed, listed, is_large)


def prove(path: Path, main_part: str) -> None:
    """An archive within limits whose main part is `main_part`, every byte of it unpackable."""
    listed = _directory(path)
    if listed is None:
        raise BrokenFile(_BROKEN)
    if listed.is_large or listed.size > MOST_LISTED:
        raise BrokenFile(_BOMB)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _within_limits(entries, path.stat().st_size)
            _right_kind(archive, main_part)
            for entry in entries:
                _prove_entry(archive, entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
        raise BrokenFile(_BROKEN) from error
    except (KeyError, RuntimeError) as error:  # a part that is not there; a password
        raise KindNotAllowed(_OTHER_OR_LOCKED) from error


def first_words(path: Path) -> str:
    """What a proven DOCX begins with, without its marks; no XML is understood for it."""
    with zipfile.ZipFile(path) as archive, archive.open(_BODY) as file:
        start = file.read(_FIRST_BYTES).decode("utf-8", errors="ignore")
    return html.unescape(_TAG.sub("", _PARAGRAPH.sub("\n", start)))[:_FIRST_WORDS]


def _within_limits(entries: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED:
        raise BrokenFile(_BOMB)
    if unpacked > RATIO_FROM and unpacked > packed * MOST_RATIO:
        raise BrokenFile(_BOMB)
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    if ordered and ordered[0].header_offset < 0:  # a list that says more went before than did
        raise BrokenFile(_BROKEN)
    for one, following in itertools.pairwise(ordered):
        if one.header_offset + one.compress_size >= following.header_offset:
            raise BrokenFile(_BOMB)
    if len({entry.filename.lower() for entry in entries}) != len(entries):
        raise BrokenFile(_BROKEN)
    active.refuse_parts(entries)


def _right_kind(archive: zipfile.ZipFile, main_part: str) -> None:
    types = [part.get("ContentType", "") for part in _xml(archive, "[Content_Types].xml")]
    active.refuse_types(types)
    if main_part not in types:
        raise KindNotAllowed("文件内容与扩展名不符，未保存，请核对扩展名，或重新保存后上传。")
    archive.getinfo("_rels/.rels")


def _prove_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Unpack to nowhere, which checks the sums; look at the start of XML and at the relations."""
    with archive.open(entry) as file:
        start = file.read(PEEK)
        while file.read(_CHUNK):
            pass
    name = entry.filename.lower()
    if name.endswith((".xml", ".rels")) and _DTD.search(start.replace(b"\0", b"")):
        raise BrokenFile(_ENTITIES)
    refuse_active(archive, entry)


def refuse_active(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """What one part would do by itself. Raises BrokenFile, KindNotAllowed."""
    if entry.filename.lower().endswith(".rels"):
        for relation in _xml(archive, entry.filename):
            active.refuse_relation(relation)
    else:
        active.refuse_entry(archive, entry)


def _xml(archive: zipfile.ZipFile, name: str) -> Element:
    if archive.getinfo(name).file_size > MOST_PART:
        raise BrokenFile(_BOMB)
    try:
        return defusedxml.ElementTree.fromstring(archive.read(name), forbid_dtd=True)
    except (ParseError, defusedxml.DefusedXmlException) as error:
        raise BrokenFile(_BROKEN) from error
