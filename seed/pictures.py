"""Drawn photographs of places that do not exist, each marked 示例."""

import io
import random
from datetime import datetime

from PIL import Image, ImageDraw, ImageFont

from issues.notices.fonts.faces import Face

SIZE = (960, 720)
HORIZON = 300
MARK = "示例照片 · 非实景"
TAKEN_AT = 0x9003
EXIF_BLOCK = 0x8769


def photo(seed: int, words: str, taken_at: datetime, face: Face | None) -> bytes:
    """A landscape of its own for each seed, dated like a camera's. The same bytes every time."""
    dice = random.Random(seed)  # noqa: S311 - a picture, not a secret
    image = Image.new("RGB", SIZE, _mixed(dice, (150, 180, 200), 45))
    draw = ImageDraw.Draw(image)
    draw.polygon(_hills(dice), fill=_mixed(dice, (90, 130, 90), 50))
    draw.rectangle((0, HORIZON + 120, *SIZE), fill=_mixed(dice, (140, 130, 105), 50))
    draw.polygon(_river(dice), fill=_mixed(dice, (80, 120, 150), 55))
    for _ in range(dice.randint(6, 22)):
        _house(draw, dice)
    if face is not None:
        font = ImageFont.truetype(str(face.path), 40, index=face.index)
        draw.rectangle((0, SIZE[1] - 130, SIZE[0], SIZE[1]), fill=(30, 30, 30))
        draw.text((24, SIZE[1] - 118), MARK, font=font, fill=(255, 220, 120))
        draw.text((24, SIZE[1] - 62), f"{words} {taken_at:%Y-%m-%d}", font=font, fill="white")
    exif = Image.Exif()
    exif.get_ifd(EXIF_BLOCK)[TAKEN_AT] = f"{taken_at:%Y:%m:%d %H:%M:%S}"
    target = io.BytesIO()
    image.save(target, "JPEG", quality=82, exif=exif)
    return target.getvalue()


def _mixed(dice: random.Random, colour: tuple[int, int, int], spread: int) -> tuple[int, ...]:
    return tuple(max(0, min(255, part + dice.randint(-spread, spread))) for part in colour)


def _hills(dice: random.Random) -> list[tuple[int, int]]:
    steps = range(0, SIZE[0] + 1, 80)
    ridge = [(x, HORIZON - dice.randint(0, 220)) for x in steps]
    return [*ridge, (SIZE[0], HORIZON + 140), (0, HORIZON + 140)]


def _river(dice: random.Random) -> list[tuple[int, int]]:
    near, far, width = dice.randint(0, 800), dice.randint(100, 860), dice.randint(60, 420)
    return [(near, SIZE[1]), (near + width, SIZE[1]), (far + width // 4, HORIZON), (far, HORIZON)]


def _house(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    x, y = dice.randint(0, SIZE[0] - 90), dice.randint(HORIZON - 30, HORIZON + 200)
    width, height = dice.randint(30, 110), dice.randint(20, 90)
    draw.rectangle((x, y, x + width, y + height), fill=_mixed(dice, (170, 150, 140), 70))
    roof = [(x - 6, y), (x + width + 6, y), (x + width // 2, y - dice.randint(10, 40))]
    draw.polygon(roof, fill=_mixed(dice, (120, 60, 50), 55))
