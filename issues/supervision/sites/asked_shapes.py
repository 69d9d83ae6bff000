"""The place a person asks about: a point, corners typed one a line, or an uploaded outline."""

import re
from typing import Any, NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from issues.ground.documents import Unreadable, json_of
from issues.ground.refusals import Incomplete
from issues.supervision.geojson import (
    EAST,
    NORTH,
    SOUTH,
    WEST,
    NotAMap,
    Shape,
    shapes_of,
)
from issues.supervision.sites.areas import in_wgs84, plane_of

GCJ02 = "gcj02"
MOST_BYTES = 1024 * 1024
MOST_CORNERS, MOST_POINTS, FEWEST = 200, 5000, 3
TOO_BIG = "文件超过1MB，请先简化"
OUTSIDE = "坐标不是经度、纬度，或不在国内"
CROSSED = "，边线有交叉，只计围住单数次的部分"
_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{1,15})?")
_BETWEEN = re.compile(r"[\s,，、;；]+")


class Asked(NamedTuple):
    """In WGS-84. `words` says what was asked about."""

    plane: BaseGeometry
    words: str

    @property
    def is_point(self) -> bool:
        return self.plane.geom_type == "Point"


def point_of(lon: str, lat: str, *, is_gcj02: bool) -> Asked:
    """Raises Incomplete."""
    said = {"lon": _number(lon), "lat": _number(lat)}
    errors = {name: ["请填写小数度"] for name, value in said.items() if value is None}
    x, y = said["lon"], said["lat"]
    if x is not None and y is not None and not _is_inside(x, y):
        errors["lon"] = [OUTSIDE]
    if errors or x is None or y is None:
        raise Incomplete(errors)
    return _asked(shapely.Point(x, y), f"点位 {x:g}，{y:g}", is_gcj02=is_gcj02)


def corners_of(text: str, *, is_gcj02: bool) -> Asked:
    """Raises Incomplete."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not FEWEST <= len(lines) <= MOST_CORNERS:
        raise Incomplete({"corners": [f"请逐行填写{FEWEST}至{MOST_CORNERS}个角点"]})
    ring = [_corner(place, line) for place, line in enumerate(lines, start=1)]
    plane = shapely.Polygon(ring)
    if not plane.is_valid or plane.is_empty:
        raise Incomplete({"corners": ["各点连成的边线有交叉或重合，请沿边界依次填写"]})
    return _asked(plane, f"{len(ring)}个角点围成的范围", is_gcj02=is_gcj02)


def uploaded(content: bytes, *, is_gcj02: bool) -> Asked:
    """GeoJSON: an outline, a feature or a collection. Raises Incomplete."""
    if len(content) > MOST_BYTES:
        raise Incomplete({"file": [TOO_BIG]})
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in {b"", b"{", b"["}:
        raise Incomplete({"file": ["不是GeoJSON，KML、SHP等格式请先转换成GeoJSON"]})
    try:
        return drawn(collection_of(json_of(content, MOST_BYTES)), is_gcj02=is_gcj02)
    except Unreadable as wrong:
        raise Incomplete({"file": [f"读不懂这个文件：{wrong.sentence}"]}) from None
    except NotAMap as wrong:
        raise Incomplete({"file": [wrong.sentence]}) from None


def collection_of(outline: Any) -> dict[str, Any]:
    """An outline or a feature as the collection it stands for. Raises NotAMap."""
    if not isinstance(outline, dict):
        raise NotAMap("不是GeoJSON")
    if outline.get("type") == "FeatureCollection":
        return outline
    is_feature = outline.get("type") == "Feature"
    feature = outline if is_feature else {"type": "Feature", "geometry": outline}
    return {"type": "FeatureCollection", "features": [feature], "crs": outline.get("crs")}


def drawn(document: dict[str, Any], *, is_gcj02: bool) -> Asked:
    """Raises NotAMap."""
    shapes = shapes_of(document)
    if not all(shape.is_closed for shape in shapes):
        raise NotAMap("只能核对面，文件里有线")
    if sum(len(ring) for shape in shapes for ring in shape.rings) > MOST_POINTS:
        raise NotAMap(f"坐标点超过{MOST_POINTS}个，请先简化")
    plane = shapely.union_all([plane_of(shape) for shape in shapes])
    if plane.is_empty:
        raise NotAMap("文件里的面没有面积")
    words = f"{_named(shapes)}{CROSSED if any(map(_crosses, shapes)) else ''}"
    return _asked(plane, words, is_gcj02=is_gcj02)


def _crosses(shape: Shape) -> bool:
    return any(not shapely.Polygon(ring).is_valid for ring in shape.rings if len(ring) > FEWEST)


def _named(shapes: list[Shape]) -> str:
    names = "、".join(dict.fromkeys(shape.name for shape in shapes if shape.name))
    return f"上传的范围（{names[:60]}）" if names else "上传的范围"


def _corner(place: int, line: str) -> tuple[float, float]:
    parts = [_number(part) for part in _BETWEEN.split(line)]
    if len(parts) != 2 or parts[0] is None or parts[1] is None:  # noqa: PLR2004 - a pair
        raise Incomplete({"corners": [f"第{place}行应是“经度，纬度”"]})
    if not _is_inside(parts[0], parts[1]):
        raise Incomplete({"corners": [f"第{place}行的{OUTSIDE}"]})
    return parts[0], parts[1]


def _number(text: str) -> float | None:
    return float(text) if _NUMBER.fullmatch(text.strip()) else None


def _is_inside(lon: float, lat: float) -> bool:
    return WEST <= lon <= EAST and SOUTH <= lat <= NORTH


def _asked(plane: BaseGeometry, words: str, *, is_gcj02: bool) -> Asked:
    return Asked(in_wgs84(plane) if is_gcj02 else plane, words)
