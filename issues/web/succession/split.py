"""分设: each open ticket and each person of a unit goes to one of its successors.

Who keeps the units sees no ticket: they are chosen by their numbers, as the document lists them.
"""

from collections.abc import Mapping

from flask import Blueprint, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from issues import units
from issues.act_fields import Field
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.refusals import Incomplete, Refusal
from issues.queries.admin.reforms import concerned, others, people_of, tickets_of
from issues.rights.table import Right
from issues.succession.reforming import LONGEST_REASON, why_stays
from issues.succession.wanted import Wanted
from issues.web.account.proof import proven
from issues.web.door import drawing, forms
from issues.web.door.guards import acting, requires
from issues.web.door.turns import builds_file
from issues.web.succession import reforms

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
        is_split=True,
        why=why_stays(unit),
        numbers=[issue.number for issue in tickets_of(unit.id)],
        people=people_of(unit.id),
        others=known,
        chosen=forms.everything() if refusal else [],
        form=drawing.drawn(FIELDS, refusal, choices={"usual": [("", "请选择"), *known]}),
        errors=refusal.errors if refusal else {},
        labels={one.name: one.label for one in FIELDS} | {"tickets": "事项和人员"},
    )


@blueprint.post("/<code>/split/check")
@requires(Right.UNITS)
@builds_file
def check(code: str) -> ResponseReturnValue:
    """What exactly would change; nothing is kept of it."""
    try:
        return reforms.checked(_wanted(code), url_for(".do", code=code))
    except Incomplete as refusal:
        return make_response(page(code=code, refusal=refusal), refusal.status)


@blueprint.post("/<code>/split")
@requires(Right.UNITS)
@proven
@builds_file
@acting(page)
def do(code: str) -> ResponseReturnValue:
    """In a turn of its own, as what takes seconds: each ticket has a row of history."""
    return reforms.done(_wanted(code))


def _wanted(code: str) -> Wanted:
    said = forms.worded(FIELDS)
    people = {n: to for one, to in _chosen(PERSON).items() if (n := whole(one, 1, LARGEST_ID))}
    return Wanted(
        code, said["usual"], said["reason"], is_split=True, tickets=_chosen(TICKET), people=people
    )


def _chosen(kind: str) -> Mapping[str, str]:
    """What of this kind goes elsewhere, with where."""
    sent = forms.everything()
    return {name.removeprefix(kind): to for name, to in sent if name.startswith(kind) and to}
