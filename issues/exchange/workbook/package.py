"""A workbook's bytes, judged before any reader opens them. Nothing here understands a cell."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from xml.parsers import expat

from issues.evidence.intake.active import refuse_parts
from issues.evidence.intake.office import refuse_active
from issues.evidence.refusals import EvidenceRefused
from issues.exchange.workbook.thinning import CannotThin, thinned

MEGABYTE = 1024 * 1024
MOST_BYTES = 25 * MEGABYTE
MOST_ENTRIES = 1000
MOST_UNPACKED = 200 * MEGABYTE
MOST_XML = 64 * MEGABYTE
MOST_RATIO = 200
RATIO_COUNTS_FROM = 10 * MEGABYTE
CHUNK = 256 * 1024
ENCRYPTED = 0x1

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_XML = re.compile(r"\.(xml|rels|vml)$", re.IGNORECASE)
_WANTED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/(_rels/)?workbook\.xml(\.rels)?"
    r"|xl/(sharedStrings|styles)\.xml|xl/worksheets/[^/]+\.xml",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"xl/(cellimages|metadata|comments\d*|drawings/\w+|comments/\w+|richData/\w+)\.xml"
    r"|xl/(worksheets/|drawings/|richData/)?_rels/[^/]+\.rels",
    re.IGNORECASE,
)
MEDIA = re.compile(r"xl/media/[^/\\]{1,100}", re.IGNORECASE)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
DAMAGED = "文件已损坏，不是完整的Excel工作簿，请在Excel或WPS中打开另存后再导入"
TOO_MUCH = "工作表内容过多，请删去多余的行、列和工作表后再导入"
TOO_LARGE = (
    "文件解压后过大，疑似压缩炸弹，不予导入；表格下方有大量带格式的空行的，请删去后另存再导入"
)
NOT_XLSX = "文件不是.xlsx工作簿，请在Excel或WPS中另存为.xlsx后再导入"


class UnreadableWorkbook(ValueError):
    """A file no ledger can be read from; `sentence` says in Chinese what to do."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class Package:
    """The parts a sheet is read from, unpacked, each within the limits and free of entities.

    `beside` are those that tell of pictures and comments, which no sheet is read from; `media` are
    the names of the pictures themselves.
    """

    parts: dict[str, bytes]
    beside: dict[str, bytes]
    media: tuple[str, ...] = ()

    def packed(self) -> io.BytesIO:
        """The same parts as a new archive, so that the next reader sees what was judged."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for name, data in self.parts.items():
                archive.writestr(name, data)
        target.seek(0)
        return target


def open_package(content: bytes) -> Package:
    """Raises UnreadableWorkbook for anything but a sound, unencrypted .xlsx of bearable size."""
    _judge_kind(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _judge_entries(entries)
            _refuse_active(archive, entries)
            package = _read_xml(archive, entries)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as wrong:
        if isinstance(wrong, UnreadableWorkbook):
            raise
        raise UnreadableWorkbook(DAMAGED) from wrong
    except zlib.error as wrong:
        raise UnreadableWorkbook(DAMAGED) from wrong
    return package


def _judge_kind(content: bytes) -> None:
    if not content:
        raise UnreadableWorkbook("文件是空的，请重新选择")
    if len(content) > MOST_BYTES:
        raise UnreadableWorkbook(f"文件超过{MOST_BYTES // MEGABYTE}MB，请分成几份导入")
    if content.startswith(_OLE):
        if _LOCKED in content:
            raise UnreadableWorkbook("工作簿设了打开密码，请取消密码后再导入")
        raise UnreadableWorkbook(f"这是旧版.xls文件：{NOT_XLSX}")
    if not content.startswith(_ZIP):
        raise UnreadableWorkbook(NOT_XLSX)


def _judge_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise UnreadableWorkbook(NOT_XLSX)
    if len(names) > MOST_ENTRIES or len({name.lower() for name in names}) < len(names):
        raise UnreadableWorkbook(DAMAGED)
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise UnreadableWorkbook("工作簿加了密码，请取消密码后再导入")
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > MOST_UNPACKED or _is_bomb(unpacked, packed):
        raise UnreadableWorkbook(TOO_LARGE)


def _refuse_active(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """What it would do by itself where it is opened again, in the words said of any file."""
    try:
        refuse_parts(entries)
        for entry in entries:
            refuse_active(archive, entry)
    except EvidenceRefused as refused:
        raise UnreadableWorkbook(str(refused)) from refused


def _is_bomb(unpacked: int, packed: int) -> bool:
    return unpacked > RATIO_COUNTS_FROM and unpacked > packed * MOST_RATIO


def _read_xml(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Package:
    media = tuple(e.filename for e in entries if MEDIA.fullmatch(e.filename) and e.file_size)
    package, total = Package({}, {}, media), 0
    for entry in entries:
        if not _XML.search(entry.filename):
            continue
        data = _content(archive, entry, MOST_XML - total)
        total += len(data)
        judge_xml(data)
        if _WANTED.fullmatch(entry.filename):
            package.parts[entry.filename] = data
        elif _BESIDE.fullmatch(entry.filename):
            package.beside[entry.filename] = data
    return package


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    if _SHEET.fullmatch(entry.filename):
        with suppress(CannotThin), archive.open(entry) as stream:
            return _within(thinned(stream), room)
    if entry.file_size > room:
        raise UnreadableWorkbook(TOO_MUCH)
    return archive.read(entry)


def _within(pieces: Iterable[bytes], room: int) -> bytes:
    kept = bytearray()
    for piece in pieces:
        kept += piece
        if len(kept) > room:
            raise UnreadableWorkbook(TOO_MUCH)
    return bytes(kept)


def judge_xml(data: bytes, parser: expat.XMLParserType | None = None) -> None:
    """Parse a part with the handlers of `parser`; a document type or entity is refused unread."""
    parser = parser or expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    try:
        for start in range(0, len(data), CHUNK):
            parser.Parse(data[start : start + CHUNK], start + CHUNK >= len(data))
    except expat.ExpatError as wrong:
        raise UnreadableWorkbook(DAMAGED) from wrong


def _refuse_doctype(*_declared: object) -> None:
    raise UnreadableWorkbook("工作簿内含实体声明，不是正常的Excel文件，不予导入")
