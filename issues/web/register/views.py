"""What a person keeps of the register: the columns, the density, and views by name."""

from flask import Blueprint, flash, make_response, redirect, url_for
from flask.typing import ResponseReturnValue

from extensions import transaction
from issues import personal
from issues.act_fields import optional
from issues.ground.refusals import Incomplete
from issues.queries.register.filters import Filters
from issues.rights.table import Right, holds
from issues.web.door import forms
from issues.web.door.guards import actor, requires
from issues.web.register import page as register
from issues.web.register.columns import COLUMNS, DENSITIES, look_of

blueprint = Blueprint("register_look", __name__)
LOOK = (
    optional("column", "choices", "栏目", choices=tuple(COLUMNS.items())),
    optional("density", "choice", "行距", choices=tuple(DENSITIES.items())),
)


def _asked() -> Filters:
    """The filter the form was sent from."""
    return Filters.from_args(forms.lists() | {"page": ""})


@blueprint.post("/issues/look")
@requires(Right.VIEW)
def choose() -> ResponseReturnValue:
    said = forms.typed(LOOK)
    look = look_of({"columns": said["column"], "density": said["density"]})
    value = {"columns": list(look.columns), "density": look.density}
    with transaction():
        personal.choose(actor(), personal.REGISTER, value)
    return redirect(register.link(_asked()), 303)


@blueprint.post("/issues/views")
@requires(Right.VIEW)
def save() -> ResponseReturnValue:
    """Under a name; shared only by who keeps the register for all."""
    person, filters = actor(), _asked()
    try:
        said = forms.worded(register.VIEW)
        name = said["name"].strip()
        shared = said["shared"] and holds(person, Right.IMPORT)
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
