"""Decodes one picture, or reads one PDF or Office file, in a process of its own; see decode.py.

A file is hostile until it was decoded: a crash, a bomb or an endless loop in a decoder ends this
process and nothing else. What is written: one byte how it ended, then four bytes of length, a JSON
object, the previews.
"""

import io
import json
import signal
import socket
import sys
from dataclasses import asdict
from enum import IntEnum
from pathlib import Path
from typing import Any

import PIL
from PIL import Image, ImageFile

from issues.evidence.decoding.photos import RIM, PhotoFacts, dhash, tags_of
from issues.evidence.decoding.previews import AT, SIDEWAYS, preview_of, upright
from issues.evidence.decoding.sizes import PIXELS, PROGRESSIVE_PIXELS

try:
    import resource
except ImportError:  # Windows: the parent's time limit alone
    resource = None  # type: ignore[assignment]  # there is no other word for a missing module

MEMORY = 1024 * 1024 * 1024
SECONDS, WALL_SECONDS = 6, 8
SMALLEST = 96
JPEG_START, JPEG_SCAN, JPEG_END = b"\xff\xd8", b"\xff\xda", b"\xff\xd9"
NOISE = bytes(range(7, 240, 3))
PDF, CHECK, STYLED = "PDF", "PDF-CHECK", "DOCX-STYLED"
MOST_PAGES = 2000
FIRST_WORDS = 2000


class Exit(IntEnum):
    """How the process ends; anything else is a decoder that fell over."""

    DONE = 0
    OTHER_KIND = 10
    TOO_MANY_PIXELS = 11
    BROKEN = 12
    REFUSED = 13


def main(path: str, kind: str, edges: list[int]) -> bytes:
    """What is written of one file."""
    try:
        _limit_self()
        ended, said = READERS.get(kind.partition(AT)[0], _picture)(path, kind, edges)
    except Exception:  # noqa: BLE001 - the top of a process that decodes hostile bytes
        ended, said = Exit.BROKEN, b""
    return bytes([ended]) + said


def many(door: socket.socket) -> None:
    """Answer one file after another, the length first, until nobody asks or one broke."""
    with door, door.makefile("rb") as asked:
        for line in asked:
            path, kind, *edges = json.loads(line)
            said = main(path, kind, [int(edge) for edge in edges])
            signal.alarm(0)
            door.sendall(len(said).to_bytes(4, "big") + said)
            if said[0] == Exit.BROKEN:
                return


def _picture(path: str, kind: str, edges: list[int]) -> tuple[Exit, bytes]:
    if kind == "HEIF":
        _know_heif()
    Image.MAX_IMAGE_PIXELS = None  # PIXELS below is stricter, and by kind
    try:
        image = Image.open(path, formats=[kind])
    except PIL.UnidentifiedImageError:
        return Exit.OTHER_KIND, b""
    with image:
        pixels, most = image.width * image.height, _most_pixels(image, kind)
        if pixels > most:
            return Exit.TOO_MANY_PIXELS, json.dumps([pixels, most]).encode()
        try:
            return Exit.DONE, _said(image, edges, has_odd_end=_lacks_end(path, kind))
        except OSError:
            if kind != "JPEG":
                raise
    return Exit.DONE, _but_for_its_end(path, edges)


def _lacks_end(path: str, kind: str) -> bool:
    """Whether no mark of the end follows a JPEG's first scan: what stands before are thumbnails.

    A decoder that has every point it needs does not look for it.
    """
    if kind != "JPEG":
        return False
    came, at = Path(path).read_bytes(), len(JPEG_START)
    while at < len(came) and came[at : at + 2] != JPEG_SCAN:
        length = int.from_bytes(came[at + 2 : at + 4], "big")
        at += 1 if came[at + 1 : at + 2] == JPEG_END[:1] else 2 + length
    return came.find(JPEG_END, at) < 0


def _but_for_its_end(path: str, edges: list[int]) -> bytes:
    """A JPEG of which the mark of its end alone is missing, as some recorders leave it.

    Where every point has come, noise before the end changes nothing. Raises OSError.
    """
    came = Path(path).read_bytes().rstrip(JPEG_END[:1])
    with _ended(came) as image, _ended(came + NOISE) as other:
        if image.info.get("progressive"):
            raise OSError  # whole scans may be missing, which noise would not show
        for one in (image, other):
            one.draft("RGB", (SMALLEST, SMALLEST))
        if image.tobytes() != other.tobytes():
            raise OSError
    with _ended(came) as image:
        return _said(image, edges, has_odd_end=True)


def _ended(came: bytes) -> ImageFile.ImageFile:
    return Image.open(io.BytesIO(came + JPEG_END), formats=["JPEG"])


