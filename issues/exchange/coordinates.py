"""A point in degrees, east and north, as a cell writes it behind a place."""

import re

EAST, NORTH = (73.0, 136.0), (3.0, 54.0)
"""Degrees between which China lies."""
SWAPPED, ABROAD = "经度和纬度写反了，请先写经度", "坐标不在中国境内，请核对"
_BEHIND = re.compile(r"\((-?\d+(?:\.\d+)?)[,、;](-?\d+(?:\.\d+)?)\)\Z")


def behind(words: str) -> tuple[int, float, float] | None:
    """Where the brackets begin at the end of half-width words, and the two figures in them."""
    match = _BEHIND.search(words)
    return (match.start(), float(match[1]), float(match[2])) if match else None


def wrong(lon: float, lat: float) -> str:
    """Why this is no point of China; "" where it is one."""
    if EAST[0] <= lon <= EAST[1] and NORTH[0] <= lat <= NORTH[1]:
        return ""
    return SWAPPED if EAST[0] <= lat <= EAST[1] and NORTH[0] <= lon <= NORTH[1] else ABROAD
