"""What an Office file would do by itself when it is opened: run, fetch, or open what it encloses.

Each is refused with a sentence that says which it is and how it is cured. What an honest writer
leaves behind is let be: a link to press, a chart's own workbook, a path on the writer's own disk.
"""

import io
import re
import zipfile
from urllib.parse import unquote
from xml.etree.ElementTree import Element
from xml.parsers import expat

from issues.evidence.refusals import MEBIBYTE, BrokenFile, KindNotAllowed
from issues.ground.signs import bare

MACRO = "文件含宏或可执行内容，未保存，请另存为不含宏的文件后上传。"
DDE = "文件含 DDE（打开时启动其他程序的域或公式），未保存，请删去它，或另存为 PDF 后上传。"
OLE = "文件内嵌 OLE 对象，未保存，请把该对象改为图片，或另存为 PDF 后上传。"
ALT_CHUNK = (
    "文件夹带了打开时才并入的另一份文档（altChunk），未保存，请在 Word 中打开并另存后重新上传。"
)
FORMULA = "工作表的公式会自行连接外部（{}），未保存，请把该公式改为数值后重新上传。"
REFRESHED = (
    "工作簿打开时会自动连接外部数据源，未保存，请在“数据”中删去该连接或取消自动刷新后重新上传。"
)
OUTSIDE = "文件引用了外部内容（{}），未保存，请断开外部链接后重新上传。"
OUTSIDE_KINDS = {
    "attachedTemplate": "文档的模板在别的计算机上（{}），未保存，"
    "请在 Word“开发工具”的“文档模板”中改用 Normal 后重新上传。",
    "image": "文件中的图片要从别处取（{}），未保存，请把图片插入文件中后重新上传。",
    "externalLinkPath": "工作簿引用了别的计算机上的工作簿（{}），未保存，"
    "请在“数据”的“编辑链接”中断开链接后重新上传。",
}
LONGEST_TOLD = 60
LARGEST_ENCLOSED = 32 * MEBIBYTE
CHUNK, OVERLAP = MEBIBYTE, 16 * 1024
PEEK = 8

