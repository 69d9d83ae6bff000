"""Points on the map: WGS-84 and GCJ-02, and the distance between two of them.

Photos carry WGS-84; maps published in China are drawn in GCJ-02, a few hundred metres off.
"""

import math

_AXIS = 6_378_245.0  # Krasovsky 1940, which GCJ-02 is defined upon
_ECCENTRICITY = 0.006_693_421_622_965_943
_EARTH_RADIUS_M = 6_371_008.8
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
_INVERSE_STEPS = 6  # each step gains about three digits; six reach the floor of a double


def wgs84_to_gcj02(lon: float, lat: float) -> tuple[float, float]:
    """(lon, lat) in GCJ-02. Outside China the two are the same."""
    if not _in_china(lon, lat):
        return lon, lat
    east, north = _shift(lon - 105.0, lat - 35.0)
    angle = math.radians(lat)
    root = 1 - _ECCENTRICITY * math.sin(angle) ** 2
    meridian = _AXIS * (1 - _ECCENTRICITY) / (root * math.sqrt(root))
    normal = _AXIS / math.sqrt(root)
    return (
        lon + math.degrees(east / (normal * math.cos(angle))),
        lat + math.degrees(north / meridian),
    )


def gcj02_to_wgs84(lon: float, lat: float) -> tuple[float, float]:
    """(lon, lat) in WGS-84, found by iteration: the shift has no closed inverse."""
    if not _in_china(lon, lat):
        return lon, lat
    guess_lon, guess_lat = lon, lat
    for _ in range(_INVERSE_STEPS):
        drawn_lon, drawn_lat = wgs84_to_gcj02(guess_lon, guess_lat)
        guess_lon += lon - drawn_lon
        guess_lat += lat - drawn_lat
    return guess_lon, guess_lat


def distance_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Metres between two points of one datum, along the great circle."""
    half_lat = math.radians(other_lat - lat) / 2
    half_lon = math.radians(other_lon - lon) / 2
    chord = math.sin(half_lat) ** 2 + (
        math.cos(math.radians(lat)) * math.cos(math.radians(other_lat)) * math.sin(half_lon) ** 2
    )
    return 2 * _EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(chord)))


def _in_china(lon: float, lat: float) -> bool:
    """The rectangle the published shift is applied in."""
    return _WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH


def _shift(x: float, y: float) -> tuple[float, float]:
    """Metres east and north at an offset in degrees from 105°E 35°N."""
    wave = 20 * math.sin(6 * x * math.pi) + 20 * math.sin(2 * x * math.pi)
    root = math.sqrt(abs(x))
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (wave + _swell(x, 150, 300)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (wave + _swell(y, 160, 320)) * 2 / 3
    return east, north


def _swell(offset: float, twelfth: float, thirtieth: float) -> float:
    return (
        20 * math.sin(offset * math.pi)
        + 40 * math.sin(offset / 3 * math.pi)
        + twelfth * math.sin(offset / 12 * math.pi)
        + thirtieth * math.sin(offset / 30 * math.pi)
    )
