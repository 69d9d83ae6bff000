"""并入: a unit goes into another. What goes is told first, in numbers."""

from flask import Blueprint, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from issues import units
from issues.act_fields import Field
from issues.ground.refusals import Incomplete, Refusal
from issues.queries.admin.reforms import concerned, others
from issues.rights.table import Right
from issues.succession.reforming import LONGEST_REASON, why_stays
from issues.succession.wanted import Wanted
from issues.web.account.proof import proven
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, requires
from issues.web.door.turns import builds_file
from issues.web.succession import reforms

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
        is_split=False,
        why=why_stays(unit),
        form=drawing.drawn(FIELDS, refusal, choices=choices),
        errors=refusal.errors if refusal else {},
        labels={one.name: one.label for one in FIELDS},
    )


@blueprint.post("/<code>/merge/check")
@requires(Right.UNITS)
@builds_file
def check(code: str) -> ResponseReturnValue:
    """What exactly would change; nothing is kept of it."""
    try:
        return reforms.checked(_wanted(code), url_for(".do", code=code))
    except Incomplete as refusal:
        return make_response(page(code=code, refusal=refusal), refusal.status)


@blueprint.post("/<code>/merge")
@requires(Right.UNITS)
@proven
@builds_file
@acting(page)
def do(code: str) -> ResponseReturnValue:
    """In a turn of its own, as what takes seconds: each ticket has a row of history."""
    return reforms.done(_wanted(code))


def _wanted(code: str) -> Wanted:
    said = forms.worded(FIELDS)
    return Wanted(code, said["into"], said["reason"])
