"""管理·运行情况: the figures of /metrics, their bounds, what to do where one is passed."""

from flask import Blueprint, render_template, request

from issues.operations import shown
from issues.operations.families import Unit
from issues.operations.passing import passed
from issues.operations.readings import readings
from issues.operations.written import estimate, written
from issues.rights.table import Right
from issues.web.door.guards import requires
from issues.web.monitor.page import ground

blueprint = Blueprint("operations", __name__)


@blueprint.get("/admin/operations")
@requires(Right.OPERATIONS)
def page() -> str:
    at = ground()
    found = readings(at)
    wrong = passed(at, found)
    since = found.one("web_counted_since_timestamp_seconds")
    is_whole = request.args.get("all") == "1"
    return render_template(
        "operations/page.html",
        at=found.at,
        wrong=wrong,
        judged=list(shown.judged(found, wrong)),
        routes=shown.routes(found, request.args.get("sort", ""), is_whole=is_whole),
        is_whole=is_whole,
        sorts=shown.SORTS,
        parts=list(shown.parts(found)),
        since=written(Unit.MOMENT, since) if since else "",
        fine=shown.FINE,
        estimate=estimate,
    )
