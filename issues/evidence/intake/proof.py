"""Which files are taken: recognised by their bytes, agreed with the name, proven by decoding."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from issues.evidence.decoding.decode import (
    OFFICE,
    Study,
    first_page,
    office_words,
    page_of,
    study,
)
from issues.evidence.decoding.photos import PhotoFacts
from issues.evidence.decoding.sizes import PIXELS
from issues.evidence.intake import office, pdf, video
from issues.evidence.refusals import MEBIBYTE, BrokenFile, KindNotAllowed
from issues.ground import signs

NAME_LENGTH = 120
UNNAMED = "未命名文件"
HEAD = 64
_KINDS = "仅接收 JPEG、PNG、HEIC、WebP、PDF、DOCX、XLSX 和 MP4 文件"
_CURES = (
    ((".doc", ".wps", ".rtf", ".odt", ".txt"), "请另存为 .docx 或 PDF 后上传"),
    ((".xls", ".et", ".ods", ".csv"), "请另存为 .xlsx 或 PDF 后上传"),
    ((".docm", ".dotm", ".dotx"), "请另存为不含宏的 .docx 后上传"),
    ((".xlsm", ".xlsb", ".xltx"), "请另存为不含宏的 .xlsx 后上传"),
    ((".ofd", ".ppt", ".pptx", ".dps", ".ceb", ".caj"), "请在阅读器中另存或打印为 PDF 后上传"),
    ((".mov", ".avi", ".mkv", ".3gp", ".wmv", ".flv", ".m4v"), "请改存为 MP4 后上传"),
    ((".zip", ".rar", ".7z", ".tar", ".gz"), "请解压后逐个上传其中的文件"),
    ((".bmp", ".tif", ".tiff", ".gif", ".svg", ".avif", ".dng"), "请另存为 JPEG 或 PNG 后上传"),
)
_NOT_IN_NAMES = '<>:"|?*'


class FileType(Enum):
    """Media type, extensions, and for a picture the decoder. Part of the API's contract."""

    JPEG = "image/jpeg", (".jpg", ".jpeg", ".jfif"), "JPEG"
    PNG = "image/png", (".png",), "PNG"
    HEIC = "image/heic", (".heic", ".heif"), "HEIF"
    WEBP = "image/webp", (".webp",), "WEBP"
    PDF = "application/pdf", (".pdf",)
    DOCX = (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (".docx",),
    )
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",)
    MP4 = "video/mp4", (".mp4",)

    def __init__(
        self, media_type: str, extensions: tuple[str, ...], decoder: str | None = None
    ) -> None:
        self.media_type = media_type
        self.extensions = extensions
        self.decoder = decoder

    @property
    def limit(self) -> int:
        """The most bytes taken."""
        return (200 if self is FileType.MP4 else 25) * MEBIBYTE

    @property
    def pixels(self) -> int:
        """The most points of a picture; 0 for anything else."""
        return PIXELS[self.decoder] if self.decoder else 0

    @property
    def is_picture(self) -> bool:
        return self.decoder is not None


KIND_NAMES = {FileType.WEBP: "WebP"}


@dataclass(frozen=True, slots=True)
class Examined:
    """A proven file. A picture has `facts` and the `previews` asked for, by longest edge.

    `words` begin a DOCX, and a PDF whose first page is drawn, where they can be read.
    `has_odd_end`: a picture without the mark of its end, a PDF padded behind it.
    """

    file_type: FileType
    facts: PhotoFacts | None = None
    previews: dict[int, bytes] = field(default_factory=dict)
    words: str = ""
    has_odd_end: bool = False


def named_type(original_name: str) -> FileType:
    """The type a name claims, for its size limit. Raises KindNotAllowed."""
    name = safe_name(original_name)
    extension = name[name.rfind(".") :].lower() if "." in name else ""
    for file_type in FileType:
        if extension in file_type.extensions:
            return file_type
    cure = next((told for endings, told in _CURES if extension in endings), "")
    raise KindNotAllowed(f"{_KINDS}，该文件未保存{cure and f'，{extension} {cure}'}。")


def limits(extensions: Iterable[str] = ()) -> dict[str, tuple[int, int]]:
    """Most bytes and most points (0: none) by extension without its dot: what a page tells first.

    `extensions`: of these alone, as a field's `accept` has them; of all where there are none.
    """
    asked = {one.strip().lower() for one in extensions}
    return {
        extension[1:]: (one.limit, one.pixels)
        for one in FileType
        for extension in one.extensions
        if not asked or extension in asked or (one.is_picture and "image/*" in asked)
    }


