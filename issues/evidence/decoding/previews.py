"""Small pictures for the page: upright, without any metadata, never larger than the original."""

import io

from PIL import Image

EDGES = (320, 1280)
AT_ONCE = EDGES[:1]
"""Made of a PDF while it is taken in, which shows whether it has a face; all others when somebody
first looks."""
MEDIA_TYPE = "image/jpeg"
QUALITY = 80
STRIP = 64
AT = "@"
"""Between the kind of a file and the page of it, from 0, that is asked for."""
WHITE = (255, 255, 255)
TURNS = {  # EXIF tag 274
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SIDEWAYS = frozenset({5, 6, 7, 8})


def upright(image: Image.Image, edge: int, orientation: int = 1) -> Image.Image:
    """The picture as it is meant to be seen, in plain RGB on white, not much larger than `edge`.

    A new picture, so no comment, profile or position comes along. Shrinks strip by strip, so that
    a large original is in memory only once.
    """
    factor = max(1, max(image.size) // (2 * edge))
    width, height = (-(-side // factor) for side in image.size)
    small = Image.new("RGB", (width, height), WHITE)
    for top in range(0, height, STRIP):
        bottom = min((top + STRIP) * factor, image.height)
        strip = _on_white(image.crop((0, top * factor, image.width, bottom)))
        small.paste(strip.reduce(factor), (0, top))
    turn = TURNS.get(orientation)
    return small if turn is None else small.transpose(turn)


def preview_of(picture: Image.Image, edge: int) -> bytes:
    """A JPEG whose longer side is at most `edge`."""
    small = picture.copy()
    small.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _on_white(strip: Image.Image) -> Image.Image:
    if strip.mode.startswith("I"):  # 16 bits of grey; a plain conversion would clip them
        strip = strip.convert("I").point(lambda tone: tone / 257).convert("L")
    if not strip.has_transparency_data:
        return strip.convert("RGB")
    layered = strip.convert("RGBA")
    paper = Image.new("RGB", layered.size, WHITE)
    paper.paste(layered, mask=layered.getchannel("A"))
    return paper
