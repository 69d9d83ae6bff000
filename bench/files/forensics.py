"""`python -m bench.files.forensics [N]`: which copies are found, and what by mistake.

The set is made by code: N scenes of sky, ground, water and buildings, each changed in the ways
photos are on their road through phones and messengers. Told for each way: the share that is found
(recall), with the product's own hash and threshold; then the share of pairs of different scenes
that would be called alike, and of one place photographed on another day.
"""

import io
import random
import sys
from collections.abc import Callable, Iterator
from itertools import combinations

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from issues.evidence.decoding.photos import RIM, dhash
from issues.evidence.flags.twins import NEAR_BITS, distance

SCENES = 150
SIZE = (480, 360)
GRIDS = (3, 6, 12, 24, 48)
Chance = random.Random
Change = Callable[[Image.Image, Chance], Image.Image]


def scene(seed: int, day: int = 0) -> Image.Image:
    """One place. Another `day`: the same ground with other things, light and aim."""
    chance = Chance(seed)
    width, height = SIZE
    image = Image.new("RGB", SIZE, _tone(chance, 60, 200))
    strength = 0.33
    for grid in GRIDS:
        rows = max(2, grid * 3 // 4)
        noise = Image.new("RGB", (grid, rows))
        noise.putdata([_tone(chance, 0, 255) for _ in range(grid * rows)])
        image = Image.blend(image, noise.resize(SIZE, Image.Resampling.BICUBIC), strength)
        strength *= 0.75
    draw = ImageDraw.Draw(image)
    horizon = chance.randrange(height // 4, height // 2)
    draw.rectangle((0, 0, width, horizon - height // 8), fill=_tone(chance, 150, 250))
    foot = chance.randrange(width)
    water = [(foot - width // 6, height), (foot + width // 6, height)]
    draw.polygon([*water, (chance.randrange(width), horizon)], fill=_tone(chance, 20, 160))
    things = Chance(seed * 1000 + day) if day else chance
    for _ in range(things.randrange(3, 9)):
        x, y = things.randrange(width), things.randrange(height)
        box = (x, y, x + things.randrange(20, width // 3), y + things.randrange(20, height // 3))
        (draw.ellipse if things.random() < 0.4 else draw.rectangle)(box, fill=_tone(things, 0, 255))  # noqa: PLR2004 - a share
    if day:
        lit = ImageEnhance.Brightness(image).enhance(things.uniform(0.8, 1.2))
        image = _cropped(lit, 0.08, things)
    return image.filter(ImageFilter.GaussianBlur(1))


def _tone(chance: Chance, low: int, high: int) -> tuple[int, int, int]:
    return chance.randint(low, high), chance.randint(low, high), chance.randint(low, high)


def _saved(image: Image.Image, quality: int) -> Image.Image:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return Image.open(out).convert("RGB")


def _cropped(image: Image.Image, share: float, chance: Chance) -> Image.Image:
    """So much of each dimension taken away, wherever it falls."""
    width, height = image.size
    off_x, off_y = int(width * share), int(height * share)
    x, y = chance.randint(0, off_x), chance.randint(0, off_y)
    return image.crop((x, y, x + width - off_x, y + height - off_y))


def _marked(image: Image.Image, _chance: Chance) -> Image.Image:
    """A watermark of time and place in the lower left corner."""
    image = image.copy()
    draw = ImageDraw.Draw(image)
    width, height = image.size
    draw.rectangle((0, height - height // 9, width // 2, height), fill=(0, 0, 0))
    for place in range(8):
        x = width * (2 + 6 * place) // 100
        letter = (x, height - height // 11, x + width // 30, height - height // 30)
        draw.rectangle(letter, fill=(255, 255, 255))
    return image


def _sent(image: Image.Image, _chance: Chance) -> Image.Image:
    """As a messenger does: made smaller and saved at low quality."""
    small = (image.width * 2 // 3, image.height * 2 // 3)
    return _saved(image.resize(small, Image.Resampling.LANCZOS), 55)


CHANGES: dict[str, Change] = {
    "重新编码（质量40）": lambda image, _: _saved(image, 40),
    "缩小到三分之一": lambda image, _: image.resize((image.width // 3, image.height // 3)),
    "加水印": _marked,
    "微信压缩": _sent,
    "调亮25%": lambda image, _: ImageEnhance.Brightness(image).enhance(1.25),
    "裁边3%": lambda image, chance: _cropped(image, 0.03, chance),
    "裁边5%": lambda image, chance: _cropped(image, 0.05, chance),
    "裁边8%": lambda image, chance: _cropped(image, 0.08, chance),
    "裁边4%+水印+微信": lambda image, chance: _sent(
        _marked(_cropped(image, 0.04, chance), chance), chance
    ),
}


def hashes(image: Image.Image) -> list[int]:
    return [bits for bits in (dhash(image), dhash(image, RIM)) if bits is not None]


def recall(scenes: list[Image.Image]) -> Iterator[tuple[str, float]]:
    kept = [hashes(image) for image in scenes]
    for name, change in CHANGES.items():
        chance = Chance(7)
        found = sum(
            distance(hashes(change(image, chance)), one) <= NEAR_BITS
            for image, one in zip(scenes, kept, strict=True)
        )
        yield name, found / len(scenes)


def false_alarms(scenes: list[Image.Image]) -> tuple[int, int, int]:
    """Pairs of different scenes, how many of them are called alike, and the nearest distance."""
    apart = [distance(*pair) for pair in combinations([hashes(one) for one in scenes], 2)]
    return len(apart), sum(one <= NEAR_BITS for one in apart), min(apart)


def same_place(count: int) -> float:
    """The share of places whose photo of another day is called alike."""
    pairs = ((hashes(scene(seed)), hashes(scene(seed, day=1))) for seed in range(count))
    return sum(distance(*pair) <= NEAR_BITS for pair in pairs) / count


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else SCENES
    scenes = [scene(seed) for seed in range(count)]
    print(f"{count} 张照片，64 位指纹，阈值 {NEAR_BITS} 位")
    for name, share in recall(scenes):
        print(f"  找到 {share:7.1%}  {name}")
    pairs, alike, nearest = false_alarms(scenes)
    print(f"  误报 {alike} / {pairs} 对不同照片，最近的一对相差 {nearest} 位")
    print(f"  误报 {same_place(count):7.1%}  同一地点另一天拍摄")


if __name__ == "__main__":
    main()
