"""The office's own profiles of exports: picked from the columns there are, kept, changed, ended."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues.act_fields import Field, optional
from issues.exchange import profiles
from issues.exchange.writing.profiles.columns import ALL
from issues.exchange.writing.profiles.profile import GROUPS, PAPERS, SORTS
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.models import ExportProfile
from issues.queries.ground import names as units
from issues.queries.register.filters import Filters
from issues.rights.table import Right
from issues.supervision.maps import layer_names
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires
from issues.web.register.filter_words import Chip, chips

blueprint = Blueprint("profiles", __name__)
MOST_PLACES = 999
ROW = (
    Field(
        "column", "choice", "栏目", asks="请选择栏目",
        choices=tuple(
            (one.key, f"措施：{one.heading}" if one.of_measure else one.heading) for one in ALL
        ),
    ),
    optional("heading", "text", "表头另写为", limit=profiles.LONGEST_HEADING),
    optional("place", "integer", "移到第几栏", least=1, most=MOST_PLACES),
)  # fmt: skip
FIELDS = (
    Field("name", "text", "名称", limit=profiles.LONGEST_NAME, hint="如 县区周调度；命令行也用它"),
    Field("title", "text", "表的标题", limit=profiles.LONGEST_TITLE, hint="前面自动加上市名"),
    Field("columns", "rows", "栏目", fields=ROW, asks="请至少选一栏"),
    Field("order_by", "choice", "排序", choices=tuple(SORTS.items())),
    optional("group", "choice", "分组小计", choices=tuple(GROUPS.items())),
    Field("paper", "choice", "纸张", choices=tuple((size, f"{size} 横向") for size in PAPERS)),
    optional("has_totals", "flag", "最后一行合计"),
    optional("is_shared", "flag", "所有能查看台账的人都可以用（各自只导出查看范围内的事项）"),
)
TAKEN = optional("take_filter", "flag", "筛选条件改用台账当前的条件")
USUAL = {
    "order_by": "number", "paper": "A4", "has_totals": True,
    "columns": [
        {"column": key}
        for key in ("order", "number", "problem", "region", "primary", "deadline", "status",
                    "colour", "progress")
    ],
}  # fmt: skip


def _asked(said: Mapping[str, Any]) -> dict[str, str]:
    """Of a register's filter what a profile keeps."""
    told = Filters.from_args(said).to_args(page="", after="", limit="")
    return {name: raw for name, raw in told.items() if name not in profiles.UNTOLD}


def _said(asked: Mapping[str, str]) -> list[Chip]:
    filters = Filters(**asked)
    return chips(filters, units.names(), layer_names(), lambda *_given, **_named: "")


@blueprint.get("/issues/profiles")
@requires(Right.EXPORT_PROFILES)
def page() -> str:
    own = profiles.every()
    told = {row.id: _said(row.document["asked"]) for row in own}
    return render_template("register/out/profiles.html", ready=profiles.READY, own=own, told=told,
                           asked=_asked(request.args.to_dict(flat=False)))  # fmt: skip


@blueprint.get("/issues/profiles/add")
@requires(Right.EXPORT_PROFILES)
def new() -> str:
    return _draw_new(_asked(request.args.to_dict(flat=False)))


def _draw_new(asked: Mapping[str, str], refusal: Refusal | None = None) -> str:
    return _draw(None, asked, drawing.drawn(FIELDS, refusal, USUAL), refusal)


def _again_new(refusal: Refusal) -> str:
    return _draw_new(_asked(forms.lists()), refusal)


@blueprint.post("/issues/profiles/add")
@requires(Right.EXPORT_PROFILES)
@acting(_again_new)
def make() -> ResponseReturnValue:
    row = profiles.make(actor(), _read(), _asked(forms.lists()), at=clock.now())
    return _done(f"已建立导出样式“{row.name}”，台账“按样式导出”中可选")


@blueprint.get("/issues/profiles/<int:profile_id>")
@requires(Right.EXPORT_PROFILES)
def edit(profile_id: int) -> str:
    return _draw_own(profiles.load(profile_id), _asked(request.args.to_dict(flat=False)))


def _draw_own(row: ExportProfile, asked: Mapping[str, str], refusal: Refusal | None = None) -> str:
    said = row.document
    current = {
        "name": row.name, "title": row.title, "is_shared": row.is_shared,
        "order_by": said["sort"], "group": said["group"], "paper": said["paper"],
        "has_totals": said["has_totals"],
        "columns": [
            {"column": one["key"], "heading": one["heading"]} for one in said["columns"]
        ],
    }  # fmt: skip
    fields = (*FIELDS, TAKEN) if asked and asked != said["asked"] else FIELDS
    return _draw(row, asked, drawing.drawn(fields, refusal, current), refusal)


def _draw(
    row: ExportProfile | None, asked: Mapping[str, str], form: Mapping[str, drawing.Drawn],
    refusal: Refusal | None,
) -> str:  # fmt: skip
    return render_template(
        "register/out/profile.html",
        profile=row,
        form=form,
        asked=asked,
        said=_said(asked),
        kept=_said(row.document["asked"]) if row else [],
        told="" if refusal is None or refusal.errors else refusal.sentence,
        errors={name: one.errors for name, one in form.items() if one.errors},
    )


def _again_own(refusal: Refusal, profile_id: int) -> str:
    return _draw_own(profiles.load(profile_id), _asked(forms.lists()), refusal)


@blueprint.post("/issues/profiles/<int:profile_id>")
@requires(Right.EXPORT_PROFILES)
@acting(_again_own)
def change(profile_id: int) -> ResponseReturnValue:
    said, row = _read(), profiles.load(profile_id)
    asked = _asked(forms.lists()) if forms.typed((TAKEN,))["take_filter"] else row.document["asked"]
    profiles.change(actor(), profile_id, said, asked, forms.number("version"), at=clock.now())
    return _done(f"导出样式“{said['name']}”已保存")


@blueprint.post("/issues/profiles/<int:profile_id>/end")
@requires(Right.EXPORT_PROFILES)
@acting(lambda refusal, profile_id: _again_own(refusal, profile_id))
def end(profile_id: int) -> ResponseReturnValue:
    row = profiles.end(actor(), profile_id, at=clock.now())
    return _done(f"导出样式“{row.name}”已停用")


def _read() -> dict[str, Any]:
    """What the form says, the columns in the order they are to stand in. Raises Incomplete."""
    said = forms.read(FIELDS)
    said["sort"] = said.pop("order_by")
    placed = enumerate(said["columns"], start=1)
    ordered = sorted(placed, key=lambda each: (each[1]["place"] or each[0], not each[1]["place"]))
    said["columns"] = [one for _, one in ordered]
    return said


def _done(sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(url_for("profiles.page"), 303)
