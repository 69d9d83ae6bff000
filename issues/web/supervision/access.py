"""准入: which layers a point or an outline meets, what lies near, and on whose word."""

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from issues.act_fields import optional
from issues.ground import clock, signs
from issues.ground.numbers import whole
from issues.ground.refusals import Incomplete
from issues.queries.supervision import sites as queries
from issues.queries.supervision.sites import NEARS, USUAL, Site
from issues.rights.table import Right, holds
from issues.supervision.sites import asked_shapes
from issues.supervision.sites.asked_shapes import GCJ02, Asked
from issues.web.door import drawing, forms
from issues.web.door.guards import actor, requires
from issues.web.door.turns import builds_file
from issues.web.supervision import site_drawing

blueprint = Blueprint("sites", __name__)
DATUM = optional(
    "datum", "choice", "坐标系",
    choices=(
        ("wgs84", "国家大地坐标（CGCS2000、卫星定位）"), (GCJ02, "国测局坐标（高德、腾讯等地图）"),
    ),
)  # fmt: skip
NEAR = optional(
    "near", "choice", "周边范围", choices=tuple((str(one), f"{one}米") for one in NEARS)
)
POINT = (
    optional("lon", "text", "经度", limit=20, hint="小数度，如104.731"),
    optional("lat", "text", "纬度", limit=20, hint="小数度，如31.462"),
)
CORNERS = optional(
    "corners", "long_text", "角点", limit=10_000,
    hint="沿边界依次填写，一行一个“经度，纬度”，3至200个。",
)  # fmt: skip
FILE = optional(
    "file", "file", "范围文件", hint="GeoJSON 的面，不超过1MB；选了文件就不看点位和角点。"
)
SHAPE = (CORNERS, FILE)
COMMON = (DATUM, NEAR)
LABELS = {one.name: one.label for one in (*POINT, *SHAPE, *COMMON)}


@blueprint.get("/access")
@requires(Right.CHECK_SITE)
@builds_file
def page() -> ResponseReturnValue:
    """With a point in the address, the answer for it."""
    args = {name: signs.clean(request.args.get(name, "")).strip()[:24] for name in LABELS}
    if not (args["lon"] or args["lat"]):
        return _drawn(None, args)
    try:
        asked = asked_shapes.point_of(args["lon"], args["lat"], is_gcj02=args["datum"] == GCJ02)
    except Incomplete as refusal:
        return make_response(_drawn(None, args, refusal), refusal.status)
    return _drawn(asked, args)


@blueprint.post("/access")
@requires(Right.CHECK_SITE)
@builds_file
def shape() -> ResponseReturnValue:
    """Nothing is kept of what was sent."""
    said = forms.typed((*POINT, CORNERS, *COMMON))
    is_gcj02 = said["datum"] == GCJ02
    try:
        if (file := forms.file("file")) is not None:
            content = file.stream.read(asked_shapes.MOST_BYTES + 1)
            asked = asked_shapes.uploaded(content, is_gcj02=is_gcj02)
        elif said["corners"].strip() or not (said["lon"] or said["lat"]):
            asked = asked_shapes.corners_of(said["corners"], is_gcj02=is_gcj02)
        else:
            asked = asked_shapes.point_of(said["lon"], said["lat"], is_gcj02=is_gcj02)
    except Incomplete as refusal:
        return make_response(_drawn(None, said, refusal), refusal.status)
    return _drawn(asked, said)


def _checked(asked: Asked, near: str) -> Site:
    within = whole(near, NEARS[0], NEARS[-1])
    return queries.check(asked, actor(), within if within in NEARS else USUAL)


def _drawn(asked: Asked | None, said: dict[str, str], refusal: Incomplete | None = None) -> str:
    current = {"datum": "wgs84", "near": str(USUAL)} | {k: v for k, v in said.items() if v}
    fields = drawing.draw(
        (*POINT, *SHAPE, *COMMON), None, actor(), current, refusal.errors if refusal else {}
    )
    return render_template(
        "supervision/site.html",
        site=_checked(asked, said["near"]) if asked else None,
        picture=site_drawing.picture(asked),
        form={one.name: one for one in fields},
        errors=refusal.errors if refusal else {},
        labels=LABELS,
        at=clock.now(),
        most_names=queries.MOST_NAMES,
        sees_polluters=holds(actor(), Right.POLLUTERS),
    )
