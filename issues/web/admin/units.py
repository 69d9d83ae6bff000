"""The units of the city: the list, a new one, and one with its people and its history."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues import units
from issues.ground.refusals import Refusal
from issues.queries.admin import accounts, catalogue
from issues.queries.ground.names import names
from issues.rights.table import Right
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("units", __name__, url_prefix="/admin/units")


def _choices() -> dict[str, list[tuple[str, str]]]:
    return {
        "kind": [(kind, kind) for kind in units.KINDS],
        "region": names().regions,
    }


@blueprint.get("")
@requires(Right.UNITS)
def listed() -> str:
    return render_template("admin/units.html", units=catalogue.units(), names=names())


@blueprint.get("/new")
@requires(Right.UNITS)
def new(refusal: Refusal | None = None) -> str:
    return render_template(
        "admin/new_unit.html",
        said=request.form,
        errors=refusal.errors if refusal else {},
        choices=_choices(),
        labels=units.LABELS | {"reason": "理由"},
    )


@blueprint.post("/new")
@requires(Right.UNITS)
@acting(new)
def add() -> ResponseReturnValue:
    unit = units.add(actor(), request.form)
    flash(f"已新建单位“{unit.short_name}”。", "success")
    return redirect(url_for(".one", code=unit.code), 303)


@blueprint.get("/<code>")
@requires(Right.UNITS)
def one(code: str, refusal: Refusal | None = None) -> str:
    unit = units.find(code)
    standing = {name: getattr(unit, name) for name in units.LABELS}
    return render_template(
        "admin/unit.html",
        unit=unit,
        said=request.form if refusal else standing,
        errors=refusal.errors if refusal else {},
        choices=_choices(),
        labels=units.LABELS | {"reason": "理由"},
        people=accounts.of_unit(unit.id),
        records=catalogue.records_of_unit(unit.id),
    )


@blueprint.post("/<code>")
@requires(Right.UNITS)
@acting(one)
def amend(code: str) -> ResponseReturnValue:
    unit = units.amend(actor(), code, request.form)
    flash(f"已修改“{unit.short_name}”。", "success")
    return redirect(url_for(".one", code=code), 303)
