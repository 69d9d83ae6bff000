"""What a photo says of itself: when, where, by which program, and how it looks in 64 bits.

EXIF is written by whoever sent the file: anything in it may be missing, absurd or hostile, and
then is None. A missing EXIF means nothing by itself; phones and messengers strip it.
"""

import contextlib
import math
import struct
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PIL import Image

EXIF_IFD, GPS_IFD = 0x8769, 0x8825
ORIENTATION, SOFTWARE, ORIGINAL, DIGITIZED = 274, 305, 36867, 36868
SOFTWARE_LENGTH = 120
FLAT = 16  # grey levels between the darkest and the lightest: a blank scan is like every other one
HASH_EDGE = 8
RIM = 0.03
"""Of each side, what the inner hash leaves out: a copy that lost its edge has it too."""

_HOSTILE = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """`taken_at` is the camera's local time without a zone; `lon`, `lat` are WGS-84, both or none.

    `width`, `height` are of the upright picture. `dhash` is None where the picture is one flat
    tone, which says nothing about likeness; `dhash_inner` is of the picture without its edge.
    `has_odd_end`: every point has come, but the mark of the end has not.
    """

    width: int
    height: int
    dhash: int | None
    dhash_inner: int | None = None
    taken_at: datetime | None = None
    lon: float | None = None
    lat: float | None = None
    software: str | None = None
    has_odd_end: bool = False

    @property
    def dhash_text(self) -> str | None:
        """16 hexadecimal digits, as the column keeps it."""
        return _digits(self.dhash)

    @property
    def dhash_inner_text(self) -> str | None:
        return _digits(self.dhash_inner)


@dataclass(frozen=True, slots=True)
class Tags:
    """The EXIF that is read, as the file says it."""

    orientation: int = 1
    taken_at: datetime | None = None
    lon: float | None = None
    lat: float | None = None
    software: str | None = None


def tags_of(image: Image.Image) -> Tags:
    """Never raises, whatever the EXIF holds."""
    tags: Any = _or_none(image.getexif) or {}
    camera: Any = _or_none(lambda: tags.get_ifd(EXIF_IFD)) or {}
    position: Any = _or_none(lambda: tags.get_ifd(GPS_IFD)) or {}
    lon, lat = _or_none(lambda: _point(position)) or (None, None)
    orientation = _or_none(lambda: tags.get(ORIENTATION))
    return Tags(
        orientation=orientation if orientation in range(1, 9) else 1,
        taken_at=_moment(_or_none(lambda: camera.get(ORIGINAL)))
        or _moment(_or_none(lambda: camera.get(DIGITIZED))),
        lon=lon,
        lat=lat,
        software=_text(_or_none(lambda: tags.get(SOFTWARE))),
    )


def dhash(image: Image.Image, rim: float = 0.0) -> int | None:
    """64 bits, one for each step to the right that grows darker in a 9 × 8 grey miniature.

    `rim` is the share of each side that is left out.
    """
    wide, grey = HASH_EDGE + 1, image.convert("L")
    x, y = image.width * rim, image.height * rim
    inner = (x, y, image.width - x, image.height - y)
    small = grey.resize((wide, HASH_EDGE), Image.Resampling.LANCZOS, box=inner)
    tones, bits = small.tobytes(), 0
    if max(tones) - min(tones) < FLAT:
        return None
    for row in range(HASH_EDGE):
        for column in range(HASH_EDGE):
            at = row * wide + column
            bits = bits << 1 | (tones[at] > tones[at + 1])
    return bits


def _digits(bits: int | None) -> str | None:
    return None if bits is None else f"{bits:016x}"


def _or_none(read: Callable[[], Any]) -> Any:
    with contextlib.suppress(*_HOSTILE):
        return read()
    return None


def _moment(value: Any) -> datetime | None:
    """EXIF time, `2025:11:25 08:30:00`; a camera that does not know writes zeros or blanks."""
    with contextlib.suppress(*_HOSTILE):
        text = value.decode("ascii") if isinstance(value, bytes) else value
        return datetime.strptime(text.strip("\0 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - the camera's local time
    return None


def _point(position: Any) -> tuple[float, float] | None:
    """(lon, lat) or None. Exactly 0, 0 is what a receiver without a fix writes."""
    lat = _degrees(position[2], position[1], "NS", 90)
    lon = _degrees(position[4], position[3], "EW", 180)
    return None if lat == lon == 0 else (lon, lat)


def _degrees(parts: Any, half: Any, halves: str, most: int) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    letter = (half.decode("ascii") if isinstance(half, bytes) else half).strip("\0 ").upper()
    if not math.isfinite(value) or not 0 <= value <= most or letter not in tuple(halves):
        message = "no such place"
        raise ValueError(message)
    return round(-value if letter == halves[1] else value, 7)


def _text(value: Any) -> str | None:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return None
    shown = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in value)
    return " ".join(shown.split())[:SOFTWARE_LENGTH] or None
