"""Pictures, PDFs and Office files, read in a process of their own with limits of time and memory.

One run proves the file, reads its facts and makes the previews asked for. Where the system can
fork, the processes come from one that has the decoders loaded already; see decoder_fork.py and
decoder_pool.py.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from issues.evidence.decoding.decoder_fork import NURSERY, ROOT, environ
from issues.evidence.decoding.decoder_pool import CREW, KINDS
from issues.evidence.decoding.photos import PhotoFacts
from issues.evidence.decoding.previews import AT
from issues.evidence.decoding.styled import Styled
from issues.evidence.refusals import BrokenFile, KindNotAllowed
from issues.ground.signs import bare

WORKER = "issues.evidence.decoding.decoder"
SECONDS = 9
SLOW_SECONDS = 5
PDF, CHECK = "PDF", "PDF-CHECK"
OFFICE = ("DOCX", "XLSX")
_REPRINT = "，未保存，请重新打印为 PDF 后上传。"
ACTIVE_PDF = {
    "script": f"PDF 含脚本（JavaScript）{_REPRINT}",
    "launch": f"PDF 含启动外部程序的动作{_REPRINT}",
    "media": f"PDF 含可运行的多媒体内容（RichMedia）{_REPRINT}",
    "xfa": f"PDF 是 XFA 动态表单{_REPRINT}",
    "outside": f"PDF 打开时会自行连接外部地址或取外部文件{_REPRINT}",
    "program": "PDF 的附件“{}”是程序，未保存，请删去该附件，或重新打印为 PDF 后上传。",
    "unknown": f"PDF 过于复杂或已损坏，没有检查完{_REPRINT}",
}
"""By what issues/evidence/decoding/pdf_objects.py finds."""

_TOO_SLOW = "图片解码超时，未保存，请另存为普通 JPEG 后重新上传。"
_OFFICE_UNKNOWN = "文件过于复杂或已损坏，没有检查完，未保存，请在 Office 或 WPS 中另存后重新上传。"
_DONE, _OTHER_KIND, _TOO_MANY_PIXELS, _REFUSED = 0, 10, 11, 13  # of decoder.Exit, a slow import
_SLOW = dict.fromkeys((PDF, CHECK), ACTIVE_PDF["unknown"])
_SLOW |= dict.fromkeys(OFFICE, _OFFICE_UNKNOWN)
REFUSALS = {one.__name__: one for one in (BrokenFile, KindNotAllowed)}
_at_once = BoundedSemaphore(max(2, os.cpu_count() or 2))


@dataclass(frozen=True, slots=True)
class Study:
    """`previews`: JPEG bytes by the longest edge asked for."""

    facts: PhotoFacts
    previews: dict[int, bytes]


def study(path: Path, decoder: str, edges: Iterable[int] = ()) -> Study:
    """Decode the whole picture. `decoder` is Pillow's name of the format.

    Raises KindNotAllowed where it is another format, BrokenFile where it does not decode.
    """
    return _read(_run(path, decoder, edges), edges)


def first_page(path: Path, edges: Iterable[int]) -> dict[int, bytes]:
    """A PDF's first page by longest edge; nothing where it cannot be drawn. Raises BrokenFile."""
    return page_of(path, edges)[0]


def page_of(path: Path, edges: Iterable[int]) -> tuple[dict[int, bytes], str]:
    """The same, and the words it begins with. Raises BrokenFile."""
    said = _run(path, PDF, edges)
    if said[:1] == bytes([_TOO_MANY_PIXELS]):
        raise BrokenFile("PDF 页数过多，未保存，请拆分后重新上传。")
    if said[:1] != bytes([_DONE]):
        return {}, ""
    facts, previews = _previews(said, edges)
    return previews, facts["words"] if facts else ""


def sheet_of(path: Path, place: int, edge: int) -> tuple[bytes | None, int]:
    """A page of a PDF (from 0) as JPEG, and how many there are; None where it cannot be drawn.

    Raises BrokenFile.
    """
    said = _run(path, f"{PDF}{AT}{place}", [edge])
    if said[:1] != bytes([_DONE]):
        return None, 0
    facts, previews = _previews(said, [edge])
    return previews.get(edge), facts["pages"] if facts else 0


