"""The register as a workbook: what the page's filter finds for this person, in its order.

Where none is asked it is what the command writes: by number, and what is on the board.
"""

import io

from flask import Blueprint, Response, request, send_file

from issues.exchange.writing.register_workbook import register_workbook
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.queries.register import lines as register
from issues.queries.register.filters import Filters
from issues.queries.register.narrowing import read_day
from issues.rights.table import Right
from issues.web.door.guards import actor, requires
from issues.web.door.turns import builds_file
from issues.web.register.imports import XLSX

blueprint = Blueprint("export", __name__)
MOST = 10_000


@blueprint.get("/issues/export.xlsx")
@requires(Right.VIEW)
@builds_file
def page() -> Response:
    filters = Filters.from_args(request.args.to_dict(flat=False))
    person, today = actor(), clock.today()
    found = register.on_paper(filters, person, today, MOST + 1)
    if len(found) > MOST:
        raise Incomplete({}, f"超过{MOST}条，一次导不出来，请缩小筛选范围。")
    day = read_day(filters.on) or today
    content = register_workbook(found, today, day, person.roles)
    answer = send_file(
        io.BytesIO(content), XLSX, as_attachment=True, download_name=f"问题台账-{day}.xlsx"
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
