"""Choosing the city: search the national table, see what would be made, make it in one act."""

from pathlib import Path

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues import regions
from issues.act_fields import Field
from issues.ground import signs
from issues.ground.present import present
from issues.ground.refusals import Refusal
from issues.rights.table import Right
from issues.territory import choosing, nation
from issues.territory.choosing import Plan, Proposed
from issues.territory.nation import Nation
from issues.units import LONGEST
from issues.vocabulary import RegionKind
from issues.web.door import forms
from issues.web.door.guards import acting, actor, requires

blueprint = Blueprint("city", __name__, url_prefix="/admin/regions/city")
MOST_FOUND = 30
LONGEST_NAME = 40
ABOVE = (RegionKind.PROVINCE, RegionKind.CITY, RegionKind.COUNTY, RegionKind.ZONE)
YES = "1"


@blueprint.get("")
@requires(Right.REGIONS)
def search() -> str:
    words = signs.clean(request.args.get("q", "")).strip()[:LONGEST_NAME]
    table = _installed()
    found = table.cities(words) if table and words else []
    return render_template(
        "territory/city_search.html",
        words=words,
        found=found[:MOST_FOUND],
        total=len(found),
        is_installed=table is not None,
        chosen=regions.city(),
    )


@blueprint.get("/<city_code>")
@requires(Right.REGIONS)
def preview(city_code: str, refusal: Refusal | None = None) -> ResponseReturnValue:
    """`towns=0` of the address leaves the townships out."""
    table, has_towns = _installed(), _with_towns()
    if table is None:
        return search()
    found = choosing.plan(table, city_code, towns=has_towns)
    return render_template(
        "territory/city.html",
        plan=found,
        has_towns=has_towns,
        may_make_units=choosing.may_make_units(actor()),
        marked=_marked(found, is_sent=refusal is not None),
        names=_names(found, is_sent=refusal is not None),
        groups=[(kind, names) for kind in ABOVE if (names := found.named(kind))],
        longest=LONGEST,
        errors=refusal.errors if refusal else {},
    )


@blueprint.post("/<city_code>")
@requires(Right.REGIONS)
@acting(preview)
def choose(city_code: str) -> ResponseReturnValue:
    table = _installed()
    if table is None:
        return redirect(url_for(".search"), 303)
    bodies: list[Proposed] = []
    if choosing.may_make_units(actor()):
        bodies = _bodies(choosing.plan(table, city_code, towns=False))
    made = choosing.choose(actor(), table, city_code, towns=_with_towns(), bodies=bodies)
    told = f"已选定{made.city.name}：新增{len(made.places)}个区域"
    flash(f"{told}、{len(bodies)}个单位。" if bodies else f"{told}。", "success")
    return redirect(url_for("regions.one", code=city_code), 303)


def _bodies(found: Plan) -> list[Proposed]:
    """Those that were ticked, under the names that were typed."""
    marked = set(forms.marked("unit"))
    names = _names(found, is_sent=True)
    return [
        Proposed(one.code, *names[one.code], one.kind) for one in found.units if one.code in marked
    ]


def _names(found: Plan, *, is_sent: bool) -> dict[str, tuple[str, str]]:
    """Full and short name of each proposed body, as typed where the form was sent."""
    if not is_sent:
        return {one.code: (one.name, one.short_name) for one in found.units}
    asked = [Field(f"{name}_{one.code}", "text", one.name)
             for one in found.units for name in ("name", "short_name")]  # fmt: skip
    typed = forms.worded(asked)
    return {
        one.code: (typed[f"name_{one.code}"], typed[f"short_name_{one.code}"])
        for one in found.units
    }


def _marked(found: Plan, *, is_sent: bool) -> set[str]:
    return set(forms.marked("unit")) if is_sent else {one.code for one in found.units}


def _with_towns() -> bool:
    return (request.args.get("towns") or forms.carried("towns", YES)) == YES


def _installed() -> Nation | None:
    return nation.installed(Path(present(current_app.static_folder, "the static folder")))
