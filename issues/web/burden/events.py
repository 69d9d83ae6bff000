"""The acts behind one number of 基层减负."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from issues.burden.forms import BY_KEY
from issues.queries.burden import events as queries
from issues.queries.burden.sight import bodies_of
from issues.queries.ground.paging import page_asked
from issues.rights.table import Right
from issues.web.burden.page import unit_asked
from issues.web.burden.words import COLUMNS
from issues.web.door import asked as address
from issues.web.door.guards import actor, requires

blueprint = Blueprint("burden_events", __name__)


@blueprint.get("/burden/events")
@requires(Right.BURDEN)
def page() -> str:
    asked = queries.Asked(
        address.year(),
        request.args.get("what", ""),
        unit_asked(),
        address.one_of("act", "表", BY_KEY),
        address.month(),
    )
    found = queries.events(actor(), asked, page_asked(request.args.get("page", "")))
    given: dict[str, Any] = {
        "year": asked.year,
        "unit": asked.unit or None,
        "act": asked.act or None,
        "month": asked.month,
    }
    return render_template(
        "burden/events.html",
        asked=asked,
        column=COLUMNS[asked.what],
        act=BY_KEY[asked.act].label if asked.act else "",
        unit=next((one.name for one in bodies_of(actor()) if one.code == asked.unit), ""),
        rows=found.page,
        fields=found.fields,
        back=url_for("burden.page", year=asked.year, unit=asked.unit or None),
        link=lambda to: url_for(".page", what=asked.what, page=to, **given),
    )