def _said(image: ImageFile.ImageFile, edges: list[int], *, has_odd_end: bool = False) -> bytes:
    width, height = image.size
    largest = max([SMALLEST, *edges])
    image.draft("RGB", (largest, largest))
    image.load()
    tags = tags_of(image)
    picture = upright(image, largest, tags.orientation)
    if tags.orientation in SIDEWAYS:
        width, height = height, width
    facts = PhotoFacts(
        width=width,
        height=height,
        dhash=dhash(picture),
        dhash_inner=dhash(picture, RIM),
        taken_at=tags.taken_at,
        lon=tags.lon,
        lat=tags.lat,
        software=tags.software,
        has_odd_end=has_odd_end,
    )
    return _framed({"facts": asdict(facts)}, picture, edges)


def _objects(path: str, _kind: str, _edges: list[int]) -> tuple[Exit, bytes]:
    """What a PDF would do by itself, in a word; none where it does nothing."""
    from issues.evidence.decoding.pdf_objects import found_in  # noqa: PLC0415 - as below

    return Exit.DONE, found_in(path).encode()


def _page(path: str, kind: str, edges: list[int]) -> tuple[Exit, bytes]:
    """The first page of a PDF as a picture, or the one `kind` names; none where there is none."""
    import pypdfium2  # noqa: PLC0415 - pictures need not pay for it

    with pypdfium2.PdfDocument(path) as document:
        if len(document) > MOST_PAGES:
            return Exit.TOO_MANY_PIXELS, b""
        if (place := int(kind.partition(AT)[2] or 0)) >= len(document):
            return Exit.DONE, _framed({"facts": None}, None, [])
        page = document[place]
        scale = max([SMALLEST, *edges]) / max(page.get_size())
        picture = page.render(scale=min(scale, 4.0), may_draw_forms=False).to_pil()
        facts = {"words": _words(page), "pages": len(document)}
        return Exit.DONE, _framed({"facts": facts}, picture.convert("RGB"), edges)


def _words(page: Any) -> str:
    """What the page begins with; nothing where that cannot be read, which proves nothing."""
    from pypdfium2 import PdfiumError  # noqa: PLC0415 - as above

    try:
        text = page.get_textpage()
        words: str = text.get_text_range(count=min(FIRST_WORDS, text.count_chars()))
    except PdfiumError:
        return ""
    return words


def _office(path: str, kind: str, _edges: list[int]) -> tuple[Exit, bytes]:
    """The words a proven text begins with; or what kind of refusal it is, and its sentence."""
    from issues.evidence.intake import office  # noqa: PLC0415 - pictures need not pay for it
    from issues.evidence.refusals import BrokenFile, KindNotAllowed  # noqa: PLC0415 - as above

    try:
        office.prove(Path(path), office.MAIN_PARTS[kind])
        return Exit.DONE, (office.first_words(Path(path)) if kind == "DOCX" else "").encode()
    except (BrokenFile, KindNotAllowed) as refused:
        return Exit.REFUSED, json.dumps([type(refused).__name__, str(refused)]).encode()


def _whole_text(path: str, kind: str, _edges: list[int]) -> tuple[Exit, bytes]:
    """Every word of a proven text, a line a paragraph; or too many of them."""
    from issues.evidence.decoding import styled, texts  # noqa: PLC0415 - as above

    text = styled.styled_of(Path(path)) if kind == STYLED else texts.text_of(Path(path), kind)
    return (Exit.TOO_MANY_PIXELS, b"") if text is None else (Exit.DONE, text.encode())


READERS = {PDF: _page, CHECK: _objects, "DOCX": _office, "XLSX": _office}
READERS |= dict.fromkeys(("DOCX-TEXT", "PDF-TEXT", STYLED), _whole_text)


def _framed(said: dict[str, Any], picture: Image.Image | None, edges: list[int]) -> bytes:
    previews = [] if picture is None else [preview_of(picture, edge) for edge in edges]
    head = json.dumps(said | {"sizes": [len(one) for one in previews]}, default=str).encode()
    return len(head).to_bytes(4, "big") + head + b"".join(previews)


def _most_pixels(image: Image.Image, kind: str) -> int:
    return PROGRESSIVE_PIXELS if image.info.get("progressive") else PIXELS[kind]


def _know_heif() -> None:
    import pillow_heif  # noqa: PLC0415 - 40 ms that other pictures need not pay

    pillow_heif.register_heif_opener(
        thumbnails=False, depth_images=False, aux_images=False, decode_threads=1
    )


def _limit_self() -> None:
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    spent = resource.getrusage(resource.RUSAGE_SELF)
    until = int(spent.ru_utime + spent.ru_stime) + SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(WALL_SECONDS)


if __name__ == "__main__":
    sys.stdout.buffer.write(main(sys.argv[1], sys.argv[2], [int(edge) for edge in sys.argv[3:]]))
    sys.stdout.flush()
