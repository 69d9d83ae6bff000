"""Outlines read from GeoJSON: names, codes and rings; or a sentence that says what is wrong."""

import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from issues.ground.documents import Unreadable, json_of

Point = tuple[float, float]
Ring = list[Point]

MOST_BYTES = 6 * 1024 * 1024
MOST_POINTS = 200_000
MOST_SHAPES = 500
LONGEST_NAME = 40
WEST, EAST, SOUTH, NORTH = 73.0, 136.0, 3.0, 54.0
CLOSED, OPEN = {"Polygon": 0, "MultiPolygon": 1}, {"LineString": -1, "MultiLineString": 0}


_DEGREES = re.compile(
    r"CRS:?84|(?<!\d)(?:4326|4490)(?!\d)|WGS[ _-]?(?:19)?84$|CGCS[ _-]?2000$", re.IGNORECASE
)
"""Datums of longitude and latitude as a file names them; CGCS2000 differs by centimetres."""


class NotAMap(Exception):
    """`sentence` says what is wrong with the file."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class Shape(NamedTuple):
    """One feature. `code` is empty where the file gives none; open lines are not filled."""

    code: str
    name: str
    rings: list[Ring]
    is_closed: bool


def holds(shape: Shape, point: Point) -> bool:
    """Whether a ray to the right crosses the outline, holes and all, an odd number of times."""
    if not shape.is_closed:
        return False
    x, y = point
    crossed = sum(
        (b > y) != (d > y) and x < (c - a) * (y - b) / (d - b) + a
        for ring in shape.rings
        for (a, b), (c, d) in zip(ring, ring[1:] + ring[:1], strict=True)
    )
    return crossed % 2 == 1


def document_of(content: bytes) -> dict[str, Any]:
    """Raises NotAMap."""
    try:
        document = json_of(content, MOST_BYTES)
    except Unreadable as wrong:
        raise NotAMap(f"读不懂这个文件：{wrong.sentence}") from None
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise NotAMap("不是 GeoJSON 要素集合（FeatureCollection）")
    return document


def shapes_of(document: dict[str, Any]) -> list[Shape]:
    """Every outline of the document. Raises NotAMap."""
    _refuse_other_datum(document)
    features = document.get("features")
    if not isinstance(features, list) or not features:
        raise NotAMap("文件里没有任何要素")
    if len(features) > MOST_SHAPES:
        raise NotAMap(f"要素超过{MOST_SHAPES}个，请分成几份")
    shapes = [_shape(place, feature) for place, feature in enumerate(features, start=1)]
    if sum(len(ring) for shape in shapes for ring in shape.rings) > MOST_POINTS:
        raise NotAMap(f"坐标点超过{MOST_POINTS}个，请先简化")
    return shapes


def _refuse_other_datum(document: dict[str, Any]) -> None:
    """Where a file names its datum it is one we read: another's degrees are metres away."""
    if (said := document.get("crs")) is None:
        return
    facts = said.get("properties") if isinstance(said, dict) else None
    name = str(facts.get("name", "") if isinstance(facts, dict) else "").strip()
    if not _DEGREES.search(name):
        called = f"“{name[:LONGEST_NAME]}”" if name else "没有名称"
        raise NotAMap(
            f"文件写明的坐标系{called}，不是国家大地坐标（CGCS2000）的经纬度，请转换后上传"
        )


def _shape(place: int, feature: Any) -> Shape:
    try:
        kind, held = feature["geometry"]["type"], feature["geometry"]["coordinates"]
        facts = feature.get("properties") or {}
        code, name = (_word(facts, *keys) for keys in (("adcode", "code"), ("name", "名称")))
        if kind not in CLOSED | OPEN:
            raise NotAMap(f"第{place}个要素不是面或线")
        rings = [_ring(ring) for ring in _rings(held, (CLOSED | OPEN)[kind])]
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise NotAMap(f"第{place}个要素缺少几何或坐标") from None
    if not all(_is_in_china(point) for ring in rings for point in ring):
        raise NotAMap(f"第{place}个要素的坐标不是经度、纬度，或不在国内")
    return Shape(code, name, rings, kind in CLOSED)


def _word(facts: dict[str, Any], *names: str) -> str:
    found = next((facts[name] for name in names if facts.get(name)), "")
    return str(found)[:LONGEST_NAME]


def _rings(held: list[Any], depth: int) -> Iterator[list[Any]]:
    if depth < 0:
        yield held
    elif depth == 0:
        yield from held
    else:
        for part in held:
            yield from part


def _ring(points: list[Any]) -> Ring:
    return [(float(point[0]), float(point[1])) for point in points]


def _is_in_china(point: Point) -> bool:
    lon, lat = point
    return math.isfinite(lon) and WEST <= lon <= EAST and SOUTH <= lat <= NORTH
