"""Pictures small enough to stand in the repository."""

from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from PIL import Image


class Kept(NamedTuple):
    """How wide a picture is kept, how well, and how large it may be."""

    width: int
    quality: int
    largest: int


README = Kept(1200, 82, 150 * 1024)
MANUAL = Kept(1000, 72, 60 * 1024)
PAPER = Kept(640, 76, 60 * 1024)
SCALE = 2


def keep(taken: bytes, path: Path, kept: Kept) -> None:
    with Image.open(BytesIO(taken)) as picture:
        height = picture.height * kept.width // picture.width
        size = (kept.width, height)
        picture.convert("RGB").resize(size, Image.Resampling.LANCZOS).save(
            path, "WEBP", quality=kept.quality, method=6
        )
    path.chmod(0o644)
    if path.stat().st_size > kept.largest:
        raise RuntimeError(f"{path.name} is larger than {kept.largest} bytes")


def first_page(content: bytes) -> bytes:
    """Of a PDF, as PNG."""
    target = BytesIO()
    with pypdfium2.PdfDocument(content) as document:
        document[0].render(scale=SCALE).to_pil().save(target, "PNG")
    return target.getvalue()