_OLE_HEAD, _ZIP_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_PROGRAM_HEADS = (b"MZ", b"\x7fELF")
_ACTIVE_PART = re.compile(
    r"vba(project|data)|/activex/|/macrosheets/|\.(exe|dll|scr|bat|cmd|vbs|js|ps1|jar|hta|lnk)$"
)
_PRESSED = "hyperlink"
_DRIVE = re.compile(r"[A-Za-z]:/")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_HINT = re.compile(
    rb"instr(Text)?\b|ddeLink|altChunk|refreshOnLoad"
    rb"|<(\w+:)?f\b[^<]{0,9000}?(\||&#|WEBSERVICE|IMAGE|RTD|CALL|REGISTER|EXEC)",
    re.IGNORECASE,
)
_CALLS = re.compile(
    r"\b(WEBSERVICE|_xlfn\.IMAGE|RTD|CALL|REGISTER(\.ID)?|EXEC)\s*\(", re.IGNORECASE
)
_QUOTED = re.compile(r'"[^"]*"')
_DDE_FORMULA = re.compile(r"\w\s*\|[^|]*!")
_RUNS = frozenset({"DDE", "DDEAUTO"})
_FETCHES = frozenset({"INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "LINK", "RD"})


def refuse_parts(entries: list[zipfile.ZipInfo]) -> None:
    """By the names alone. Raises KindNotAllowed."""
    if any(_ACTIVE_PART.search(f"/{entry.filename}".lower()) for entry in entries):
        raise KindNotAllowed(MACRO)


def refuse_types(types: list[str]) -> None:
    """By what the package says its parts are. Raises KindNotAllowed."""
    if any("macroEnabled" in one or "vbaProject" in one for one in types):
        raise KindNotAllowed(MACRO)


def refuse_relation(relation: Element) -> None:
    """What Office opens or fetches because of one relation. Raises BrokenFile."""
    kind = relation.get("Type", "").rsplit("/", 1)[-1]
    if kind == "aFChunk":
        raise BrokenFile(ALT_CHUNK)
    target = relation.get("Target", "")
    if relation.get("TargetMode") != "External":
        if kind == "oleObject":
            raise BrokenFile(OLE)
        return
    if kind != _PRESSED and is_outside(target):
        raise BrokenFile(OUTSIDE_KINDS.get(kind, OUTSIDE).format(_told(target)))


def is_outside(target: str) -> bool:
    """Whether reading it asks another machine: an address, or a path of a file server.

    A path of Windows, macOS or Linux on the writer's own disk asks nobody.
    """
    path = unquote(target).strip().replace("\\", "/")
    if path[:5].lower() == "file:":
        path = path[5:].removeprefix("//localhost")
        slashes = len(path) - len(path.lstrip("/"))
        if _DRIVE.match(path.lstrip("/")) and slashes <= 3:  # noqa: PLR2004 - file:///C:/
            return False
        return slashes == 2 or slashes > 3  # noqa: PLR2004 - file://server, file:////server
    if _DRIVE.match(path):
        return False
    return path.startswith("//") or bool(_SCHEME.match(path))


def refuse_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """By the bytes of one part. Raises BrokenFile, KindNotAllowed."""
    with archive.open(entry) as file:
        start = file.read(PEEK)
    if start.startswith(_PROGRAM_HEADS):
        raise KindNotAllowed(MACRO)
    if start == _OLE_HEAD:
        raise BrokenFile(OLE)
    if start.startswith(_ZIP_HEAD) and entry.file_size <= LARGEST_ENCLOSED:
        _refuse_enclosed(archive.read(entry))
    elif _is_xml(start) and _has_hint(archive, entry):
        _Reader().read(archive, entry)


def _refuse_enclosed(content: bytes) -> None:
    """A chart's workbook is enclosed as a package of its own: it has no macros either."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as enclosed:
            refuse_parts(enclosed.infolist())
    except zipfile.BadZipFile:
        return


def _is_xml(start: bytes) -> bool:
    return start.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")


def _has_hint(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Most parts have nothing worth parsing; UTF-16 is seen without its zeros."""
    with archive.open(entry) as file:
        before = b""
        while chunk := file.read(CHUNK):
            seen = before + chunk.replace(b"\0", b"")
            if _HINT.search(seen):
                return True
            before = seen[-OVERLAP:]
    return False


class _Reader:
    """The fields, formulas and links of one part, whatever pieces they are written in."""

    def __init__(self) -> None:
        self.fields: list[str] = []
        self.text: list[str] | None = None

    def read(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        try:
            with archive.open(entry) as file:
                while chunk := file.read(CHUNK):
                    parser.Parse(chunk, False)
        except expat.ExpatError:
            return  # nobody opens it either; what stood before was looked at

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        own = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if local == "fldChar":
            self._mark(own.get("fldCharType", ""))
        elif local == "fldSimple":
            refuse_field(own.get("instr", ""))
        elif local == "ddeLink":
            raise BrokenFile(DDE)
        elif local == "altChunk":
            raise BrokenFile(ALT_CHUNK)
        elif own.get("refreshOnLoad") in ("1", "true") and local == "connection":
            raise BrokenFile(REFRESHED)
        elif local in ("instrText", "f"):
            self.text = []

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append("")
        elif self.fields:
            refuse_field(self.fields[-1])
            if kind == "end":
                self.fields.pop()

    def _characters(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if self.text is None or local not in ("instrText", "f"):
            return
        text, self.text = "".join(self.text), None
        if local == "f":
            refuse_formula(text)
        elif self.fields:
            self.fields[-1] += text
        else:
            refuse_field(text)


def refuse_field(instruction: str) -> None:
    """A field of Word. Raises BrokenFile."""
    words = instruction.replace('"', " ").split()
    name = words[0].upper() if words else ""
    if name in _RUNS:
        raise BrokenFile(DDE)
    if name in _FETCHES:
        for word in words[1:]:
            plain = word.replace("\\\\", "\\")
            if len(plain) > 2 and is_outside(plain):  # noqa: PLR2004 - a switch is no path
                raise BrokenFile(OUTSIDE_KINDS["image"].format(_told(plain)))


def refuse_formula(formula: str) -> None:
    """A formula of Excel; what stands in quotation marks is only text. Raises BrokenFile."""
    bare_formula = _QUOTED.sub('""', formula)
    if _DDE_FORMULA.search(bare_formula):
        raise BrokenFile(DDE)
    if called := _CALLS.search(bare_formula):
        raise BrokenFile(FORMULA.format(called[1].removeprefix("_xlfn.").upper()))


def _told(target: str) -> str:
    return bare(target)[:LONGEST_TOLD]
