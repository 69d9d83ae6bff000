"""Decodes one picture in a process of its own and prints what it is; see pictures.py.

A picture is hostile until it was decoded: a crash, a bomb or an endless loop in a decoder ends
this process and nothing else. Standard output: four bytes of length, a JSON object, the previews.
"""

import json
import sys
from dataclasses import asdict
from enum import IntEnum

import PIL
from PIL import Image, ImageFile

from issues.evidence.photos import PhotoFacts, dhash, tags_of
from issues.evidence.previews import SIDEWAYS, preview_of, upright

try:
    import resource
except ImportError:  # Windows: the parent's time limit alone
    resource = None

MEGAPIXEL = 1_000_000
# What a decoder holds differs: JPEG is decoded at an eighth where it is large, unless progressive.
PIXELS = {
    "JPEG": 120 * MEGAPIXEL,
    "PNG": 40 * MEGAPIXEL,
    "HEIF": 50 * MEGAPIXEL,
    "WEBP": 16 * MEGAPIXEL,
}
PROGRESSIVE_PIXELS = 40 * MEGAPIXEL
MEMORY = 1024 * 1024 * 1024
SECONDS = 6
SMALLEST = 64


class Exit(IntEnum):
    """How the process ends; anything else is a decoder that fell over."""

    DONE = 0
    OTHER_KIND = 10
    TOO_MANY_PIXELS = 11
    BROKEN = 12


def main(path: str, kind: str, edges: list[int]) -> Exit:
    if kind == "HEIF":
        _know_heif()
    Image.MAX_IMAGE_PIXELS = None  # PIXELS below is stricter, and by kind
    _limit_self()
    try:
        image = Image.open(path, formats=[kind])
    except PIL.UnidentifiedImageError:
        return Exit.OTHER_KIND
    with image:
        if image.width * image.height > _most_pixels(image, kind):
            return Exit.TOO_MANY_PIXELS
        _say(image, edges)
    return Exit.DONE


def _say(image: ImageFile.ImageFile, edges: list[int]) -> None:
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
        taken_at=tags.taken_at,
        lon=tags.lon,
        lat=tags.lat,
        software=tags.software,
    )
    previews = [preview_of(picture, edge) for edge in edges]
    said = {"facts": asdict(facts), "sizes": [len(preview) for preview in previews]}
    head = json.dumps(said, default=str).encode()
    sys.stdout.buffer.write(len(head).to_bytes(4, "big") + head + b"".join(previews))


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
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    try:
        ended = main(sys.argv[1], sys.argv[2], [int(edge) for edge in sys.argv[3:]])
    except Exception:  # noqa: BLE001 - the top of a process that decodes hostile bytes
        ended = Exit.BROKEN
    sys.stdout.flush()
    sys.exit(ended)
