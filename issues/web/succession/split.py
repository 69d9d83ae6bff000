"""分设: each open ticket and each person of a unit goes to one of its successors.

Who keeps the units sees no ticket: they are chosen by their numbers, as the document lists them.
"""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from issues import units
from issues.act_fields import Field
from issues.ground import clock
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.refusals import Refusal
from issues.queries.admin.reforms import concerned, others, people_of, tickets_of
from issues.rights.table import Right
from issues.succession.reforming import LONGEST_REASON, split, why_stays
from issues.web.account.proof import proven
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, actor, requires
from issues.web.door.turns import builds_file

blueprint = Blueprint("split", __name__, url_prefix="/admin/units")
FIELDS = (
    Field(
        "usual", "choice", "没有另选的归", asks="请选择另一个在用的单位。",
        hint="新设的单位须先新建。",
    ),
    Field("reason", "text", "理由和文号", limit=LONGEST_REASON, hint="机构改革文件号。"),
)  # fmt: skip
TICKET, PERSON = "ticket:", "person:"


@blueprint.get("/<code>/split")
@requires(Right.UNITS)
def page(code: str, refusal: Refusal | None = None) -> str:
    unit = units.find(code)
    known = others(unit.id)
    return render_template(
        "succession/split.html",
        unit=unit,
        counted=concerned(unit.id),
        why=why_stays(unit),
        numbers=[issue.number for issue in tickets_of(unit.id)],
        people=people_of(unit.id),
        others=known,
        chosen=forms.everything() if refusal else [],
        form=drawing.drawn(FIELDS, refusal, choices={"usual": [("", "请选择"), *known]}),
        errors=refusal.errors if refusal else {},
        labels={one.name: one.label for one in FIELDS} | {"tickets": "事项和人员"},
    )


@blueprint.post("/<code>/split")
@requires(Right.UNITS)
@proven
@builds_file
@acting(page)
def do(code: str) -> ResponseReturnValue:
    said = forms.worded(FIELDS)
    people = {n: to for one, to in _chosen(PERSON).items() if (n := whole(one, 1, LARGEST_ID))}
    done = split(
        actor(), code, said["usual"], _chosen(TICKET), people, said["reason"], clock.now()
    )  # fmt: skip
    flash(f"已分设：未办结事项{done.tickets}件、人员{done.people}名。", "success")
    return redirect(url_for("units.one", code=code), 303)


def _chosen(kind: str) -> Mapping[str, str]:
    """What of this kind goes elsewhere, with where."""
    sent = forms.everything()
    return {name.removeprefix(kind): to for name, to in sent if name.startswith(kind) and to}
