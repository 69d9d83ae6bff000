"""基层减负: known fields that units were asked for, forms they filled, forms given back."""

from flask import Blueprint, render_template, request

from issues.ground import clock
from issues.queries.burden import figures
from issues.queries.burden.sight import own_only
from issues.rights.table import Right
from issues.web.burden.words import COLUMNS, NOT_COUNTED, since
from issues.web.door import asked
from issues.web.door.guards import actor, requires

blueprint = Blueprint("burden", __name__)
YEARS = 5


def unit_asked() -> str:
    return request.args.get("unit", "")


@blueprint.get("/burden")
@requires(Right.BURDEN)
def page() -> str:
    found = figures.figures(actor(), asked.year(), unit_asked())
    return render_template(
        "burden/page.html",
        found=found,
        columns=COLUMNS,
        left_out=NOT_COUNTED,
        since=since(found.asked_since, found.returns_since),
        years=range(clock.today().year, clock.today().year - YEARS, -1),
        is_own=own_only(actor()),
    )
