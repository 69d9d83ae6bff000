"""并入: a unit goes into another. What goes is told first, in numbers."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues import units
from issues.act_fields import Field
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.queries.admin.reforms import concerned, others
from issues.rights.table import Right
from issues.succession.reforming import LONGEST_REASON, merge, why_stays
from issues.web.account.proof import proven
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires
from issues.web.door.turns import builds_file

blueprint = Blueprint("merge", __name__, url_prefix="/admin/units")
FIELDS = (
    Field("into", "choice", "并入", asks="请选择另一个在用的单位。"),
    Field("reason", "text", "理由和文号", limit=LONGEST_REASON, hint="机构改革文件号。"),
)


@blueprint.get("/<code>/merge")
@requires(Right.UNITS)
def page(code: str, refusal: Refusal | None = None) -> str:
    unit = units.find(code)
    choices = {"into": [("", "请选择"), *others(unit.id)]}
    return render_template(
        "succession/merge.html",
        unit=unit,
        counted=concerned(unit.id),
        why=why_stays(unit),
        form=drawing.drawn(FIELDS, refusal, choices=choices),
        errors=refusal.errors if refusal else {},
        labels={one.name: one.label for one in FIELDS},
    )


@blueprint.post("/<code>/merge")
@requires(Right.UNITS)
@proven
@builds_file
@acting(page)
def do(code: str) -> ResponseReturnValue:
    """In a turn of its own, as what takes seconds: each ticket has a row of history."""
    said = forms.worded(FIELDS)
    done = merge(actor(), code, said["into"], said["reason"], clock.now())
    flash(f"已并入：未办结事项{done.tickets}件、人员{done.people}名。", "success")
    return redirect(url_for("units.one", code=code), 303)
