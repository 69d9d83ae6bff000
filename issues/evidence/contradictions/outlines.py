"""The county a point lies in, by the outlines the operator uploaded; nobody's without them."""

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import select

from extensions import db
from issues.evidence.places import wgs84_to_gcj02
from issues.models import MapSheet
from issues.supervision.geojson import Shape, holds, shapes_of

MOST_KEPT = 4


class Known(NamedTuple):
    """The boundary in use. The moment of its upload tells it from one of another database."""

    sheet_id: int
    uploaded_at: datetime
    is_gcj02: bool


def boundary() -> Known | None:
    """One statement."""
    rows = select(MapSheet.id, MapSheet.uploaded_at, MapSheet.is_gcj02)
    rows = rows.where(MapSheet.ended_at.is_(None), MapSheet.is_boundary.is_(True))
    found = db.session.execute(rows.order_by(MapSheet.id.desc()).limit(1)).first()
    return Known(*found) if found else None


def region_at(known: Known, lon: float, lat: float) -> str:
    """The code of the one outline that holds the point as either datum; else empty."""
    points = ((lon, lat), wgs84_to_gcj02(lon, lat)) if known.is_gcj02 else ((lon, lat),)
    found = {
        shape.code for point in points for shape in _shapes(known) if holds(shape, point)
    }  # fmt: skip
    return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=MOST_KEPT)
def _shapes(known: Known) -> list[Shape]:
    """A sheet never changes, so it is read once a process."""
    document = db.session.scalars(
        select(MapSheet.document).where(MapSheet.id == known.sheet_id)
    ).one()
    return shapes_of(document)
