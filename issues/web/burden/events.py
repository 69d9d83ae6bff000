"""The acts behind one number of 基层减负."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from issues.burden.known import FORMS
from issues.ground.numbers import whole
from issues.queries.burden import events as queries
from issues.queries.burden.sight import bodies_of
from issues.queries.ground.paging import page_asked
from issues.rights.table import Right
from issues.web.burden.page import unit_asked, year_asked
from issues.web.burden.words import COLUMNS
from issues.web.door.guards import actor, requires

blueprint = Blueprint("burden_events", __name__)
MONTHS = 12


@blueprint.get("/burden/events")
@requires(Right.BURDEN)
def page() -> str:
    asked = queries.Asked(
        year_asked(),
        request.args.get("what", ""),
        unit_asked(),
        request.args.get("act", ""),
        whole(request.args.get("month", ""), 1, MONTHS),
    )
    found = queries.events(actor(), asked, page_asked(request.args.get("page", "")))
    given: dict[str, Any] = {
        "year": asked.year,
        "unit": asked.unit or None,
        "act": asked.action or None,
        "month": asked.month,
    }
    return render_template(
        "burden/events.html",
        asked=asked,
        column=COLUMNS[asked.what],
        act=next((one.label for one in FORMS if one.value == asked.action), ""),
        unit=next((one.name for one in bodies_of(actor()) if one.code == asked.unit), ""),
        rows=found,
        back=url_for("burden.page", year=asked.year, unit=asked.unit or None),
        link=lambda to: url_for(".page", what=asked.what, page=to, **given),
    )
