"""The register as a file: what the page's filter finds for this person, as a profile wants it.

Without a profile it is what an import reads again; where no filter is asked, what the command
writes: by number, and what is on the board. A long one is written outside the request.
"""

import io
from urllib.parse import urlencode

from flask import Blueprint, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from issues.ground import clock
from issues.queries.register.filters import Filters
from issues.rights.table import Right
from issues.web.door.guards import actor, requires
from issues.web.door.turns import builds_file
from issues.web.exchange.imports import XLSX
from issues.web.works.export import is_long
from issues.web.works.page import CSV
from issues.works.kinds.exporting import written

blueprint = Blueprint("export", __name__)


@blueprint.get("/issues/export.xlsx")
@requires(Right.VIEW)
@builds_file
def page() -> ResponseReturnValue:
    filters = Filters.from_args(request.args.to_dict(flat=False))
    person, today, wanted = actor(), clock.today(), request.args.get("profile", "")
    if is_long(filters):
        asked = filters.to_args(page="", after="", limit="") | {"profile": wanted}
        query = urlencode({name: value for name, value in asked.items() if value})
        return redirect(f"{url_for('long_exports.page')}?{query}")
    file = written(filters, wanted, person, today)
    kind = CSV if file.name.endswith(".csv") else XLSX
    answer = send_file(io.BytesIO(file.content), kind, as_attachment=True, download_name=file.name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