def refuse_active_pdf(path: Path) -> None:
    """Raises BrokenFile where a PDF would run or fetch something, or where that cannot be told."""
    said = _run(path, CHECK, ())
    if said[:1] != bytes([_DONE]):
        raise BrokenFile(ACTIVE_PDF["unknown"])
    word, _, name = said[1:].decode().partition(":")
    if word:
        raise BrokenFile(ACTIVE_PDF[word].format(bare(name)))


def office_words(path: Path, kind: str) -> str:
    """What a DOCX begins with once it is proven; of an XLSX nothing.

    Raises BrokenFile, KindNotAllowed with what its reader in the other process says.
    """
    said = _run(path, kind, ())
    if said[:1] == bytes([_DONE]):
        return said[1:].decode()
    if said[:1] == bytes([_REFUSED]):
        name, sentence = json.loads(said[1:])
        raise REFUSALS[name](sentence)
    raise BrokenFile(_OFFICE_UNKNOWN)


def whole_text(path: Path, kind: str, form: str = "TEXT") -> str:
    """Every word of a proven DOCX or PDF, a line a paragraph. Raises BrokenFile."""
    said = _run(path, f"{kind}-{form}", ())
    if said[:1] == bytes([_TOO_MANY_PIXELS]):
        raise BrokenFile("文件的文字过多，未保存，请拆分后重新上传。")
    if said[:1] != bytes([_DONE]):
        raise BrokenFile("文件中的文字无法读出，未保存，请复制文字后粘贴。")
    return said[1:].decode()


def styled_paragraphs(path: Path) -> list[Styled]:
    """The paragraphs of a proven DOCX, with their styles. Raises BrokenFile."""
    told = json.loads(whole_text(path, "DOCX", "STYLED"))
    return [Styled(text, tuple(styles), *more) for text, styles, *more in told]


def _read(said: bytes, edges: Iterable[int]) -> Study:
    ended = said[0] if said else None
    if ended == _OTHER_KIND:
        raise KindNotAllowed("文件内容与扩展名不符，未保存，请上传原始图片文件。")
    if ended == _TOO_MANY_PIXELS:
        pixels, most = (figure // 10_000 for figure in json.loads(said[1:]))
        raise BrokenFile(
            f"图片像素过大：约{pixels}万像素，这种图片不超过{most}万像素，未保存，"
            "请裁剪、缩小，或另存为普通 JPEG 后重新上传。"
        )
    if ended != _DONE:
        raise BrokenFile("图片损坏或不完整，无法打开，未保存，请重新拍摄或重新导出。")
    facts, previews = _previews(said, edges)
    return Study(_facts(facts), previews)


def _previews(said: bytes, edges: Iterable[int]) -> tuple[dict[str, Any], dict[int, bytes]]:
    end = 5 + int.from_bytes(said[1:5], "big")
    head = json.loads(said[5:end])
    previews = {}
    for edge, size in zip(sorted(set(edges)), head["sizes"], strict=False):
        previews[edge] = said[end : end + size]
        end += size
    return head["facts"], previews


def _run(path: Path, kind: str, edges: Iterable[int]) -> bytes:
    """What the process wrote; nothing where it fell over. Raises BrokenFile where it was slow."""
    arguments = [str(path), kind, *map(str, sorted(set(edges)))]
    with _at_once:
        begun = time.monotonic()
        said = _asked(kind, arguments)
        if not said and time.monotonic() - begun > SLOW_SECONDS:
            raise BrokenFile(_SLOW.get(kind, _TOO_SLOW))
    return said


def _asked(kind: str, arguments: list[str]) -> bytes:
    if NURSERY is None or CREW is None:
        return _alone(arguments)
    return (CREW if kind in KINDS else NURSERY).ask(arguments, SECONDS)


def _alone(arguments: list[str]) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - a list, our own module, a path of our own making
            [sys.executable, "-m", WORKER, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environ(),
            cwd=ROOT,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return b""
    return done.stdout if done.returncode == 0 else b""


def _facts(said: dict[str, Any]) -> PhotoFacts:
    taken_at = said.pop("taken_at")
    return PhotoFacts(**said, taken_at=taken_at and datetime.fromisoformat(taken_at))