def limits_said(extensions: Iterable[str] = ()) -> str:
    """The same in words: which kinds, and how large."""
    taken = limits(extensions)
    most: dict[int, list[str]] = {}
    for one in FileType:
        if one.extensions[0][1:] in taken:
            most.setdefault(one.limit, []).append(KIND_NAMES.get(one, one.name))
    return "，".join(
        f"{'、'.join(kinds)} 不超过 {limit // MEBIBYTE} MB" for limit, kinds in most.items()
    )


def picture_of(head: bytes) -> FileType | None:
    """Which kind of picture these first bytes begin; None for anything else."""
    found = _by_signature(head)
    return found if found is not None and found.is_picture else None


def of_media_type(media_type: str) -> FileType:
    """The type of a kept row. ValueError where it is none of ours."""
    return next(one for one in FileType if one.media_type == media_type)


def examine(path: Path, original_name: str, *, edges: Iterable[int] = ()) -> Examined:
    """Recognise, and of a picture read the facts and make previews, all in one decoding.

    Raises KindNotAllowed or BrokenFile.
    """
    claimed = named_type(original_name)
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise BrokenFile("文件是空的，未保存，请检查后重新上传。")
    found = _by_signature(head)
    if found is not _family(claimed):
        raise KindNotAllowed(_misnamed(claimed, found))
    if claimed.decoder is not None:
        facts, previews = _parts(_studied(path, claimed.decoder, edges))
        return Examined(claimed, facts, previews, has_odd_end=facts.has_odd_end)
    if claimed.name in OFFICE:
        return Examined(claimed, words=office_words(path, claimed.name))
    if claimed is FileType.MP4:
        video.prove(path)
        return Examined(claimed)
    pdf.prove(path)
    previews, words = page_of(path, edges) if edges else ({}, "")
    return Examined(claimed, None, previews, words, pdf.is_padded(path))


def _misnamed(claimed: FileType, found: FileType | None) -> str:
    """WeChat on a computer and many a program name a picture as they please."""
    if found is None:
        return f"文件内容与扩展名“{claimed.extensions[0]}”不符，未保存，请上传原始文件。"
    kind = "Office 文件" if found is FileType.DOCX else f"{found.name} 文件"
    ending = "原来的扩展名" if found is FileType.DOCX else f" {found.extensions[0]}"
    return (
        f"文件内容实际是 {kind}，与扩展名“{claimed.extensions[0]}”不符，未保存，"
        f"请把扩展名改为{ending} 后重新上传。"
    )


def make_preview(path: Path, file_type: FileType, *, edge: int) -> bytes | None:
    """A JPEG without metadata, upright, its longer side at most `edge`; of a PDF its first page.

    None where there is nothing to draw.
    """
    if file_type is FileType.PDF:
        return first_page(path, [edge]).get(edge)
    if file_type.decoder is None:
        return None
    return study(path, file_type.decoder, [edge]).previews[edge]


def safe_name(original: str) -> str:
    """The sender's name as a label: no folders, no invisible or reordering signs, not too long."""
    last = signs.bare(original).replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join("_" if sign in _NOT_IN_NAMES else sign for sign in last)
    name = " ".join(seen.split()).strip(". ")
    stem, dot, extension = name.rpartition(".")
    if dot and len(name) > NAME_LENGTH:
        return stem[: NAME_LENGTH - len(extension[:10]) - 1].rstrip() + dot + extension[:10]
    return name[:NAME_LENGTH] or UNNAMED


def _family(file_type: FileType) -> FileType:
    """DOCX and XLSX are told apart by what is inside the archive."""
    return FileType.DOCX if file_type is FileType.XLSX else file_type


def _by_signature(head: bytes) -> FileType | None:
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return FileType.WEBP
    if head[4:8] == b"ftyp":
        return {"heic": FileType.HEIC, "mp4": FileType.MP4}.get(video.family(head) or "")
    return next((one for start, one in _SIGNATURES if head.startswith(start)), None)


def _studied(path: Path, decoder: str, edges: Iterable[int]) -> Study:
    office.refuse_hidden_archive(path)
    return study(path, decoder, edges)


def _parts(done: Study) -> tuple[PhotoFacts, dict[int, bytes]]:
    return done.facts, done.previews


_SIGNATURES = (
    (b"\xff\xd8\xff", FileType.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileType.PNG),
    (b"%PDF-", FileType.PDF),
    (b"PK\x03\x04", FileType.DOCX),
)
