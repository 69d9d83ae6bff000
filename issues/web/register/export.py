"""The register as a file: what the page's filter finds for this person, as a profile wants it.

Without a profile it is what an import reads again; where no filter is asked, what the command
writes: by number, and what is on the board.
"""

import io

from flask import Blueprint, Response, request, send_file

from issues.exchange import profiles
from issues.ground import clock
from issues.queries.ledger.paper import file_of
from issues.queries.ledger.plain import plain_file
from issues.queries.register.filters import Filters
from issues.queries.register.narrowing import read_day
from issues.rights.table import Right
from issues.web.door.guards import actor, requires
from issues.web.door.turns import builds_file
from issues.web.exchange.imports import XLSX

blueprint = Blueprint("export", __name__)
CSV = "text/csv; charset=utf-8"
LEDGER = "问题台账"


@blueprint.get("/issues/export.xlsx")
@requires(Right.VIEW)
@builds_file
def page() -> Response:
    filters = Filters.from_args(request.args.to_dict(flat=False))
    person, today, name = actor(), clock.today(), request.args.get("profile", "")
    profile = profiles.named(name, person) if name else None
    if profile:
        content, _ = file_of(profile, filters, person, today)
    else:
        content, _ = plain_file(filters, person, today)
    day = read_day(filters.on) or today
    called = f"{profile.label if profile else LEDGER}-{day}.{profile.ending if profile else 'xlsx'}"
    kind = CSV if profile and profile.is_csv else XLSX
    answer = send_file(io.BytesIO(content), kind, as_attachment=True, download_name=called)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
