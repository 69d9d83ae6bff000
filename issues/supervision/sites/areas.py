"""Areas on the ground: outlines as planes that can be laid over each other, and what they measure.

The plane in which areas are measured is the cylindrical equal-area one of the WGS-84 ellipsoid:
an area in it is that on the ground, wherever it lies.
"""

import math
from collections.abc import Callable

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from issues.evidence.places import gcj02_to_wgs84, wgs84_to_gcj02
from issues.supervision.geojson import Shape

SEMI_MAJOR = 6_378_137.0
FLATTENING = 1 / 298.257223563
SQUARED = FLATTENING * (2 - FLATTENING)
ECCENTRICITY = math.sqrt(SQUARED)
STEP = 0.02
"""Degrees: edges are straight in longitude and latitude, and bent in the other planes."""
FEWEST = 3
Coordinates = NDArray[np.float64]
Move = Callable[[float, float], tuple[float, float]]


def plane_of(shape: Shape) -> BaseGeometry:
    """What lies within an odd number of its rings; of open lines, the lines themselves."""
    if not shape.is_closed:
        return shapely.multilinestrings(
            [shapely.linestrings(ring) for ring in shape.rings if len(ring) > 1]
        )
    filled: BaseGeometry = shapely.Polygon()
    for ring in shape.rings:
        if len(ring) >= FEWEST:
            filled = filled.symmetric_difference(shapely.make_valid(shapely.Polygon(ring)))
    return faces_of(filled)


def faces_of(geometry: BaseGeometry) -> BaseGeometry:
    """Only what has an area: where two outlines merely touch, nothing."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.union_all([part for part in parts if part.geom_type == "Polygon"])


def area_m2(plane: BaseGeometry) -> float:
    """Square metres on the ellipsoid, of a plane in degrees of WGS-84."""
    fine = shapely.segmentize(plane, STEP)
    return float(shapely.area(shapely.transform(fine, _equal_area)))


def in_gcj02(plane: BaseGeometry) -> BaseGeometry:
    return _moved(plane, wgs84_to_gcj02)


def in_wgs84(plane: BaseGeometry) -> BaseGeometry:
    return _moved(plane, gcj02_to_wgs84)


def in_metres(plane: BaseGeometry, lon: float, lat: float) -> BaseGeometry:
    """East and north of a point, near it: for distances of some kilometres."""
    across = math.cos(math.radians(lat))
    degree = math.radians(1) * SEMI_MAJOR

    def put(points: Coordinates) -> Coordinates:
        return (points - (lon, lat)) * (across * degree, degree)

    return shapely.transform(plane, put)


def _moved(plane: BaseGeometry, move: Move) -> BaseGeometry:
    def put(points: Coordinates) -> Coordinates:
        return np.array([move(float(lon), float(lat)) for lon, lat in points]).reshape(-1, 2)

    return shapely.transform(shapely.segmentize(plane, STEP), put)


def _equal_area(points: Coordinates) -> Coordinates:
    sine = np.sin(np.radians(points[:, 1]))
    curved = ECCENTRICITY * sine
    authalic = (1 - SQUARED) * (sine / (1 - curved**2) + np.arctanh(curved) / ECCENTRICITY)
    return np.column_stack((SEMI_MAJOR * np.radians(points[:, 0]), SEMI_MAJOR * authalic / 2))
