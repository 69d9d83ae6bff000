"""How many points a picture may have, by its decoder; read by the decoder and told on the page."""

MEGAPIXEL = 1_000_000
PIXELS = {
    "JPEG": 120 * MEGAPIXEL,
    "PNG": 40 * MEGAPIXEL,
    "HEIF": 50 * MEGAPIXEL,
    "WEBP": 16 * MEGAPIXEL,
}
"""What a decoder holds differs: a large JPEG is decoded at an eighth, unless progressive."""
PROGRESSIVE_PIXELS = 40 * MEGAPIXEL
