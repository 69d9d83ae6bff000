"""The units of the city: the list, a new one, and one with its people and its history."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from auth.models import Unit
from issues import units
from issues.act_fields import Field, optional
from issues.ground.refusals import Refusal
from issues.queries.admin import accounts, catalogue
from issues.queries.ground.names import names
from issues.rights.table import Right
from issues.vocabulary import UNIT_KINDS, UnitAct
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("units", __name__, url_prefix="/admin/units")


_CODE = Field(
    "code",
    "text",
    units.LABELS["code"],
    limit=24,
    hint="6位区划代码；部门再加一横线和大写字母，如 区划代码-STHJ。建立后不能更改。",
)
_REGION = Field(
    "region",
    "region",
    units.LABELS["region"],
    hint="园区、指挥中心选所在的县（区）；新建县（区）、乡镇可不选。",
)
FIELDS = (
    Field(
        "name", "text", units.LABELS["name"], limit=units.LONGEST["name"],
        hint="用作督办文书的主送。",
    ),
    Field(
        "short_name", "text", units.LABELS["short_name"], limit=units.LONGEST["short_name"],
        hint="页面和台账中使用，不能与其他单位的名称相同。",
    ),
    Field(
        "kind", "choice", units.LABELS["kind"], choices=tuple((kind, kind) for kind in UNIT_KINDS)
    ),
    _REGION,
    optional(
        "contact", "text", units.BESIDE["contact"], limit=units.LONGEST_BESIDE["contact"],
        hint="只有系统管理员看得到。",
    ),
    optional("phone", "tel", units.BESIDE["phone"], limit=units.LONGEST_BESIDE["phone"]),
    Field(
        "reason", "long_text", "理由", limit=units.LONGEST_REASON, hint="如机构改革文件号。"
    ),
)  # fmt: skip
NEW = (_CODE, *(replace(one, required=one.required and one is not _REGION) for one in FIELDS))
"""A new county or township is its own region, and so may leave that out."""


@blueprint.get("")
@requires(Right.UNITS)
def listed() -> str:
    return render_template("admin/units.html", units=catalogue.units(), names=names())


@blueprint.get("/new")
@requires(Right.UNITS)
def new(refusal: Refusal | None = None) -> str:
    return render_template(
        "admin/new_unit.html",
        form=drawing.drawn(NEW, refusal, choices={"region": names().regions}),
        errors=refusal.errors if refusal else {},
        labels=units.LABELS | units.BESIDE | {"reason": "理由"},
    )


@blueprint.post("/new")
@requires(Right.UNITS)
@acting(new)
def add() -> ResponseReturnValue:
    unit = units.add(actor(), forms.worded(NEW))
    flash(f"已新建单位“{unit.short_name}”。", "success")
    return redirect(url_for(".one", code=unit.code), 303)


@blueprint.get("/<code>")
@requires(Right.UNITS)
def one(code: str, refusal: Refusal | None = None) -> str:
    unit = units.find(code)
    current = {name: getattr(unit, name) for name in (*units.LABELS, *units.LONGEST_BESIDE)}
    return render_template(
        "admin/unit.html",
        unit=unit,
        form=drawing.drawn(FIELDS, refusal, current, {"region": _places_for(unit)}),
        errors=refusal.errors if refusal else {},
        labels=units.LABELS | units.BESIDE | {"reason": "理由"},
        people=accounts.of_unit(unit.id),
        records=catalogue.records_of_unit(unit.id),
        aliases=catalogue.aliases_of(unit.id),
        acts={act.value: act.label for act in UnitAct},
    )


def _places_for(unit: Unit) -> list[tuple[str, str]]:
    """The counties and zones; a township lies in none of them but is a place itself."""
    known = names()
    own = [(unit.region, known.unit(unit.region))]
    return known.regions + [one for one in own if one not in known.regions]


@blueprint.post("/<code>")
@requires(Right.UNITS)
@acting(one)
def amend(code: str) -> ResponseReturnValue:
    unit = units.amend(actor(), code, forms.worded(FIELDS))
    flash(f"已修改“{unit.short_name}”。", "success")
    return redirect(url_for(".one", code=code), 303)
