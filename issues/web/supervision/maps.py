"""The operator's own maps: the boundaries and layers in use, a new one, and the end of one."""

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from extensions import transaction
from issues.act_fields import Field, optional
from issues.act_fields.field import PAST
from issues.ground.refusals import Incomplete
from issues.rights.table import Right
from issues.supervision import maps
from issues.vocabulary import LayerKind
from issues.web.board.map import installed
from issues.web.door import drawing, forms
from issues.web.door.guards import actor, requires

blueprint = Blueprint("map_sheets", __name__)
MOST_FORM = maps.MOST_BYTES + 1
FIELDS = (
    optional(
        "kind", "choice", "用作", choices=(("boundary", "行政区划边界"), ("layer", "叠加图层"))
    ),
    Field(
        "name", "text", "名称", limit=maps.LONGEST, hint="如 全市标准地图（县级）",
        asks=f"请写明是什么地图，最多{maps.LONGEST}字",
    ),
    optional(
        "review_number", "text", "审图号", limit=maps.LONGEST,
        hint="行政区划边界必填，如 川S〔2025〕0001号",
    ),
    optional(
        "layer_kind", "choice", "管控类别", choices=tuple(LayerKind.choices()),
        hint="叠加图层属于管控区的选填；选了才参加“准入”核对，须填数据日期和责任单位。",
    ),
    optional("dated_on", "date", "数据日期", hint="划定或更新的日期。", when=PAST),
    optional("owner", "text", "责任单位", limit=maps.LONGEST_OWNER, hint="划定或管理的单位。"),
    optional("document_number", "text", "批准文号", limit=maps.LONGEST_OWNER),
    optional(
        "datum", "choice", "坐标系",
        choices=(
            ("gcj02", "国测局坐标（高德、腾讯等地图）"),
            ("wgs84", "国家大地坐标（CGCS2000、卫星定位）"),
        ),
    ),
)  # fmt: skip


def draw_sheets(refusal: Incomplete | None = None) -> str:
    return render_template(
        "board/map_sheets.html",
        sheets=maps.sheets(),
        is_installed=bool(installed(current_app.static_folder)),
        form=drawing.drawn(FIELDS, refusal, {"kind": "boundary", "datum": "gcj02"}),
        errors=refusal.errors if refusal else {},
    )


@blueprint.get("/admin/maps")
@requires(Right.MAPS)
def sheets() -> str:
    return draw_sheets()


@blueprint.post("/admin/maps")
@requires(Right.MAPS)
def upload() -> ResponseReturnValue:
    file = forms.file("file")
    content = file.stream.read(MOST_FORM) if file is not None else b""
    try:
        with transaction():
            said = forms.read(FIELDS)
            maps.upload(
                actor(), said["name"], said["review_number"] or "", content,
                is_boundary=said["kind"] != "layer", is_gcj02=said["datum"] != "wgs84",
                apart=maps.Apart(
                    LayerKind.of(said["layer_kind"] or ""), said["dated_on"],
                    said["owner"] or "", said["document_number"] or "",
                ),
            )  # fmt: skip
    except Incomplete as refusal:
        return make_response(draw_sheets(refusal), refusal.status)
    flash("地图已上传，示意图已换用", "success")
    return redirect(url_for("map_sheets.sheets"), 303)


@blueprint.post("/admin/maps/<int:sheet_id>/end")
@requires(Right.MAPS)
def end(sheet_id: int) -> ResponseReturnValue:
    with transaction():
        name = maps.end(actor(), sheet_id).name
    flash(f"“{name}”已停用", "success")
    return redirect(url_for("map_sheets.sheets"), 303)
