"""What a person keeps of the register: the columns, the density, and views by name."""

from flask import Blueprint, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extensions import transaction
from issues import personal
from issues.ground.refusals import Incomplete
from issues.queries.register.filters import Filters
from issues.rights.table import Right, holds
from issues.web.door.guards import actor, requires
from issues.web.register import page as register
from issues.web.register.columns import look_of

blueprint = Blueprint("register_look", __name__)


def _asked() -> Filters:
    """The filter the form was sent from."""
    return Filters.from_args(request.form.to_dict(flat=False) | {"page": ""})


@blueprint.post("/issues/look")
@requires(Right.VIEW)
def choose() -> ResponseReturnValue:
    raw = {"columns": request.form.getlist("column"), "density": request.form.get("density", "")}
    look = look_of(raw)
    value = {"columns": list(look.columns), "density": look.density}
    with transaction():
        personal.choose(actor(), personal.REGISTER, value)
    return redirect(register.link(_asked()), 303)


@blueprint.post("/issues/views")
@requires(Right.VIEW)
def save() -> ResponseReturnValue:
    """Under a name; shared only by who keeps the register for all."""
    person, filters = actor(), _asked()
    name = request.form.get("name", "").strip()
    shared = "shared" in request.form and holds(person, Right.IMPORT)
    try:
        with transaction():
            asked = filters.to_args(**register.UNKEPT)
            personal.save_view(person, name, asked, is_shared=shared)
    except Incomplete as refusal:
        return make_response(register.draw(filters, refusal), refusal.status)
    flash(f"已存为视图“{name}”", "success")
    return redirect(register.link(filters), 303)


@blueprint.post("/issues/views/<int:view_id>/drop")
@requires(Right.VIEW)
def drop(view_id: int) -> ResponseReturnValue:
    with transaction():
        name = personal.drop_view(actor(), view_id)
    flash(f"视图“{name}”已删除", "success")
    return redirect(url_for("register.page"), 303)
