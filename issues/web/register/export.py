"""The register as a workbook: what the page's filter finds for this person, in its order."""

import io

from flask import Blueprint, Response, request, send_file

from issues.colour.policies import policy_on, setting
from issues.exchange.importing import unit_names
from issues.exchange.reading.unit_names import LEADING_BODY, Directory
from issues.exchange.writing.colour_rows import colour_rows
from issues.exchange.writing.register_rows import register_rows
from issues.exchange.writing.responsibility_list import write_register
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.queries.register import lines as register
from issues.queries.register.filters import Filters
from issues.queries.register.narrowing import read_day
from issues.rights.table import Right
from issues.vocabulary import Colour
from issues.web.door.guards import actor, requires
from issues.web.door.navigation import CITY
from issues.web.register.imports import XLSX

blueprint = Blueprint("export", __name__)
MOST = 10_000
MARKS = {colour: f"{colour.shape} {colour.label}" for colour in Colour}
OFF_BOARD = "不在看板"


@blueprint.get("/issues/export.xlsx")
@requires(Right.VIEW)
def page() -> Response:
    filters = Filters.from_args(request.args.to_dict(flat=False))
    person, today = actor(), clock.today()
    found = register.every(filters, person, today, MOST + 1)
    if len(found) > MOST:
        raise Incomplete({}, f"超过{MOST}条，一次导不出来，请缩小筛选范围。")
    chosen = {issue_id: MARKS[colour] if colour else OFF_BOARD for issue_id, colour in found}
    directory = Directory(unit_names())
    day = read_day(filters.on) or today
    content = write_register(
        register_rows(directory, policy_on(today)[1], chosen, roles=person.roles),
        city=setting("city", CITY),
        unit=next((u.name for u in directory.units.values() if u.kind == LEADING_BODY), ""),
        filled_on=day,
        colours=colour_rows(day, chosen) if day == today else (),
    )
    answer = send_file(
        io.BytesIO(content), XLSX, as_attachment=True, download_name=f"问题台账-{day}.xlsx"
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
