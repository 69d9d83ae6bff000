"""The operator's own maps: boundaries with their review number, and layers laid over them."""

import gzip
import zlib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select, union_all
from sqlalchemy.orm import defer

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues import audit
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, NotFound
from issues.models import MapSheet, Region
from issues.regions import DRIVEN
from issues.rights.table import Right, holds
from issues.rules.dates.bounds import until_today
from issues.supervision import layers
from issues.supervision.geojson import MOST_BYTES, NotAMap, Shape, document_of, shapes_of
from issues.vocabulary import LayerKind, MapAct, Subject

LONGEST = 40
LONGEST_OWNER = 80
INSTALLED = Path("vendor", "map")
"""Below the static folder: the outlines set-up installs, a file for each city, in GCJ-02."""


class Apart(NamedTuple):
    """What a layer sets apart, since when, and whose it is; nothing where it sets nothing apart."""

    kind: LayerKind | None = None
    dated_on: date | None = None
    owner: str = ""
    document_number: str = ""


NOTHING = Apart()


def upload(
    actor: Actor, name: str, review_number: str, content: bytes,
    *, is_boundary: bool, is_gcj02: bool, apart: Apart = NOTHING,
) -> MapSheet:  # fmt: skip
    """Keep a GeoJSON; a new boundary takes the place of the one before. Never commits."""
    _require(actor)
    errors = {}
    if not 0 < len(name) <= LONGEST:
        errors["name"] = [f"请写明是什么地图，最多{LONGEST}字"]
    if len(review_number) > LONGEST or (is_boundary and not review_number):
        errors["review_number"] = [f"行政区划边界须填写审图号，最多{LONGEST}字"]
    errors |= _faults(apart, is_boundary=is_boundary)
    try:
        document, shapes = _read(content, is_boundary=is_boundary)
    except NotAMap as wrong:
        errors["file"] = [wrong.sentence]
    if errors:
        raise Incomplete(errors)
    row = MapSheet(
        layer_kind=apart.kind, dated_on=apart.dated_on, owner=apart.owner,
        document_number=apart.document_number,
        is_boundary=is_boundary, name=name, review_number=review_number, is_gcj02=is_gcj02,
        document=document, uploaded_at=clock.now(), uploaded_by_id=actor.id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    detail: dict[str, Any] = {"review_number": review_number, "shapes": len(shapes)}
    if apart.kind:
        detail |= {name: str(value) for name, value in apart._asdict().items()}
    if not is_boundary:
        detail["tickets"] = layers.lay(row)
    audit.record(
        Subject.MAP, row.id, MapAct.UPLOAD, actor, at=clock.now(), reason=name, detail=detail
    )
    return row


def _faults(apart: Apart, *, is_boundary: bool) -> dict[str, list[str]]:
    """What sets something apart says since when and whose it is."""
    errors = {
        name: [f"最多{LONGEST_OWNER}个字"]
        for name in ("owner", "document_number")
        if len(getattr(apart, name)) > LONGEST_OWNER
    }
    if apart.kind is None:
        return errors
    if is_boundary:
        errors["layer_kind"] = ["行政区划边界没有管控类别"]
    if apart.dated_on is None:
        errors["dated_on"] = ["请填写数据日期"]
    elif said := until_today("数据日期", clock.today()).why_not(apart.dated_on):
        errors["dated_on"] = [said]
    if not apart.owner:
        errors["owner"] = ["请填写责任单位"]
    return errors


def _read(content: bytes, *, is_boundary: bool) -> tuple[dict[str, Any], list[Shape]]:
    """Raises NotAMap."""
    if len(content) > MOST_BYTES:
        raise NotAMap(f"文件超过{MOST_BYTES // 1024 // 1024}MB，请先简化")
    document = document_of(content)
    shapes = shapes_of(document)
    words = _words()
    codes = [words.get(shape.code) or words.get(shape.name) for shape in shapes]
    if is_boundary and not any(codes):
        raise NotAMap("没有一个要素的名称或代码是本市的县（区）、园区")
    for feature, code in zip(document["features"], codes, strict=True):
        if code:  # kept by the unit's own code, whatever the file calls it
            feature["properties"] = {**(feature.get("properties") or {}), "adcode": code}
    return document, shapes


def end(actor: Actor, sheet_id: int) -> MapSheet:
    """The map is drawn no more; what lay under it before is."""
    _require(actor)
    row = db.session.get(MapSheet, sheet_id, with_for_update=True)
    if row is None:
        raise NotFound
    if row.ended_at is None:
        row.ended_at = clock.now()
        layers.lift(row)
        audit.record(Subject.MAP, row.id, MapAct.END, actor, at=clock.now(), reason=row.name)
    return row


def sheets() -> list[MapSheet]:
    """Every map ever uploaded without what it holds, the newest first."""
    rows = select(MapSheet).options(defer(MapSheet.document)).order_by(MapSheet.id.desc())
    return list(db.session.scalars(rows))


def drawn() -> list[MapSheet]:
    """The boundary in use, where there is one, and the layers, the oldest first. One statement."""
    rows = list(
        db.session.scalars(
            select(MapSheet).where(MapSheet.ended_at.is_(None)).order_by(MapSheet.id)
        )
    )
    boundaries = [row for row in rows if row.is_boundary][-1:]
    return boundaries + [row for row in rows if not row.is_boundary]


def layer_names() -> dict[str, str]:
    """The layers in use by what the register's filter calls them. One statement."""
    rows = select(MapSheet.id, MapSheet.name).where(
        MapSheet.ended_at.is_(None), MapSheet.is_boundary.is_(False)
    )
    return {str(id_): name for id_, name in db.session.execute(rows.order_by(MapSheet.id))}


@lru_cache(maxsize=2)
def installed(static_folder: Path, city: str) -> list[Shape]:
    """A city's outlines of set-up; none where they are not installed or cannot be read."""
    try:
        packed = (static_folder / INSTALLED / f"{city}.json.gz").read_bytes()
        return shapes_of(document_of(gzip.decompress(packed)))
    except (OSError, EOFError, zlib.error, NotAMap):
        return []


def _words() -> dict[str, str]:
    """Code, name or short name of a county, a zone or any unit to its code. One statement."""
    units = select(Unit.code, Unit.name, Unit.short_name)
    places = select(Region.code, Region.name, Region.name).where(Region.kind.in_(DRIVEN))
    words: dict[str, str] = {}
    for code, name, short in db.session.execute(union_all(units, places)):
        words |= {code: code, name: code, short: code}
    return words


def _require(actor: Actor) -> None:
    if not holds(actor, Right.MAPS):
        raise NotAllowed("您没有管理地图的权限。")
