"""准入: which layers a point or an outline meets, and what lies near. Nothing is written."""

from datetime import date, datetime
from typing import Annotated, Any

from flask import Blueprint, Response, request

from issues.act_fields import optional
from issues.act_fields.details import read_details
from issues.api.door import sent
from issues.api.door.answers import shaped
from issues.api.openapi import bodies
from issues.api.openapi.described import describes
from issues.ground import clock
from issues.ground.numbers import whole
from issues.ground.refusals import Incomplete
from issues.ground.shape import Shape
from issues.queries.supervision import sites as queries
from issues.queries.supervision.sites import NEARS, USUAL, Site
from issues.rights.table import Right
from issues.supervision.geojson import NotAMap
from issues.supervision.sites import asked_shapes
from issues.supervision.sites.asked_shapes import GCJ02, MOST_BYTES, TOO_BIG, Asked
from issues.vocabulary import LayerKind
from issues.web.door.guards import actor, requires
from issues.web.door.turns import builds_file

blueprint = Blueprint("access", __name__)
TAG = "准入"
WGS84 = "wgs84"
FIELDS = (
    optional("lon", "decimal", "经度"),
    optional("lat", "decimal", "纬度"),
    optional("datum", "choice", "坐标系，不填为WGS-84",
             choices=((WGS84, "WGS-84或CGCS2000"), (GCJ02, "GCJ-02"))),
    optional("within", "choice", "周边范围（米），不填为1000",
             choices=tuple((str(one), f"{one}米") for one in NEARS)),
)  # fmt: skip
SHAPE = "shape"
BODY = bodies.of_fields(FIELDS)
BODY = BODY | {"properties": BODY["properties"] | {
    SHAPE: {"type": "object", "title": "范围：GeoJSON的面、要素或要素集合，不与点位同填"},
}}  # fmt: skip


class MetLayer(Shape):
    name: Annotated[str, "图层"]
    kind: Annotated[LayerKind, "类别"]
    dated_on: Annotated[date, "数据日期"]
    owner: Annotated[str, "责任单位"]
    document_number: Annotated[str | None, "批准文号"]
    met: Annotated[bool, "是否重叠"]
    names: Annotated[list[Annotated[str, "名称"]], "重叠之处的名称"]
    area: Annotated[float | None, "重叠面积（平方米）；点、线为null"]
    share: Annotated[float | None, "占范围的比例，0至1"]


class NearTicket(Shape):
    number: Annotated[str, "编号"]
    title: Annotated[str, "问题"]
    metres: Annotated[int, "距离（米），范围内为0"]


class NearPolluter(Shape):
    id: Annotated[int, "标识"]
    name: Annotated[str, "名称"]
    metres: Annotated[int, "距离（米），范围内为0"]


class Access(Shape, heading="准入核对结果"):
    asked: Annotated[str, "核对的点位或范围"]
    at: Annotated[datetime, "核对时间"]
    area: Annotated[float | None, "范围面积（平方米）；点位为null"]
    layers: Annotated[list[MetLayer], "在用的各图层"]
    lacking: Annotated[list[Annotated[LayerKind, "类别"]], "没有图层、没有核对的类别"]
    within: Annotated[int, "周边范围（米）"]
    tickets: Annotated[list[NearTicket], "附近的问题"]
    more_tickets: Annotated[int, "没有列出的问题数"]
    polluters: Annotated[list[NearPolluter], "附近的污染源"]
    more_polluters: Annotated[int, "没有列出的污染源数"]


@blueprint.post("/access")
@describes(TAG, "核对一个点位或范围与哪些图层重叠；什么也不写", answer=Access, body=BODY)
@requires(Right.CHECK_SITE)
@builds_file
def check() -> Response:
    if (request.content_length or 0) > MOST_BYTES:
        raise Incomplete({SHAPE: [TOO_BIG]})
    given = sent.body()
    outline = given.pop(SHAPE, None) if isinstance(given, dict) else None
    values = read_details(FIELDS, given, None)
    within = whole(values["within"] or "", NEARS[0], NEARS[-1]) or USUAL
    site = queries.check(_asked(values, outline), actor(), within)
    return shaped(_told(site))


def _asked(values: dict[str, Any], outline: Any) -> Asked:
    """Raises Incomplete."""
    is_gcj02 = values["datum"] == GCJ02
    has_point = values["lon"] is not None or values["lat"] is not None
    if (outline is None) is not has_point:
        raise Incomplete({SHAPE: ["请填点位或范围，只填一种"]})
    if has_point:
        lon, lat = (_figure(values[name]) for name in ("lon", "lat"))
        return asked_shapes.point_of(lon, lat, is_gcj02=is_gcj02)
    try:
        return asked_shapes.drawn(asked_shapes.collection_of(outline), is_gcj02=is_gcj02)
    except NotAMap as wrong:
        raise Incomplete({SHAPE: [wrong.sentence]}) from None


def _figure(value: Any) -> str:
    return "" if value is None else f"{value:.9f}"


def _told(site: Site) -> Access:
    return Access.of(
        site,
        asked=site.words,
        at=clock.now(),
        layers=[
            MetLayer.of(
                layer, met=layer.is_met, document_number=layer.document_number or None
            )
            for layer in site.layers
        ],
        tickets=[NearTicket(number=one.key, title=one.name, metres=one.metres)
                 for one in site.tickets],
        polluters=[NearPolluter(id=one.key, name=one.name, metres=one.metres)
                   for one in site.polluters],
    )  # fmt: skip
