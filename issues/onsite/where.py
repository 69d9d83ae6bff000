"""Where a point lies: in which county's outline, and whether that is the one that was chosen."""

from collections.abc import Sequence
from typing import NamedTuple

from issues.evidence.places import wgs84_to_gcj02
from issues.supervision.geojson import Shape, holds

OUTSIDE = "这个位置在本市各县（区）界线之外，请核对。"
UNKNOWN = "没有县（区）界线数据，无法核对位置在哪个县（区）。"


class Where(NamedTuple):
    """`code` and `name` are empty outside every county; `warning`: what is to be looked at."""

    code: str
    name: str
    warning: str


def where(
    lon: float, lat: float, counties: Sequence[tuple[str, str]], shapes: Sequence[Shape],
    chosen: str,
) -> Where:  # fmt: skip
    """Of a point in WGS-84. `counties`: (code, name); `shapes` in GCJ-02; `chosen`: a code."""
    point = wgs84_to_gcj02(lon, lat)
    known = [
        (code, name, shape)
        for code, name in counties
        for shape in shapes
        if shape.is_closed and (shape.code or shape.name) in (code, name)
    ]
    if not known:
        return Where("", "", UNKNOWN)
    for code, name, shape in known:
        if holds(shape, point):
            return Where(code, name, _differs(code, name, dict(counties), chosen))
    return Where("", "", OUTSIDE)


def _differs(code: str, name: str, counties: dict[str, str], chosen: str) -> str:
    if chosen in ("", code) or chosen not in counties:
        return ""
    return f"这个位置在{name}，与所选的{counties[chosen]}不一致，请核对。"
