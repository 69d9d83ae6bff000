"""Which of the operator's layers a ticket lies in: kept when its place or a layer changes."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import delete, insert, select

from extensions import db
from issues.evidence.places import wgs84_to_gcj02
from issues.models import Issue, IssueLayer, MapSheet
from issues.supervision.geojson import Shape, holds, shapes_of
from issues.vocabulary import Status

MOST_KEPT = 32
CHUNK = 1000
SLACK = 0.02
"""Degrees the two datums may lie apart, and more."""


def place(issue: Issue, *, is_new: bool = False) -> None:
    """Bring the layers of one ticket in step with its point. Never commits.

    `is_new`: it is in none yet.
    """
    if is_new and (issue.lon is None or issue.lat is None):
        return
    db.session.flush()
    if not is_new:
        db.session.execute(delete(IssueLayer).where(IssueLayer.issue_id == issue.id))
    _keep(
        {"issue_id": issue.id, "sheet_id": sheet_id, "name": name}
        for sheet_id, _, is_gcj02, shapes in map(_read, _in_use())
        for name in _names(shapes, issue.lon, issue.lat, is_gcj02=is_gcj02)
    )


def lay(sheet: MapSheet) -> int:
    """Every ticket a new layer holds, and how many they are. Never commits."""
    shapes = shapes_of(sheet.document)
    lons, lats = zip(
        *(point for shape in shapes for ring in shape.rings for point in ring), strict=True
    )
    near = select(Issue.id, Issue.lon, Issue.lat).where(
        Issue.status != Status.TAKEN_BACK,
        Issue.lon.between(min(lons) - SLACK, max(lons) + SLACK),
        Issue.lat.between(min(lats) - SLACK, max(lats) + SLACK),
    )
    return _keep(
        {"issue_id": issue_id, "sheet_id": sheet.id, "name": name}
        for issue_id, lon, lat in db.session.execute(near).all()
        for name in _names(shapes, lon, lat, is_gcj02=sheet.is_gcj02)
    )


def lift(sheet: MapSheet) -> None:
    """Nothing lies in a layer that is in use no more. Never commits."""
    db.session.execute(delete(IssueLayer).where(IssueLayer.sheet_id == sheet.id))


class Known(NamedTuple):
    """A layer in use. The moment of its upload tells it from one of another database."""

    sheet_id: int
    uploaded_at: datetime


class Sheet(NamedTuple):
    sheet_id: int
    uploaded_at: datetime
    is_gcj02: bool
    shapes: list[Shape]


def outlines_of(sheet_id: int, uploaded_at: datetime) -> Sheet:
    """A layer as it was uploaded."""
    return _read(Known(sheet_id, uploaded_at))


def _in_use() -> list[Known]:
    rows = select(MapSheet.id, MapSheet.uploaded_at)
    rows = rows.where(MapSheet.ended_at.is_(None), MapSheet.is_boundary.is_(False))
    return [Known(*row) for row in db.session.execute(rows.order_by(MapSheet.id))]


@lru_cache(maxsize=MOST_KEPT)
def _read(known: Known) -> Sheet:
    """A sheet never changes, so it is read once a process."""
    row = db.session.execute(
        select(MapSheet.is_gcj02, MapSheet.document).where(MapSheet.id == known.sheet_id)
    ).one()
    return Sheet(*known, row.is_gcj02, shapes_of(row.document))


def _names(
    shapes: list[Shape], lon: float | None, lat: float | None, *, is_gcj02: bool
) -> set[str]:
    """The outlines of a layer that hold a point in WGS-84; an outline without a name is ""."""
    if lon is None or lat is None:
        return set()
    point = wgs84_to_gcj02(lon, lat) if is_gcj02 else (lon, lat)
    return {shape.name for shape in shapes if holds(shape, point)}


def _keep(rows: Iterable[dict[str, int | str]]) -> int:
    found = list(rows)
    for begin in range(0, len(found), CHUNK):
        db.session.execute(insert(IssueLayer), found[begin : begin + CHUNK])
    return len({row["issue_id"] for row in found})
